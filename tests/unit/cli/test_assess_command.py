"""Stories as JSON lines."""

import io
import json
from argparse import ArgumentParser
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bot.domain.catalogue import Catalogue
from bot.settings import Settings
from cli import assess as command
from cli.assess import StoryAssessor
from cli.batch import answer_lines
from intents.understanding import Intent, Understanding
from tests.city import TODAY, make_city
from tests.unit.dialogue.talking import ScriptedEngine, make_understanding

FIELDS = [
    "id",
    "article20",
    "lawful",
    "matter",
    "certificate",
    "unit",
    "entries",
    "missing",
    "explanation",
]
STORY = {"id": "s1", "text": "办公租房，窗口还要我去开亲属关系证明"}


def understood(**given: Any) -> Understanding:
    return make_understanding(Intent.COMPLAINT_FILE, **{"matter": "rent", "certificates": ("kin",)} | given)


def answer(
    *lines: object, city: Catalogue | None = None, heard: Understanding | None = None
) -> tuple[list[dict[str, Any]], bool]:
    engine = ScriptedEngine()
    engine.understanding = heard or understood()
    source = io.BytesIO(b"\n".join(line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines))
    target = io.BytesIO()
    is_good = answer_lines(source, target, StoryAssessor(city or make_city(), engine, TODAY))
    return [json.loads(line) for line in target.getvalue().splitlines()], is_good


def judge(**given: Any) -> dict[str, Any]:
    (judged,), _ = answer(STORY, heard=understood(**given))
    return judged


def test_an_answer_has_the_fields_of_the_contract() -> None:
    (got,), is_good = answer(STORY)
    assert is_good
    assert list(got) == FIELDS
    assert got | {"explanation": ""} == {
        "id": "s1",
        "article20": [2, 5],
        "lawful": False,
        "matter": "rent",
        "certificate": "kin",
        "unit": "housing",
        "entries": ["rent-kin"],
        "missing": [],
        "explanation": "",
    }


def test_a_breach_is_explained_with_its_article() -> None:
    explanation = judge()["explanation"]
    assert "不合规定" in explanation
    assert "擅自创设证明" in explanation
    assert "第二十条第二项" in explanation
    assert "第二十条第五项" in explanation


def test_a_lawful_demand_is_explained_with_its_reason() -> None:
    got = judge(matter="passport", certificates=("id",))
    assert got["lawful"] is True
    assert got["article20"] == []
    assert "法律要求核验原件" in got["explanation"]


def test_what_depends_is_explained() -> None:
    got = judge(certificates=("marry",), issued="outside")
    assert (got["lawful"], got["missing"]) == (None, ["issued"])
    assert "结婚证是外地发的" in got["explanation"]


def test_what_is_missing_is_asked_for_in_words() -> None:
    got = judge(matter=None, certificates=())
    assert (got["lawful"], got["matter"], got["certificate"], got["unit"]) == (None, None, None, None)
    assert got["missing"] == ["certificate", "matter", "unit"]
    assert "哪一张证明" in got["explanation"]
    assert got["explanation"].count("？") == 1


def test_words_of_a_breach_count() -> None:
    assert judge(matter=None, certificates=(), breaches=("4",))["article20"] == [4]


def test_the_agent_counts() -> None:
    assert judge(certificates=("id",), person="agent")["lawful"] is True
    assert judge(certificates=("id",))["lawful"] is False


def test_the_unit_that_is_named_comes_before_the_one_that_handles_the_matter() -> None:
    assert judge(units=("police", "bank"))["unit"] == "police"
    assert judge()["unit"] == "housing"


def test_of_several_certificates_the_first_is_named_and_all_are_judged() -> None:
    got = judge(certificates=("marry", "kin"))
    assert (got["certificate"], got["entries"]) == ("marry", ["rent-marry", "rent-kin"])


def test_the_day_of_the_story_decides() -> None:
    lines = ({**STORY, "date": "2020-12-30"}, {**STORY, "date": "2020-12-31"}, STORY)
    answers, _ = answer(*lines, heard=understood(matter="birth", certificates=("marry",)))
    assert [got["lawful"] for got in answers] == [True, False, False]


def test_a_city_without_articles_still_explains() -> None:
    (got,), _ = answer(STORY, city=make_city(articles={}))
    assert "不合规定" in got["explanation"]


def test_order_is_kept_and_a_bad_line_stands_in_its_place() -> None:
    answers, is_good = answer(STORY | {"id": 1}, b"{broken", b"", STORY | {"id": 3})
    assert not is_good
    assert [got["id"] for got in answers] == [1, None, 3]
    assert set(answers[1]) == {"id", "error"}


@pytest.mark.parametrize(
    "line",
    [
        b"\xff",
        b"[]",
        b'"text"',
        {"text": "没有编号"},
        {"id": None, "text": "经过"},
        {"id": "s"},
        {"id": "s", "text": ""},
        {"id": "s", "text": ["经过"]},
        {"id": "s", "text": "经" * 5_000},
        {"id": "s", "text": "经过", "date": "昨天"},
        {"id": "s", "text": "经过", "date": 20201231},
        {"id": "s", "text": "经过", "date": "2020-13-01"},
    ],
)
def test_what_cannot_be_read_is_an_error_in_words(line: object) -> None:
    (got,), is_good = answer(line)
    assert not is_good
    assert set(got) == {"id", "error"}
    assert got["error"]


def parse(*arguments: str) -> Any:
    parser = ArgumentParser()
    command.add_arguments(parser)
    return parser.parse_args(arguments)


def test_without_batch_it_says_how_to_ask(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.run(parse(), Settings()) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "--batch" in captured.err


@pytest.mark.parametrize(("lines", "code"), [([STORY], 0), ([STORY, "broken"], 1), ([], 0)])
def test_the_exit_code_tells_whether_every_line_was_read(
    lines: list[object],
    code: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    settings = Settings(
        catalogue=Path("tests/data/small_city/aliases"), intents=Path("intents/data"), cache=Path("var/cache")
    )
    source = io.BytesIO("\n".join(json.dumps(line) for line in lines).encode())
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=source))
    assert command.run(parse("--batch"), settings) == code
    assert len(capfdbinary.readouterr().out.splitlines()) == len(lines)
