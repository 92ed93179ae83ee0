"""Due times: what must hold for every term, how extensions are granted, and what the sentence says."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.catalogue.times import read_calendar
from bot.domain.due import due_of
from bot.domain.errors import InvalidInputError
from bot.domain.running_time import Pause
from bot.domain.terms import (
    ClockKind,
    ExtensionTooLongError,
    Step,
    Term,
    TermSubject,
    TimeUnit,
    extend_term,
    find_term,
)
from bot.domain.working_time import CHINA_TIME, WorkCalendar

CALENDAR = read_calendar(Path(__file__).parents[3] / "catalogue_data", [])
FIRST, LAST = datetime(2024, 1, 1), datetime(2027, 6, 30)  # noqa: DTZ001
MOMENTS = st.datetimes(FIRST, LAST, timezones=st.just(CHINA_TIME))
SPANS = st.timedeltas(timedelta(), timedelta(days=20))
CLOCKS = (
    (TimeUnit.WORKING_DAYS, ClockKind.WORKING),
    (TimeUnit.DAYS, ClockKind.CALENDAR),
    (TimeUnit.HOURS, ClockKind.WORKING),
    (TimeUnit.HOURS, ClockKind.CALENDAR),
    (TimeUnit.MINUTES, ClockKind.WORKING),
    (TimeUnit.MINUTES, ClockKind.CALENDAR),
)
MONDAY = datetime(2026, 11, 2, 9, 0, tzinfo=CHINA_TIME)


def make_term(**given: Any) -> Term:
    default: dict[str, Any] = {
        "key": "t",
        "applies_to": TermSubject.ANY,
        "step": Step.ANSWER,
        "amount": 5,
        "unit": TimeUnit.WORKING_DAYS,
        "clock": ClockKind.WORKING,
        "pausable": True,
        "rule": "某规定",
    }
    return Term(**default | given)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHINA_TIME)


@st.composite
def terms(draw: st.DrawFn) -> Term:
    unit, clock = draw(st.sampled_from(CLOCKS))
    return make_term(amount=draw(st.integers(1, 15)), unit=unit, clock=clock)


@st.composite
def pauses(draw: st.DrawFn) -> list[Pause]:
    begins = draw(st.lists(st.tuples(MOMENTS, SPANS), max_size=3))
    return [Pause(since=since, until=since + span) for since, span in begins]


def due_at(term: Term, start: datetime, stops: list[Pause], extensions: tuple[int, ...] = ()) -> datetime:
    found = due_of(term, start, stops, extensions, CALENDAR).at
    assert found is not None
    return found


@given(terms(), MOMENTS, pauses())
def test_nothing_is_due_before_it_starts_and_warnings_come_in_order(
    term: Term, start: datetime, stops: list[Pause]
) -> None:
    due = due_of(term, start, stops, (), CALENDAR)
    assert due.at is not None
    moments = [warning.at for warning in due.warnings]
    assert moments == sorted(moments)
    assert start <= moments[0]
    assert moments[-1] == due.at
    assert due.level_at(due.at) == 100
    assert not due.is_overdue(due.at)


@given(terms(), MOMENTS, pauses(), SPANS)
def test_who_starts_later_is_never_due_sooner(term: Term, start: datetime, stops: list[Pause], wait: timedelta) -> None:
    assert due_at(term, start, stops) <= due_at(term, start + wait, stops)


@given(terms(), MOMENTS, pauses(), MOMENTS, SPANS)
def test_a_pause_never_shortens(
    term: Term, start: datetime, stops: list[Pause], since: datetime, span: timedelta
) -> None:
    more = [*stops, Pause(since=since, until=since + span)]
    assert due_at(term, start, stops) <= due_at(term, start, more)


@given(terms(), MOMENTS, SPANS, SPANS, SPANS)
def test_a_longer_pause_never_shortens(
    term: Term, start: datetime, wait: timedelta, span: timedelta, more: timedelta
) -> None:
    since = start + wait
    shorter = [Pause(since=since, until=since + span)]
    longer = [Pause(since=since, until=since + span + more)]
    assert due_at(term, start, shorter) <= due_at(term, start, longer)


@given(terms(), MOMENTS, st.integers(1, 10))
def test_an_extension_never_shortens_and_is_the_same_as_a_longer_term(term: Term, start: datetime, more: int) -> None:
    extended = due_at(term, start, [], (more,))
    assert due_at(term, start, []) <= extended
    longer = make_term(amount=term.amount + more, unit=term.unit, clock=term.clock)
    assert extended == due_at(longer, start, [])


@given(MOMENTS, st.integers(1, 30))
def test_a_term_of_working_days_ends_on_one_after_that_many(start: datetime, amount: int) -> None:
    due = due_at(make_term(amount=amount), start, [])
    assert CALENDAR.is_working_day(due.date())
    assert CALENDAR.working_days_between(start.date(), due.date()) == amount
    assert due == CALENDAR.add_working_days(start, amount)


@given(terms(), MOMENTS, MOMENTS)
def test_an_open_pause_stops_the_clock_unless_the_term_had_run_out(
    term: Term, start: datetime, since: datetime
) -> None:
    without = due_at(term, start, [])
    found = due_of(term, start, [Pause(since=since)], (), CALENDAR)
    assert found.at in {None, without}
    if found.at is None:
        assert found.warnings == ()
        assert not found.is_overdue(without + timedelta(days=1))


@given(terms(), MOMENTS, pauses())
def test_what_is_not_pausable_runs_on(term: Term, start: datetime, stops: list[Pause]) -> None:
    fixed = make_term(amount=term.amount, unit=term.unit, clock=term.clock, pausable=False)
    assert due_at(fixed, start, [*stops, Pause(since=start)]) == due_at(term, start, [])


@given(terms(), MOMENTS)
def test_only_what_needs_an_unknown_year_is_provisional(term: Term, start: datetime) -> None:
    due = due_of(term, start, (), (), CALENDAR)
    assert due.at is not None
    assume(due.at.year <= 2026)
    assert not due.is_provisional
    by_weekends = due_of(term, start, (), (), WorkCalendar())
    assert by_weekends.is_provisional == (term.counts_days or term.clock is ClockKind.WORKING)


def test_warnings_reach_people_at_work() -> None:
    due = due_of(make_term(), at("2026-09-29 17:30"), (), (), CALENDAR)
    assert [f"{warning.at:%m-%d %H:%M}" for warning in due.warnings] == ["10-09 13:45", "10-10 17:00", "10-12 17:00"]
    assert [due.level_at(at(f"2026-10-{day} 17:00")) for day in ("08", "09", "10", "12")] == [0, 50, 80, 100]


def test_a_pause_cannot_end_before_it_begins() -> None:
    with pytest.raises(InvalidInputError):
        Pause(since=MONDAY, until=MONDAY - timedelta(seconds=1))


def test_an_extension_is_granted_within_the_maximum() -> None:
    term = make_term(extension_max=10)
    assert extend_term(term, (), 10) == (10,)
    assert extend_term(term, (4,), 6) == (4, 6)
    with pytest.raises(ExtensionTooLongError, match="这一步最多还能延长6个工作日"):
        extend_term(term, (4,), 7)
    with pytest.raises(ExtensionTooLongError, match="这一步不能再延长了"):
        extend_term(term, (4, 6), 1)
    with pytest.raises(ExtensionTooLongError, match="这一步不能再延长了"):
        extend_term(make_term(), (), 1)
    with pytest.raises(InvalidInputError):
        extend_term(term, (), 0)


def test_what_was_granted_stays_when_the_table_changes() -> None:
    term = make_term(extension_max=1)
    assert due_at(term, MONDAY, [], (10,)) == due_at(make_term(amount=15), MONDAY, [])


def test_a_term_is_found_for_the_first_kind_that_has_one() -> None:
    rows = (
        make_term(key="any"),
        make_term(key="urgent", applies_to=TermSubject.URGENT),
        make_term(key="consult", applies_to=TermSubject.CONSULT),
        make_term(key="accept", applies_to=TermSubject.URGENT, step=Step.ACCEPT),
    )
    table = {term.key: term for term in rows}

    def key_of(step: Step, *subjects: TermSubject) -> str | None:
        term = find_term(table, step, *subjects)
        return term.key if term else None

    assert key_of(Step.ANSWER, TermSubject.URGENT, TermSubject.CONSULT) == "urgent"
    assert key_of(Step.ANSWER, TermSubject.REOPENED, TermSubject.CONSULT) == "consult"
    assert key_of(Step.ANSWER, TermSubject.COMPLAINT) == "any"
    assert key_of(Step.ANSWER) == "any"
    assert key_of(Step.ACCEPT, TermSubject.COMPLAINT) is None


@pytest.mark.parametrize(
    ("given_", "start", "stops", "extensions", "sentence"),
    [
        (
            {},
            "2026-09-29 10:00",
            [],
            [],
            "2026-09-29 10:00 收到，5个工作日（遇国庆节放假顺延，10月10日调休上班照算），"
            "最迟 2026-10-12 17:00 前答复，依据：某规定（默认值，未经核实）。",
        ),
        (
            {"is_default": False},
            "2026-11-02 10:00",
            [],
            [],
            "2026-11-02 10:00 收到，5个工作日，最迟 2026-11-09 17:00 前答复，依据：某规定。",
        ),
        (
            {"is_default": False},
            "2026-11-02 10:00",
            [Pause(since=at("2026-11-04 10:00"), until=at("2026-11-05 10:00"))],
            [3],
            "2026-11-02 10:00 收到，5个工作日，延长3个工作日（暂停的时间不算），"
            "最迟 2026-11-13 17:00 前答复，依据：某规定。",
        ),
        (
            {"is_default": False},
            "2026-11-02 10:00",
            [Pause(since=at("2026-11-04 10:00"))],
            [],
            "2026-11-02 10:00 收到，5个工作日，现在暂停计时，恢复后再算最迟什么时候答复，依据：某规定。",
        ),
        (
            {"is_default": False, "step": Step.FOLLOW_UP, "amount": 3},
            "2026-12-30 10:00",
            [],
            [],
            "2026-12-30 10:00 办结，3个工作日，最迟 2027-01-04 17:00 前回访，"
            "2027年的放假安排还没收录，先按周末推算，到时可能会变，依据：某规定。",
        ),
        (
            {
                "is_default": False,
                "step": Step.DISPATCH,
                "amount": 24,
                "unit": TimeUnit.HOURS,
                "clock": ClockKind.CALENDAR,
            },
            "2026-12-31 10:00",
            [],
            [],
            "2026-12-31 10:00 受理，24小时（节假日和夜间照算），最迟 2027-01-01 10:00 前派单，依据：某规定。",
        ),
        (
            {"is_default": False, "amount": 2, "unit": TimeUnit.HOURS},
            "2026-11-02 10:00",
            [],
            [],
            "2026-11-02 10:00 收到，2个工作小时，最迟 2026-11-02 12:00 前答复，依据：某规定。",
        ),
    ],
)
def test_the_explanation_is_one_sentence_with_all_that_moved_the_day(
    given_: dict[str, Any], start: str, stops: list[Pause], extensions: list[int], sentence: str
) -> None:
    assert due_of(make_term(**given_), at(start), stops, extensions, CALENDAR).explanation == sentence


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        due_of(make_term(), datetime(2026, 11, 2, 9, 0), (), (), CALENDAR)  # noqa: DTZ001


def test_the_day_is_told_in_china() -> None:
    day = date(2026, 11, 3)
    utc = datetime.fromisoformat("2026-11-02T16:30:00+00:00")
    assert due_at(make_term(amount=1), utc, []) == CALENDAR.closing_of(CALENDAR.next_working_day(day))
