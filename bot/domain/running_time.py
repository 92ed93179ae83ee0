"""A clock that can be stopped: how long it has run, when it will have run for so long, and when to warn."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol

from bot.domain.errors import InvalidInputError

WARNING_PERCENTS: Final = (50, 80, 100)


class Timekeeper(Protocol):
    """Which time counts: all of it, or that in which offices are open (`WorkCalendar`)."""

    def add_time(self, start: datetime, amount: timedelta) -> datetime:
        """The moment when `amount` of the time that counts has passed since `start`."""
        ...

    def time_between(self, start: datetime, end: datetime) -> timedelta:
        """How much time that counts lies between; 0 where `end` is not later."""
        ...


class NaturalTime:
    """Implements `Timekeeper`: nights, weekends and holidays count like any other time."""

    def add_time(self, start: datetime, amount: timedelta) -> datetime:
        """See `Timekeeper`."""
        return start + amount

    def time_between(self, start: datetime, end: datetime) -> timedelta:
        """See `Timekeeper`."""
        return max(end - start, timedelta())


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """From when to when a clock stands still; `until` is None while it still does."""

    since: datetime
    until: datetime | None = None

    def __post_init__(self) -> None:
        if self.until is not None and self.until < self.since:
            raise InvalidInputError("恢复计时不能早于暂停计时")

    def covers(self, at: datetime) -> bool:
        """Whether the clock stands still as this moment is reached."""
        return self.since < at and (self.until is None or at <= self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class DueWarning:
    """The moment when so much of a term has run; 100 is the due time itself."""

    percent: int
    at: datetime


def join_pauses(pauses: Sequence[Pause]) -> tuple[Pause, ...]:
    """The same pauses in order, those that touch made one."""
    joined: list[Pause] = []
    for pause in sorted(pauses, key=lambda item: item.since):
        last = joined[-1] if joined else None
        if last is None or (last.until is not None and last.until < pause.since):
            joined.append(pause)
        elif last.until is not None and (pause.until is None or pause.until > last.until):
            joined[-1] = Pause(since=last.since, until=pause.until)
    return tuple(joined)


def add_running_time(
    start: datetime, amount: timedelta, pauses: Sequence[Pause], keeper: Timekeeper
) -> datetime | None:
    """When the clock will have run for `amount`; None where it stands still before that and nobody knows how long."""
    at = start
    for pause in join_pauses(pauses):
        if pause.until is not None and pause.until <= at:
            continue
        ran = keeper.time_between(at, pause.since)
        if ran >= amount:
            break
        if pause.until is None:
            return None
        amount -= ran
        at = pause.until
    return keeper.add_time(at, amount)


def running_time_between(start: datetime, end: datetime, pauses: Sequence[Pause], keeper: Timekeeper) -> timedelta:
    """How long the clock runs between two moments."""
    total = keeper.time_between(start, end)
    for pause in join_pauses(pauses):
        until = end if pause.until is None else min(pause.until, end)
        total -= keeper.time_between(max(pause.since, start), until)
    return total


def list_warnings(
    start: datetime, due: datetime, pauses: Sequence[Pause], keeper: Timekeeper
) -> tuple[DueWarning, ...]:
    """The moments at 50, 80 and 100 per cent of the running time from `start` to `due`; none is later than `due`."""
    total = running_time_between(start, due, pauses, keeper)
    moments = (add_running_time(start, total * percent / 100, pauses, keeper) for percent in WARNING_PERCENTS[:-1])
    early = (min(moment or due, due) for moment in moments)
    return tuple(
        DueWarning(percent=percent, at=at) for percent, at in zip(WARNING_PERCENTS, (*early, due), strict=True)
    )


def level_at(warnings: Sequence[DueWarning], now: datetime) -> int:
    """The highest per cent whose moment has come; 0 before the first."""
    return max((warning.percent for warning in warnings if warning.at <= now), default=0)
