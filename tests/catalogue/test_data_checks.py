"""What `check-data` says of the data that we ship."""

from collections import Counter
from pathlib import Path
from typing import Final

import pytest

from bot.catalogue.check import Report, check_data
from bot.catalogue.load import load_catalogue
from bot.domain.catalogue import Catalogue
from bot.domain.terms import Step, find_term

ROOT = Path(__file__).parents[2]
TABLES, LANGUAGE = ROOT / "catalogue_data", ROOT / "intents" / "data"
# Remarks on the tables as they were handed to us, whose rows only the units may change: how many of each.
KNOWN_REMARKS: Final = {
    "办法里只写了刷脸": 254,
    "证明由办理单位自己出具": 14,
    "属于风险较大的领域": 9,
    "这一行没有文件管得到": 25,
    "“横”只有一个字": 1,
    "“81890”去掉符号和长数字以后": 1,
}


@pytest.fixture(scope="module")
def report() -> Report:
    return check_data(TABLES, LANGUAGE)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(TABLES)


def test_our_data_has_no_errors(report: Report) -> None:
    assert [str(error) for error in report.errors] == []


def test_every_remark_is_known(report: Report) -> None:
    counts = Counter(
        next((words for words in KNOWN_REMARKS if words in remark.message), str(remark)) for remark in report.remarks
    )
    assert counts == KNOWN_REMARKS


def test_the_two_batches_have_as_many_units_as_the_plan_lists(catalogue: Catalogue) -> None:
    batches = Counter(unit.batch for unit in catalogue.units.values())
    assert [batches["1"], batches["2"]] == [int(catalogue.fact("batch1")), int(catalogue.fact("batch2"))]
    assert batches["1"] + batches["2"] == int(catalogue.fact("units_total"))


def test_every_measure_and_channel_in_use_is_explained(catalogue: Catalogue) -> None:
    named = {text.name for text in catalogue.measures.values()}
    assert {entry.measure for entry in catalogue.entries.values()} <= named
    channels = {entry.channel for entry in catalogue.entries.values()} - {"none"}
    assert channels <= set(catalogue.measures)


def test_every_matter_and_certificate_is_in_the_catalogue(catalogue: Catalogue) -> None:
    assert set(catalogue.by_matter) == set(catalogue.matters)
    assert set(catalogue.by_certificate) == set(catalogue.certificates)


def test_the_faq_covers_the_reform(catalogue: Catalogue) -> None:
    assert len(catalogue.faq) >= 80
    assert all(len(entry.asks) >= 3 for entry in catalogue.faq.values())


def test_every_step_has_a_term_and_none_is_passed_off_as_the_city_s_own(catalogue: Catalogue) -> None:
    assert all(find_term(catalogue.terms, step) for step in Step)
    assert all(term.is_default and term.rule for term in catalogue.terms.values())


def test_the_notices_of_three_years_are_whole(catalogue: Catalogue) -> None:
    calendar = catalogue.calendar
    assert Counter(day.year for day in calendar.holidays) == {2024: 28, 2025: 28, 2026: 33}
    assert Counter(day.year for day in calendar.makeup_days) == {2024: 8, 2025: 5, 2026: 6}
    assert calendar.years == {2024, 2025, 2026}


def test_the_papers_of_both_directories_describe_every_file() -> None:
    for directory in (TABLES, LANGUAGE):
        readme = (directory / "README.md").read_text("utf-8")
        files = [path.name for path in directory.rglob("*") if path.suffix in {".csv", ".yaml"}]
        assert [name for name in files if name not in readme] == []
