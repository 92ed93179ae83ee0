"""The days of the festivals by which people date what happened to them. Pure."""

from datetime import date, timedelta
from typing import Final

_FIXED: Final = {
    "元旦": (1, 1),
    "情人节": (2, 14),
    "妇女节": (3, 8),
    "三八节": (3, 8),
    "植树节": (3, 12),
    "愚人节": (4, 1),
    "劳动节": (5, 1),
    "五一": (5, 1),
    "青年节": (5, 4),
    "儿童节": (6, 1),
    "六一": (6, 1),
    "建党节": (7, 1),
    "建军节": (8, 1),
    "八一": (8, 1),
    "教师节": (9, 10),
    "国庆": (10, 1),
    "十一": (10, 1),
    "双十一": (11, 11),
    "双11": (11, 11),
    "平安夜": (12, 24),
    "圣诞": (12, 25),
}
# By the moon or the sun, from the State Council's yearly notices: (spring festival, 清明, 端午, 中秋) as month and day.
# A festival of a year that is not listed dates nothing.
_MOVING: Final = {
    2019: ((2, 5), (4, 5), (6, 7), (9, 13)),
    2020: ((1, 25), (4, 4), (6, 25), (10, 1)),
    2021: ((2, 12), (4, 4), (6, 14), (9, 21)),
    2022: ((2, 1), (4, 5), (6, 3), (9, 10)),
    2023: ((1, 22), (4, 5), (6, 22), (9, 29)),
    2024: ((2, 10), (4, 4), (6, 10), (9, 17)),
    2025: ((1, 29), (4, 4), (5, 31), (10, 6)),
    2026: ((2, 17), (4, 5), (6, 19), (9, 25)),
    2027: ((2, 6), (4, 5), (6, 9), (9, 15)),
    2028: ((1, 26), (4, 4), (5, 28), (10, 3)),
}
_PLACES: Final = {"春节": 0, "年初一": 0, "大年初一": 0, "清明": 1, "端午": 2, "中秋": 3}
# Days after the first day of the spring festival.
_FROM_NEW_YEAR: Final = {"除夕": -1, "大年三十": -1, "年三十": -1, "小年夜": -2, "元宵": 14}

FESTIVALS: Final = (*_FIXED, *_PLACES, *_FROM_NEW_YEAR)


def find_festival(name: str, year: int) -> date | None:
    """The day of a festival in a year, or None where the year is not in the table.

    Args:
        name: one of `FESTIVALS`.
    """
    if name in _FIXED:
        month, day = _FIXED[name]
        return date(year, month, day)
    days = _MOVING.get(year)
    if days is None:
        return None
    month, day = days[_PLACES.get(name, 0)]
    return date(year, month, day) + timedelta(days=_FROM_NEW_YEAR.get(name, 0))
