"""The day that somebody tells of ("上周三下午", "国庆前一天", "10月8号"), never one still to come. Pure.

Each way of telling a day is one pattern with one reader. Of several days in a text the latest counts: people tell what
came before ("10月8号我妈过世") and then what happened at the counter. A day from which a rule holds ("9月1日起施行") is
no day of the story.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from bot.dialogue.festivals import FESTIVALS, find_festival


class PartOfDay(StrEnum):
    """When on that day, as people say it."""

    MORNING = "上午"
    NOON = "中午"
    AFTERNOON = "下午"
    EVENING = "晚上"


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldDay:
    """A day told.

    Attributes:
        day: None where none was told, or only vaguely ("前几天", "上个月").
        has_year: the year was said too, so that the day does not depend on when the story is told.
        text: the words that tell it, in the form in which they were compared.
    """

    day: date | None = None
    part: PartOfDay | None = None
    has_year: bool = False
    text: str = ""


NOTHING_TOLD: Final = ToldDay()

_SAME: Final = str.maketrans(
    "０１２３４５６７８９／．－—週禮後號個兩點時慶間開／\u3000",
    "0123456789/.--周礼后号个两点时庆间开/ ",
)
_DIGITS: Final = {character: place for place, character in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "○": 0,
    "两": 2,
    "俩": 2,
    "日": 7,
    "天": 7,
}
_NUMBER: Final = r"\d{1,2}|[一二三四五六七八九十两俩]{1,3}"
_YEAR: Final = r"(?P<year>\d{4}|\d{2}|[一二〇○零][〇○零一二三四五六七八九]{3})\s*年\s*"
_DAY: Final = rf"(?P<day>{_NUMBER})\s*"
_RELATIVE: Final = {
    "大前天": 3,
    "大前日": 3,
    "前天": 2,
    "前日": 2,
    "前晚": 2,
    "前夜": 2,
    "昨天": 1,
    "昨日": 1,
    "昨晚": 1,
    "昨夜": 1,
    "昨儿": 1,
    "昨个": 1,
    "昨么": 1,
    "昨早": 1,
    "昨上午": 1,
    "昨下午": 1,
    "隔夜": 1,
    "今天": 0,
    "今日": 0,
    "今早": 0,
    "今朝": 0,
    "今晨": 0,
    "今儿": 0,
    "今晚": 0,
    "今上午": 0,
    "今下午": 0,
    "刚刚": 0,
    "刚才": 0,
    "方才": 0,
    "当下": 0,
}
_PARTS: Final = tuple(
    (re.compile(words), part)
    for words, part in (
        (
            r"凌晨|清早|清晨|早上|早晨|上午|大早|一早|今早|昨早|今晨|上昼|早浪|上半天|(?<!\d)(8|9|10|11|[八九十])点",
            PartOfDay.MORNING,
        ),
        (r"中午|正午|午饭|中饭|午休|(?<!\d)(12|十二)点", PartOfDay.NOON),
        (r"下午|午后|傍晚|下昼|下半天|下班前|(?<!\d)(1[3-7]?|[2-5]|[一二两三四五])点", PartOfDay.AFTERNOON),
        (r"晚上|夜里|夜到|夜头|昨晚|今晚|前晚|昨夜|晚饭", PartOfDay.EVENING),
    )
)
# Words beside a day that make it another day than that of the visit: when a rule began, a birth, a wedding.
_NOT_THE_VISIT_AFTER: Final = re.compile(
    r"\s*(起|开始施行|施行|印发|出台|生效|发布|以后就|之后就|就取消|已经取消|就不用|就免|出生|生的|结婚|领证|离婚|过世|去世"
    r"|走的|没了|死的|入职|离职|毕业|退休|签的合同|买的|之前|以前|前要|前必须|前交|截止|到期)"
)
_NOT_THE_VISIT_BEFORE: Final = re.compile(r"(从|自|自从|截至|截止|到期日|有效期到|生于|规定是|文件是)\s*$")
_TODAY_COUNTS: Final = re.compile(r"^[^，。！？；,!?;]{0,6}?(又|再|还是|还要|去|到|跑|办|窗口|被)")


def find_told_day(text: str, today: date) -> ToldDay:
    """The day of which a text tells, and the part of the day.

    Args:
        text: as somebody said or typed it. today: the day on which it is said; no later day is given back.
    """
    said = text.translate(_SAME)
    found = [told for told in _list_days(said, today) if told.day is not None]
    # "今天" is mostly the day of the call, not that of the visit.
    settled = [told for told in found if told.day != today or _is_visit_today(said, told)] or found
    if not settled:
        return ToldDay(part=_find_part(said))
    return max(settled, key=lambda told: told.day or date.min)


def _list_days(said: str, today: date) -> Iterator[ToldDay]:
    """Every day told, those that are ruled out left out; a longer way of telling hides the shorter ones inside it."""
    taken: list[tuple[int, int]] = []
    for pattern, read in _WAYS:
        for match in pattern.finditer(said):
            start, end = match.span()
            if any(start < other_end and other_start < end for other_start, other_end in taken):
                continue
            taken.append((start, end))
            if _NOT_THE_VISIT_AFTER.match(said[end:]) or _NOT_THE_VISIT_BEFORE.search(said[:start]):
                continue
            day, has_year = read(match, today)
            if day is not None and day <= today:
                yield ToldDay(day=day, part=_find_part(said[start : end + 8]), has_year=has_year, text=match.group())


def _is_visit_today(said: str, told: ToldDay) -> bool:
    return bool(_TODAY_COUNTS.match(said[said.index(told.text) + len(told.text) :]))


def _find_part(said: str) -> PartOfDay | None:
    """The part of the day that is told first."""
    found = [(match.start(), part) for pattern, part in _PARTS for match in pattern.finditer(said)]
    return min(found, default=(0, None))[1]


_Read = Callable[[re.Match[str], date], tuple[date | None, bool]]


def _read_full(match: re.Match[str], today: date) -> tuple[date | None, bool]:
    year, month, day = match["year"], match["month"], match["day"]
    return _make_day(_number(year) + (2000 if len(year) == 2 else 0), _number(month), _number(day)), True


def _read_year_word(match: re.Match[str], today: date) -> tuple[date | None, bool]:
    year = today.year - {"今": 0, "本": 0, "去": 1, "旧": 1, "前": 2}[match["word"][0]]
    return _make_day(year, _number(match["month"]), _number(match["day"])), True


def _read_month_day(match: re.Match[str], today: date) -> tuple[date | None, bool]:
    """The last such day that is not still to come."""
    month, day = _number(match["month"]), _number(match["day"])
    years = (today.year, today.year - 1, today.year - 2, today.year - 3, today.year - 4)
    days = (_make_day(year, month, day) for year in years)
    return next((found for found in days if found and found <= today), None), False


def _read_day_of_month(match: re.Match[str], today: date) -> tuple[date | None, bool]:
    back = {"上上": 2, "上": 1}.get((match["word"] or "").replace("个", "").removesuffix("月"))
    day = _number(match["day"])
    if back is None and not match["word"]:
        this = _make_day(today.year, today.month, day)
        back = 0 if this and this <= today else 1
    months = today.year * 12 + today.month - 1 - (back or 0)
    return _make_day(months // 12, months % 12 + 1, day), False


def _read_week_day(match: re.Match[str], today: date) -> tuple[date | None, bool]:
    weekday, word = _number(match["day"]) - 1, (match["word"] or "").replace("个", "")
    monday = today - timedelta(days=today.weekday())
    if word in {"上上", "上"}:
        return monday + timedelta(days=weekday - 7 * len(word)), False
    day = monday + timedelta(days=weekday)
    if word in {"这", "本", "今"}:
        return day, False
    return day if day <= today else day - timedelta(days=7), False


def _read_ago(match: re.Match[str], today: date) -> tuple[date | None, bool]:
    days = 7 if match["unit"] != "天" and match["unit"] != "日" else 1
    return today - timedelta(days=_number(match["count"]) * days), False


def _read_relative(match: re.Match[str], today: date) -> tuple[date | None, bool]:
    return today - timedelta(days=_RELATIVE[match.group()]), False


def _read_festival(match: re.Match[str], today: date) -> tuple[date | None, bool]:
    """The last such festival, or the day before or after it; the holiday as a whole is too vague."""
    shift = _shift_of(match["before"], match["after"])
    word = match["word"]
    years = (today.year - 1,) if word in {"去年", "旧年"} else (today.year,) if word else (today.year, today.year - 1)
    days = (find_festival(match["name"], year) for year in years)
    return next((day for day in (found + shift for found in days if found) if day <= today), None), bool(word)


def _shift_of(before: str | None, after: str | None) -> timedelta:
    if before:
        return timedelta(days=-2 if "两" in before or "二" in before else -1)
    return timedelta(days=1 if after and ("后" in after or "第二" in after) else 0)


def _make_day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _number(said: str) -> int:
    """A number in digits or Chinese characters, up to 99, or a year digit by digit."""
    if said.isdigit():
        return int(said)
    if "十" in said:
        tens, _, ones = said.partition("十")
        return _DIGITS.get(tens, 1) * 10 + _DIGITS.get(ones, 0)
    return int("".join(str(_DIGITS[character]) for character in said))


_MONTH_DAY: Final = rf"(?P<month>{_NUMBER})\s*月\s*{_DAY}(?:号|日|(?![\d个份]))"
_WEEK: Final = r"(?:周|星期|礼拜)"
# "3号窗口" and "8号楼" are places.
_NO_PLACE: Final = r"(?!楼|窗|线|门|厅|柜|公告|文|令|院|桌|位|工|服务|地铁|机|厂|店|库)"
_ANY_FESTIVAL: Final = "|".join(sorted(FESTIVALS, key=len, reverse=True))
_BEFORE_FESTIVAL: Final = r"(?P<before>的?(?:之|放假)?前的?[一二两]天|前夕|[之的]?前一日)"
_AFTER_FESTIVAL: Final = r"(?P<after>[之过]?后的?第?一天|的?第二天)"
# The longest ways first: what one of them has read, no other reads again.
_WAYS: Final[tuple[tuple[re.Pattern[str], _Read], ...]] = tuple(
    (re.compile(pattern), read)
    for pattern, read in (
        (_YEAR + _MONTH_DAY, _read_full),
        (r"(?<!\d)(?P<year>20\d\d)[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)", _read_full),
        (rf"(?P<word>去年|旧年|前年|今年|本年)\s*的?{_MONTH_DAY}", _read_year_word),
        (rf"(?<![\d年个]){_MONTH_DAY}", _read_month_day),
        (r"(?<![\d./-])(?P<month>1[0-2]|0?[1-9])/(?P<day>3[01]|[12]\d|0?[1-9])(?![\d/])", _read_month_day),
        (
            rf"(?P<word>去年|旧年|今年)?的?(?P<name>{_ANY_FESTIVAL})节?(?:放假)?"
            rf"(?:{_BEFORE_FESTIVAL}|{_AFTER_FESTIVAL}|当天|那天|那日|这天|当日|上午|下午|早上)",
            _read_festival,
        ),
        (
            rf"(?<![每下])(?P<word>上上个?|上个?|这个?|本|今)?(?<!下个){_WEEK}(?P<day>[一二三四五六日天1-7])(?![\d个])",
            _read_week_day,
        ),
        (rf"(?P<word>上上个?月|上个?月|这个?月|本月|当月)\s*的?{_DAY}[号日]{_NO_PLACE}", _read_day_of_month),
        (rf"(?<![\d月下一二三四五六七八九十第〕])(?P<word>){_DAY}号{_NO_PLACE}", _read_day_of_month),
        (rf"(?P<count>{_NUMBER})(?P<unit>天|日|周|个?星期|个?礼拜)[之以]?前", _read_ago),
        ("|".join(sorted(_RELATIVE, key=len, reverse=True)), _read_relative),
    )
)
