"""Rules for the holiday table: whole years, days that can be what they say, and a source for each."""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from bot.catalogue.tables import Table
from bot.catalogue.times import HOLIDAYS, CalendarDay, DayKind, list_days
from bot.domain.errors import Finding

_SATURDAY: Final = 5
_DECEMBER: Final = 12
# A year counts as known as soon as it has a row, so it must not be half entered.
_FESTIVALS: Final = ("元旦", "春节", "清明", "劳动节", "端午", "中秋", "国庆")


def check_times(directory: Path) -> Iterator[Finding]:
    """What is wrong with the holiday table, as far as the loader has accepted it."""
    days = tuple(list_days(directory, []))
    for item in days:
        if item.kind is DayKind.MAKEUP and item.day.weekday() < _SATURDAY:
            yield Finding(item.place, f"{item.day} 是{_weekday(item)}，调休上班只能是周六、周日，请核对日期")
        if not _belongs(item):
            yield Finding(item.place, f"{item.day} 不在{item.year}年的放假安排里，请核对“year”和“date”")
    yield from _check_years(days)
    yield from _check_sources(directory)


def _belongs(item: CalendarDay) -> bool:
    """An arrangement covers its year, and may begin in the December before."""
    return item.day.year == item.year or (item.day.year == item.year - 1 and item.day.month == _DECEMBER)


def _check_years(days: tuple[CalendarDay, ...]) -> Iterator[Finding]:
    names: dict[int, list[str]] = defaultdict(list)
    for item in days:
        names[item.year].append(item.name if item.kind is DayKind.HOLIDAY else "")
    for year, known in names.items():
        missing = [festival for festival in _FESTIVALS if not any(festival in name for name in known)]
        if missing:
            yield Finding(HOLIDAYS, f"{year}年没有写{'、'.join(missing)}的放假，请按通知补全，没公布的年份整年不写")


def _check_sources(directory: Path) -> Iterator[Finding]:
    path = directory / HOLIDAYS
    if not path.is_file():
        return
    for row in Table(path, ()):
        if not row.text("source"):
            yield Finding(f"{HOLIDAYS} 第{row.number}行", "“source”一列是空的，请写明是哪份通知")


def _weekday(item: CalendarDay) -> str:
    return "周" + "一二三四五六日"[item.day.weekday()]
