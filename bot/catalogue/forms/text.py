"""How cell text is compared: one clean form for reading, one key for names, marks and dates as offices write them."""

import re
import unicodedata
from datetime import date
from enum import IntEnum
from typing import Final

_INVISIBLE: Final = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad\ufe0e\ufe0f]")
_TICK_SIGN: Final = re.compile("[√✓✔☑✅🗸∨●■★☒◆]+")
_TICK_WORD: Final = re.compile(r"(?:v|是|有|对|1|y|yes|t|true|打勾|勾选|同意)(?![a-z0-9\u4e00-\u9fff])", re.IGNORECASE)
_WEAK_TICKS: Final = frozenset("x×✕✖✗✘○〇o*")
_NO_TICKS: Final = frozenset(
    ("", "否", "无", "不", "没有", "0", "n", "no", "f", "false", "□", "☐", "-", "--", "—", "——", "/", "\\")
)
_NIL_WORDS: Final = frozenset(
    (
        "无",
        "暂无",
        "没有",
        "零报告",
        "无相关事项",
        "无此事项",
        "无此类事项",
        "无证明事项",
        "无相关证明事项",
        "本单位无",
        "本单位无相关事项",
    )
)
_DITTO: Final = frozenset(("同上", "〃", "″", "''", '"', "”", "“"))
_EDGES: Final = re.compile(r"^[\s:,;.、。—-]+|[\s:,;.、。—-]+$")
_DIGITS: Final = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_DATE: Final = re.compile(r"(?<!\d)(\d{4}|\d{2})\s*[年./\-]\s*(\d{1,2})\s*[月./\-]\s*(\d{1,2})\s*(?:日|号|(?!\d))")
_COMPACT_DATE: Final = re.compile(r"(?<!\d)(20\d{2})(\d{2})(\d{2})(?!\d)")
_CHINESE_DATE: Final = re.compile(
    r"([〇零○一二三四五六七八九]{4}|[〇零○一二三四五六七八九]{2})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})[日号]"
)


class Tick(IntEnum):
    """How surely a cell is ticked; a cross counts only in a row without a proper tick."""

    NONE = 0
    WEAK = 1
    STRONG = 2


def clean(text: str) -> str:
    """Full width to half width, invisible characters away, every run of white space one blank."""
    return " ".join(_INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).split())


def tidy(text: str) -> str:
    """As written, but every run of white space one blank; for texts that are kept or quoted."""
    return " ".join(_INVISIBLE.sub("", text).split())


def name_key(text: str) -> str:
    """Letters and digits alone: names that differ only in blanks, width, brackets or punctuation are the same."""
    return "".join(char for char in unicodedata.normalize("NFKC", text).lower() if char.isalnum())


def is_nil(text: str) -> bool:
    """Whether a cell says that there is nothing to report (annex 2, note 5)."""
    return name_key(text) in _NIL_WORDS


def is_ditto(text: str) -> bool:
    """Whether a cell stands for the one above it."""
    return clean(text) in _DITTO


def read_tick(text: str) -> tuple[Tick, str]:
    """Whether a cell is ticked, and the words beside the tick; words alone count as a tick."""
    cleaned = clean(text)
    lowered = cleaned.lower()
    if lowered in _NO_TICKS:
        return Tick.NONE, ""
    if lowered in _WEAK_TICKS:
        return Tick.WEAK, ""
    words = _TICK_SIGN.sub(" ", cleaned).strip()
    if match := _TICK_WORD.match(words):
        words = words[match.end() :]
    return Tick.STRONG, _strip_punctuation(words)


def _strip_punctuation(text: str) -> str:
    """Drops what only separates tick and words; a bracket goes only together with its other half."""
    stripped = _EDGES.sub("", text)
    if stripped.startswith("(") and stripped.endswith(")"):
        return stripped[1:-1].strip()
    return stripped


def find_date(text: str) -> date | None:
    """The first day named in a text, in figures or Chinese numerals; None where there is none or it does not exist."""
    cleaned = clean(text)
    if match := _DATE.search(cleaned) or _COMPACT_DATE.search(cleaned):
        year, month, day = (int(part) for part in match.groups())
    elif match := _CHINESE_DATE.search(re.sub(r"\s", "", text)):
        year = int(match.group(1).translate(_DIGITS))
        month, day = _read_numeral(match.group(2)), _read_numeral(match.group(3))
    else:
        return None
    try:
        return date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return None


def _read_numeral(text: str) -> int:
    """A Chinese numeral below 100."""
    tens, ten, ones = text.rpartition("十")
    return (int((tens or "1").translate(_DIGITS)) * 10 if ten else 0) + int((ones or "0").translate(_DIGITS))
