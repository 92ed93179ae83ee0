"""Citations as editors write them."""

from datetime import date
from pathlib import Path

import pytest

from bot.catalogue.checks.citations import Documents, read_documents
from bot.domain.errors import Finding

TABLE = (
    "document,in_force_from,articles\n"
    "山城规定（试行）,2020-09-01,第九条（5项）|第十一条（2款）|第二十条（2款8项）|第二十三条\n"
    "山减〔2019〕1号,2019-07-26,一（二）|一（二）2|附件3\n"
    "山城晚报,,\n"
)


@pytest.fixture
def documents(tmp_path: Path) -> Documents:
    (tmp_path / "documents.csv").write_text(TABLE, "utf-8")
    findings: list[Finding] = []
    found = read_documents(tmp_path, ["《契税法》", "", "国办发〔2020〕42号"], findings)
    assert findings == []
    return found


@pytest.mark.parametrize(
    "citation",
    [
        "山城规定（试行） 第九条第五项、第十一条第二款",
        "山城规定（试行） 第二十条第一款第八项",
        "山城规定（试行） 第二十三条（不在可免交的证件范围）",
        "山减〔2019〕1号 一（二）及附件3“其他”栏",
        "山减〔2019〕1号 一（二）2“共享一批”",
        "山减〔2019〕1号",
        "山城晚报 2019年9月10日第一条",
        "《契税法》第十一条",
        "国办发〔2020〕42号",
    ],
)
def test_a_right_citation_has_no_problem(documents: Documents, citation: str) -> None:
    assert documents.find_problem(citation) is None


@pytest.mark.parametrize(
    ("citation", "words"),
    [
        ("山城规定（试行） 第八条", "没有“第八条”"),
        ("山城规定（试行） 第九条第六项", "没有“第九条第六项”"),
        ("山城规定（试行） 第十一条第三款", "没有“第十一条第三款”"),
        ("山城规定（试行） 第九条、第二十一条", "没有“第二十一条”"),
        ("山减〔2019〕1号 一（二）3“核实一批”", "没有“一（二）3”"),
        ("某某法第一条", "没有见过“某某法第一条”这份文件"),
    ],
)
def test_a_wrong_citation_is_told_apart(documents: Documents, citation: str, words: str) -> None:
    assert words in (documents.find_problem(citation) or "")


def test_the_earliest_document_counts(documents: Documents) -> None:
    both = ("山城规定（试行） 第九条", "山减〔2019〕1号 一（二）")
    assert documents.earliest_start(both) == date(2019, 7, 26)
    assert documents.earliest_start(("《契税法》第十一条",)) is None


def test_without_the_table_nothing_is_judged(tmp_path: Path) -> None:
    assert read_documents(tmp_path, [], []).find_problem("某某法第一条") is None
