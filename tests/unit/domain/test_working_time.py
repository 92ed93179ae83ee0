"""Working days and office hours of the real calendar, and of a city that has none."""

from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalogue.times import read_calendar
from bot.domain.errors import InvalidInputError
from bot.domain.running_time import Pause, join_pauses, running_time_between
from bot.domain.working_time import CHINA_TIME, WorkCalendar

CALENDAR = read_calendar(Path(__file__).parents[3] / "catalogue_data", [])
FIRST, LAST = datetime(2024, 1, 1), datetime(2027, 6, 30)  # noqa: DTZ001
MOMENTS = st.datetimes(FIRST, LAST, timezones=st.just(CHINA_TIME))
DAYS = st.dates(date(2024, 1, 1), date(2027, 6, 30))
SPANS = st.timedeltas(timedelta(), timedelta(days=12))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHINA_TIME)


@pytest.mark.parametrize(
    ("day", "is_working"),
    [
        ("2026-10-01", False),
        ("2026-10-08", True),
        ("2026-10-10", True),
        ("2026-09-20", True),
        ("2026-01-04", True),
        ("2026-02-14", True),
        ("2026-02-23", False),
        ("2026-02-28", True),
        ("2026-05-09", True),
        ("2026-06-19", False),
        ("2026-11-07", False),
        ("2025-10-08", False),
        ("2025-10-11", True),
        ("2025-01-27", True),
        ("2025-02-04", False),
        ("2024-02-09", True),
        ("2024-02-18", True),
        ("2024-09-16", False),
        ("2027-10-01", True),
        ("2027-10-02", False),
    ],
)
def test_a_day_is_worked_as_the_notice_says(day: str, is_working: bool) -> None:
    assert CALENDAR.is_working_day(date.fromisoformat(day)) == is_working


@pytest.mark.parametrize(("year", "days"), [(2024, 251), (2025, 248), (2026, 248)])
def test_a_year_has_its_working_days(year: int, days: int) -> None:
    assert CALENDAR.working_days_between(date(year - 1, 12, 31), date(year, 12, 31)) == days


def test_a_year_is_known_when_its_notice_is_in_the_table() -> None:
    assert [year for year in range(2023, 2029) if CALENDAR.is_known(year)] == [2024, 2025, 2026]


def test_without_a_table_weekends_are_all_that_is_known() -> None:
    bare = WorkCalendar()
    assert bare.is_working_day(date(2026, 10, 1))
    assert not bare.is_working_day(date(2026, 10, 10))
    assert not bare.is_known(2026)


def test_the_neighbours_of_a_day_skip_what_is_off() -> None:
    assert CALENDAR.next_working_day(date(2026, 9, 30)) == date(2026, 10, 8)
    assert CALENDAR.previous_working_day(date(2026, 10, 8)) == date(2026, 9, 30)
    assert CALENDAR.previous_working_day(date(2026, 10, 12)) == date(2026, 10, 10)


@pytest.mark.parametrize(
    ("moment", "opening"),
    [
        ("2026-11-02 08:59", "2026-11-02 09:00"),
        ("2026-11-02 10:15", "2026-11-02 10:15"),
        ("2026-11-02 12:00", "2026-11-02 13:30"),
        ("2026-11-02 17:00", "2026-11-03 09:00"),
        ("2026-09-30 17:00", "2026-10-08 09:00"),
        ("2026-10-10 07:00", "2026-10-10 09:00"),
        ("2026-11-07 10:00", "2026-11-09 09:00"),
    ],
)
def test_the_next_working_moment(moment: str, opening: str) -> None:
    assert CALENDAR.next_working_moment(at(moment)) == at(opening)


def test_at_least_one_working_day_is_added() -> None:
    with pytest.raises(InvalidInputError):
        CALENDAR.add_working_days(at("2026-11-02 09:00"), 0)


def test_the_last_of_all_days_has_no_next() -> None:
    with pytest.raises(InvalidInputError):
        CALENDAR.next_working_day(date.max)


@given(DAYS)
def test_next_and_previous_are_each_other_s_way_back(day: date) -> None:
    after = CALENDAR.next_working_day(day)
    assert CALENDAR.is_working_day(after)
    assert CALENDAR.previous_working_day(after) <= day < after
    assert CALENDAR.working_days_between(day, after) == 1


@given(DAYS, DAYS, DAYS)
def test_working_days_add_up(first: date, second: date, third: date) -> None:
    first, second, third = sorted((first, second, third))
    parts = CALENDAR.working_days_between(first, second) + CALENDAR.working_days_between(second, third)
    assert parts == CALENDAR.working_days_between(first, third)
    assert CALENDAR.working_days_between(third, first) == 0


@given(MOMENTS, st.timedeltas(timedelta(seconds=1), timedelta(hours=80)))
def test_office_time_that_was_added_lies_between(start: datetime, amount: timedelta) -> None:
    end = CALENDAR.add_time(start, amount)
    assert end >= start
    assert CALENDAR.time_between(start, end) == amount


@given(MOMENTS, SPANS, SPANS)
def test_office_time_adds_up(start: datetime, first: timedelta, second: timedelta) -> None:
    middle, end = start + first, start + first + second
    parts = CALENDAR.time_between(start, middle) + CALENDAR.time_between(middle, end)
    assert parts == CALENDAR.time_between(start, end)
    assert timedelta() <= parts <= end - start


@given(MOMENTS, st.lists(st.tuples(SPANS, SPANS), max_size=4), SPANS)
def test_a_clock_runs_when_no_pause_covers_it(
    start: datetime, parts: list[tuple[timedelta, timedelta]], span: timedelta
) -> None:
    pauses = [Pause(since=start + wait, until=start + wait + length) for wait, length in parts]
    joined = join_pauses(pauses)
    gaps = [after.since - before.until for before, after in pairwise(joined) if before.until]
    assert all(gap > timedelta() for gap in gaps)
    ran = running_time_between(start, start + span, pauses, CALENDAR)
    assert timedelta() <= ran <= CALENDAR.time_between(start, start + span)


def test_an_open_pause_swallows_what_follows() -> None:
    first = Pause(since=at("2026-11-02 09:00"))
    second = Pause(since=at("2026-11-03 09:00"), until=at("2026-11-04 09:00"))
    assert join_pauses([second, first]) == (first,)
