"""Working days and office hours in China: holidays, the weekends worked to make up for them, and counting by both.

Days and hours are those of China, whatever zone a moment is given in. The day of receipt does not count (不含当日), so
the first working day is the next one (《民法典》第二百零一条 counts likewise).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone
from typing import Final

from bot.domain.errors import InvalidInputError

CHINA_TIME: Final = timezone(timedelta(hours=8))
OFFICE_HOURS: Final = ((time(9, 0), time(12, 0)), (time(13, 30), time(17, 0)))
_DAY: Final = timedelta(days=1)
_SATURDAY: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkCalendar:
    """When offices work. Beyond the years in `years` only weekends are known, so what is counted there is provisional.

    Attributes:
        holidays: days off by the State Council's yearly arrangement, weekends among them or not.
        makeup_days: weekend days that are worked instead (调休上班).
        years: years whose arrangement has been published and is in `holidays`; see `is_known`.
        hours: opening and closing of each part of a working day, in order.
        names: what each holiday is called.
    """

    holidays: frozenset[date] = frozenset()
    makeup_days: frozenset[date] = frozenset()
    years: frozenset[int] = frozenset()
    hours: tuple[tuple[time, time], ...] = OFFICE_HOURS
    names: dict[date, str] = field(default_factory=dict, hash=False)

    def is_known(self, year: int) -> bool:
        """Whether the year's arrangement is in the calendar; if not, days are told by weekends alone."""
        return year in self.years

    def is_working_day(self, day: date) -> bool:
        """Whether offices are open on this day."""
        if day in self.makeup_days:
            return True
        return day not in self.holidays and day.weekday() < _SATURDAY

    def next_working_day(self, day: date) -> date:
        """The first working day after this one."""
        return self._seek(day, _DAY)

    def previous_working_day(self, day: date) -> date:
        """The last working day before this one. Raises InvalidInputError before the first day of the calendar."""
        return self._seek(day, -_DAY)

    def closing_of(self, day: date) -> datetime:
        """When offices close on this day, if it is a working day."""
        return datetime.combine(day, self.hours[-1][1], CHINA_TIME)

    def add_working_days(self, start: datetime, n: int) -> datetime:
        """Closing time of the n-th working day after the day of `start`, which itself does not count.

        Raises:
            InvalidInputError: n is below 1.
        """
        if n < 1:
            raise InvalidInputError("工作日至少要算1天")
        day = china_day(start)
        for _ in range(n):
            day = self.next_working_day(day)
        return self.closing_of(day)

    def working_days_between(self, start: date, end: date) -> int:
        """Working days after `start` up to and with `end`; 0 where `end` is not later."""
        return sum(self.is_working_day(start + _DAY * count) for count in range(1, (end - start).days + 1))

    def list_holidays(self, start: date, end: date) -> tuple[str, ...]:
        """What the holidays are called that take a weekday after `start` up to `end`, each once."""
        days = (start + _DAY * count for count in range(1, (end - start).days + 1))
        taken = (day for day in days if day.weekday() < _SATURDAY and not self.is_working_day(day))
        return tuple(dict.fromkeys(self.names.get(day, "节日") for day in taken))

    def list_makeup_days(self, start: date, end: date) -> tuple[date, ...]:
        """The weekend days worked after `start` up to `end`."""
        return tuple(sorted(day for day in self.makeup_days if start < day <= end))

    def next_working_moment(self, at: datetime) -> datetime:
        """`at` itself within office hours, else the next opening. At the stroke of closing the office is closed."""
        return max(next(self._list_spans(at))[0], china_moment(at))

    def add_time(self, start: datetime, amount: timedelta) -> datetime:
        """The moment when offices have been open for `amount` since `start`."""
        at = china_moment(start)
        spans = self._list_spans(at)
        opening, closing = next(spans)
        opening = max(opening, at)
        while amount > closing - opening:
            amount -= closing - opening
            opening, closing = next(spans)
        return opening + amount

    def time_between(self, start: datetime, end: datetime) -> timedelta:
        """How long offices are open from `start` to `end`; 0 where `end` is not later."""
        start, end = china_moment(start), china_moment(end)
        total = timedelta()
        for opening, closing in self._list_spans(start):
            if opening >= end:
                break
            total += min(closing, end) - max(opening, start)
        return max(total, timedelta())

    def _seek(self, day: date, step: timedelta) -> date:
        try:
            day += step
            while not self.is_working_day(day):
                day += step
        except OverflowError as error:
            raise InvalidInputError("日期超出了能算的范围") from error
        return day

    def _list_spans(self, at: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Opening and closing of each part of each working day that ends after `at`, without end."""
        at = china_moment(at)
        day = at.date() if self.is_working_day(at.date()) else self.next_working_day(at.date())
        while True:
            for opening, closing in self.hours:
                if datetime.combine(day, closing, CHINA_TIME) > at:
                    yield datetime.combine(day, opening, CHINA_TIME), datetime.combine(day, closing, CHINA_TIME)
            day = self.next_working_day(day)


def china_moment(at: datetime) -> datetime:
    """The moment on China's clock. Raises ValueError without a time zone, which would mean the computer's own."""
    if at.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return at.astimezone(CHINA_TIME)


def china_day(at: datetime) -> date:
    """The day in China at this moment."""
    return china_moment(at).date()
