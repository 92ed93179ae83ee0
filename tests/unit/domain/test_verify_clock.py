"""The clock of article 14: dated cases worked out by hand, and what must hold for every request."""

import json
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalogue.times import read_calendar
from bot.domain.catalogue import Handling
from bot.domain.errors import InvalidInputError
from bot.domain.verify_clock import VerifyRule, due_of_verification
from bot.domain.working_time import CHINA_TIME, WorkCalendar

ROOT = Path(__file__).parents[3]
CASES = [json.loads(line) for line in (ROOT / "tests/data/verify_cases.jsonl").read_text("utf-8").splitlines()]
CALENDAR = read_calendar(ROOT / "catalogue_data", [])
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2027, 6, 30), timezones=st.just(CHINA_TIME))  # noqa: DTZ001
PROMISES = st.none() | st.dates(date(2024, 1, 1), date(2027, 6, 30))
NOON = datetime(2026, 11, 2, 12, 0, tzinfo=CHINA_TIME)


def moment(text: str) -> datetime:
    """A moment in China where no zone is given."""
    at = datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=CHINA_TIME)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['requested']}: {case['why']}")
def test_a_verification_is_due_when_a_person_with_the_article_says(case: dict[str, Any]) -> None:
    promise = date.fromisoformat(case["promise"]) if case["promise"] else None
    due = due_of_verification(moment(case["requested"]), Handling(case["handling"]), promise, CALENDAR)
    assert due.at == moment(case["due"])
    assert due.rule == case["rule"]
    assert due.capped_by_promise == (case["rule"] == "before_promise")
    assert due.is_late_from_start == case.get("late", False)
    assert due.is_provisional == case.get("provisional", False)


def test_there_are_sixty_cases_of_every_rule() -> None:
    assert len(CASES) >= 60
    for rule in VerifyRule:
        assert sum(case["rule"] == rule for case in CASES) >= 10
    assert sum(case.get("late", False) for case in CASES) >= 8


@given(MOMENTS, st.sampled_from(Handling), PROMISES)
def test_it_is_never_due_before_it_is_asked_nor_after_a_day(
    at: datetime, handling: Handling, promise: date | None
) -> None:
    due = due_of_verification(at, handling, promise, CALENDAR)
    assert at <= due.at <= at + timedelta(hours=24)
    assert [warning.percent for warning in due.warnings] == [50, 80, 100]
    assert at <= due.warnings[0].at <= due.warnings[1].at <= due.warnings[2].at == due.at


@given(MOMENTS, st.dates(date(2024, 1, 1), date(2027, 6, 30)), st.integers(0, 40))
def test_a_later_promise_never_hurries_anybody(at: datetime, promise: date, days: int) -> None:
    sooner = due_of_verification(at, Handling.PROMISED, promise, CALENDAR)
    later = due_of_verification(at, Handling.PROMISED, promise + timedelta(days), CALENDAR)
    assert sooner.at <= later.at


@given(MOMENTS, st.timedeltas(timedelta(), timedelta(days=5)), PROMISES)
def test_a_later_request_is_never_due_sooner(at: datetime, wait: timedelta, promise: date | None) -> None:
    first = due_of_verification(at, Handling.PROMISED, promise, CALENDAR)
    assert first.at <= due_of_verification(at + wait, Handling.PROMISED, promise, CALENDAR).at


@given(MOMENTS, st.dates(date(2024, 1, 1), date(2027, 6, 30)))
def test_unless_it_is_late_from_the_start_it_is_due_before_the_promised_day(at: datetime, promise: date) -> None:
    due = due_of_verification(at, Handling.PROMISED, promise, CALENDAR)
    if due.is_late_from_start:
        assert due.at == at
    else:
        assert due.at.date() < promise


def test_warnings_come_at_half_and_four_fifths_of_the_time() -> None:
    due = due_of_verification(NOON, Handling.IMMEDIATE, None, CALENDAR)
    assert [f"{warning.at:%H:%M}" for warning in due.warnings] == ["12:15", "12:24", "12:30"]
    assert [due.level_at(NOON + timedelta(minutes=minutes)) for minutes in (14, 15, 24, 30)] == [0, 50, 80, 100]
    assert not due.is_overdue(NOON + timedelta(minutes=30))
    assert due.is_overdue(NOON + timedelta(minutes=31))


def test_what_is_late_from_the_start_warns_at_once() -> None:
    due = due_of_verification(NOON, Handling.PROMISED, date(2026, 11, 2), CALENDAR)
    assert due.level_at(NOON) == 100


@pytest.mark.parametrize(
    ("handling", "promise", "sentence"),
    [
        (
            Handling.IMMEDIATE,
            None,
            "2026-11-02 12:00 收到核实请求，即办事项，原则上半小时内发送，"
            "最迟 2026-11-02 12:30 前发送（节假日和夜间照算），依据：规定 第十四条。",
        ),
        (
            Handling.PROMISED,
            date(2026, 11, 3),
            "2026-11-02 12:00 收到核实请求，不得迟于办理事项承诺时限前一个工作日，"
            "最迟 2026-11-02 17:00 前发送，依据：规定 第十四条。",
        ),
        (
            Handling.PROMISED,
            date(2026, 11, 2),
            "2026-11-02 12:00 收到核实请求，不得迟于办理事项承诺时限前一个工作日，"
            "请求发出时已经过了这个时间，请马上核实，依据：规定 第十四条。",
        ),
    ],
)
def test_the_explanation_is_one_sentence(handling: Handling, promise: date | None, sentence: str) -> None:
    assert due_of_verification(NOON, handling, promise, CALENDAR, "规定 第十四条").explanation == sentence


def test_where_no_year_is_known_a_bound_is_provisional() -> None:
    due = due_of_verification(NOON, Handling.PROMISED, date(2026, 11, 3), WorkCalendar())
    assert due.is_provisional
    assert not due_of_verification(NOON, Handling.PROMISED, None, WorkCalendar()).is_provisional


def test_a_promise_before_all_days_is_refused() -> None:
    with pytest.raises(InvalidInputError):
        due_of_verification(NOON, Handling.PROMISED, date.min, CALENDAR)
