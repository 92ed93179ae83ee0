"""Dated cases of due times, worked out by hand from the State Council's arrangements, counted on the real calendar."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from bot.catalogue.times import read_calendar
from bot.domain.due import due_of
from bot.domain.running_time import Pause
from bot.domain.terms import ClockKind, Step, Term, TermSubject, TimeUnit
from bot.domain.working_time import CHINA_TIME, WorkCalendar

ROOT = Path(__file__).parents[3]
CASES = [json.loads(line) for line in (ROOT / "tests/data/due_cases.jsonl").read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def calendar() -> WorkCalendar:
    return read_calendar(ROOT / "catalogue_data", [])


def moment(text: str) -> datetime:
    """A moment in China where no zone is given."""
    at = datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=CHINA_TIME)


def term_of(case: dict[str, Any]) -> Term:
    return Term(
        key="t",
        applies_to=TermSubject.ANY,
        step=Step.ANSWER,
        amount=case["amount"],
        unit=TimeUnit(case["unit"]),
        clock=ClockKind(case["clock"]),
        pausable=case.get("pausable", True),
        rule="某规定",
    )


def pauses_of(case: dict[str, Any]) -> list[Pause]:
    return [
        Pause(since=moment(since), until=moment(until) if until else None) for since, until in case.get("pauses", ())
    ]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['start']}: {case['why']}")
def test_a_step_is_due_when_a_person_with_a_calendar_says(case: dict[str, Any], calendar: WorkCalendar) -> None:
    due = due_of(term_of(case), moment(case["start"]), pauses_of(case), case.get("extensions", ()), calendar)
    assert due.at == (moment(case["due"]) if case["due"] else None)
    assert due.is_provisional == case.get("provisional", False)


def test_there_are_cases_for_everything_that_moves_a_day() -> None:
    assert len(CASES) >= 40
    assert {case["unit"] for case in CASES} == set(TimeUnit)
    for months in (("2026-09", "2026-10"), ("2025-09", "2025-10"), ("2024-09",), ("2026-02",), ("2025-01",)):
        assert any(case["start"].startswith(months) for case in CASES)
    assert sum("pauses" in case for case in CASES) >= 10
    assert sum("extensions" in case for case in CASES) >= 3
    assert sum(case.get("provisional", False) for case in CASES) >= 3
