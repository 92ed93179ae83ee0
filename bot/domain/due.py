"""When a step of a complaint is due by the policy table, and why, in one sentence. Pure.

How each unit of time is counted:
- working days: the day of receipt does not count (不含当日); due when offices close on the last one.
- days: the same with natural days, due at the end of the last one; where that is a day of rest, at the end of the next
  working day (《民法典》第二百零一条至第二百零三条).
- hours and minutes: from the moment itself, on the natural clock or within office hours only.

A pause takes out of a count by days each day at whose end the clock stands still, so that a pause of ten minutes wins
nobody a day; out of a count by hours it takes exactly the time it lasts. A term that is not pausable runs on.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from bot.domain.running_time import (
    DueWarning,
    NaturalTime,
    Pause,
    Timekeeper,
    add_running_time,
    level_at,
    list_warnings,
)
from bot.domain.terms import ClockKind, Term, TimeUnit
from bot.domain.working_time import CHINA_TIME, WorkCalendar, china_day, china_moment

_END_OF_DAY: Final = time(23, 59, 59)


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """When a step is due.

    Attributes:
        at: the last moment, in China time; None while the clock stands still and nobody knows for how long.
        is_provisional: whether a year decides it whose holidays are not known.
        explanation: one Chinese sentence with the term, the rule and whatever moved the day.
        warnings: the moments at 50, 80 and 100 per cent; none while the clock stands still.
    """

    at: datetime | None
    rule: str
    is_default: bool
    is_provisional: bool
    explanation: str
    warnings: tuple[DueWarning, ...] = ()

    def is_overdue(self, now: datetime) -> bool:
        """Whether the last moment has passed."""
        return self.at is not None and now > self.at

    def level_at(self, now: datetime) -> int:
        """How much of the term has run, in per cent: 0, 50, 80 or 100."""
        return level_at(self.warnings, now)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    """One run of a term's clock."""

    term: Term
    start: datetime
    pauses: tuple[Pause, ...]
    extended: int
    calendar: WorkCalendar

    @property
    def amount(self) -> int:
        return self.term.amount + self.extended

    @property
    def keeper(self) -> Timekeeper:
        return self.calendar if self.term.clock is ClockKind.WORKING else NaturalTime()

    @property
    def needs_calendar(self) -> bool:
        return self.term.counts_days or self.term.clock is ClockKind.WORKING


def due_of(
    term: Term, started_at: datetime, pauses: Sequence[Pause], extensions: Sequence[int], calendar: WorkCalendar
) -> Due:
    """When the step is due.

    Args:
        started_at: what sets the clock going: receipt, dispatch, closing ... (`Step.starts_with`).
        pauses: ignored where the term is not pausable.
        extensions: as granted (`extend_term`), in units of the term; what was granted stays so when the table changes.
    """
    run = _Run(
        term=term,
        start=china_moment(started_at),
        pauses=tuple(pauses) if term.pausable else (),
        extended=sum(extensions),
        calendar=calendar,
    )
    at = _last_day(run) if term.counts_days else _last_moment(run)
    years = _unknown_years(run, at)
    return Due(
        at=at,
        rule=term.rule,
        is_default=term.is_default,
        is_provisional=bool(years),
        explanation=_explain(run, at, years),
        warnings=list_warnings(run.start, at, run.pauses, run.keeper) if at else (),
    )


def _last_moment(run: _Run) -> datetime | None:
    unit = timedelta(hours=1) if run.term.unit is TimeUnit.HOURS else timedelta(minutes=1)
    return add_running_time(run.start, unit * run.amount, run.pauses, run.keeper)


def _last_day(run: _Run) -> datetime | None:
    """The end of the last day; None where the clock stands still before it."""
    in_office = run.term.unit is TimeUnit.WORKING_DAYS
    end_of = run.calendar.closing_of if in_office else _midnight_of
    day, left = china_day(run.start), run.amount
    while left:
        day += timedelta(days=1)
        stop = next((pause for pause in run.pauses if pause.covers(end_of(day))), None)
        if stop and stop.until is None:
            return None
        if not stop and (not in_office or run.calendar.is_working_day(day)):
            left -= 1
    return end_of(day if run.calendar.is_working_day(day) else run.calendar.next_working_day(day))


def _midnight_of(day: date) -> datetime:
    return datetime.combine(day, _END_OF_DAY, CHINA_TIME)


def _unknown_years(run: _Run, at: datetime | None) -> tuple[int, ...]:
    """Years that decide the due time and of which only the weekends are known."""
    if not run.needs_calendar:
        return ()
    last = china_day(at or run.start).year
    first = last if run.term.unit is TimeUnit.DAYS else run.start.year
    return tuple(year for year in range(first, last + 1) if not run.calendar.is_known(year))


def _explain(run: _Run, at: datetime | None, years: tuple[int, ...]) -> str:
    step, rule = run.term.step, run.term.rule
    parts = [f"{run.start:%Y-%m-%d %H:%M} {step.starts_with}", f"{run.term.amount}{run.term.unit_label}"]
    if run.extended:
        parts.append(f"延长{run.extended}{run.term.unit_label}")
    if at is None:
        parts.append(f"现在暂停计时，恢复后再算最迟什么时候{step.label}")
    else:
        parts[-1] += _list_moves(run, at)
        parts.append(f"最迟 {at:%Y-%m-%d %H:%M} 前{step.label}")
    if years:
        named = "、".join(f"{year}年" for year in years)
        parts.append(f"{named}的放假安排还没收录，先按周末推算，到时可能会变")
    return f"{'，'.join(parts)}，依据：{rule}{'（默认值，未经核实）' if run.term.is_default else ''}。"


def _list_moves(run: _Run, at: datetime) -> str:
    """What moved the day, in brackets."""
    moves: list[str] = []
    if run.needs_calendar:
        first, last = china_day(run.start), china_day(at)
        if names := run.calendar.list_holidays(first, last):
            moves.append(f"遇{'、'.join(names)}放假顺延")
        if days := run.calendar.list_makeup_days(first, last):
            moves.append(f"{'、'.join(f'{day.month}月{day.day}日' for day in days)}调休上班照算")
    else:
        moves.append("节假日和夜间照算")
    if any(pause.since < at and (pause.until is None or pause.until > run.start) for pause in run.pauses):
        moves.append("暂停的时间不算")
    return f"（{'，'.join(moves)}）" if moves else ""
