"""One form before any matching: width, script, dialect, digits, pinyin.

A space between two words of Chinese is a pause, like a comma; every other space is dropped here, once. Everything the
engine compares (catalogue names, spoken phrases, what a citizen types) goes through the same `Normaliser`, so both
sides always meet in the same form.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import cache
from typing import Final

import ahocorasick
from opencc import OpenCC
from pypinyin import Style
from pypinyin.pinyin_dict import pinyin_dict
from pypinyin.style import convert as convert_style

from intents.spelling import Spelling

_CJK: Final = range(0x4E00, 0x9FFF + 1)
_DIGITS: Final = str.maketrans("0123456789", "零一二三四五六七八九")
# Runs this long are numbers of telephones, cards and cases: they say nothing about the question.
_LONG_NUMBER: Final = re.compile(r"[0-9]{5,}[0-9x]?")
_LATIN: Final = re.compile(r"[a-z][a-z' -]*[a-z]|[a-z]")
_GAPS: Final = re.compile(r"\s+")
# What ends a thought; one mark stands for all of them, so that clauses can be told apart.
_PAUSES: Final = re.compile(r"[，。！？；：、…~,.!?;:|/\\\n\r\t]+")
_PAUSE: Final = "，"
_PLAIN_PAUSES: Final = "，。、！；："
# Many people type a space where others put a comma; a space around a single character is only a slip.
_CUTS: Final = re.compile(r"(?<=[\u4e00-\u9fff]{2})\s+(?=[\u4e00-\u9fff]{2})")
# Where only the question mark asks ("还要结婚证？"), it is as good as 吗.
_ASKS: Final = re.compile(r"\?+\s*$")
_ASKING_WORD: Final = re.compile(r"[吗呢吧么伐不啥哪谁几]|什么|怎|多少|为何|干嘛|如何")
# What ends a question in speech and dialect ("要带伐", "要交不", "带么") where the standard language has 吗. The ending
# stands first and what must be before it second, because so the expression finds it many times faster.
_QUESTION_END: Final = re.compile(
    r"[伐勿么哇啵不](?:(?<=[\u4e00-\u9fff][伐勿么哇啵])(?<![什怎这那多要砍采].)|(?<=[带交要拿开给用有行办去写打免看可以]不))"
    r"(?=[，啊呀哦啦嘞]|$)"
)
# Text without any of these is in form but for its pauses and dialect.
_UNUSUAL: Final = re.compile(r"[a-z0-9?\s]")
_LATIN_LETTER: Final = re.compile(r"[a-z]")
_DIGIT: Final = re.compile(r"[0-9]")
# Syllables that southern speakers, and voice recognition listening to them, do not tell apart.
_MERGED_SOUNDS: Final = ((re.compile(r"^([zcs])h"), r"\1"), (re.compile(r"([aei]n)g$"), r"\1"))
_FIRST_SOUND_CODE: Final = 0xE000
# Telephones write driver’s where the lexicon has driver's.
_APOSTROPHES: Final = dict.fromkeys(map(ord, "‘’"), "'")


class Normaliser:
    """Brings text into the one form the engine compares.

    Args:
        rewrites: what people type → standard words (dialect, English, initials); applied longest first.
        spelling: turns pinyin typed in Latin letters into characters; None leaves Latin letters alone.
    """

    def __init__(self, rewrites: Mapping[str, str], spelling: Spelling | None = None) -> None:
        self._latin = {_GAPS.sub(" ", key.strip().lower()): value for key, value in rewrites.items() if key.isascii()}
        self._latin_longest = max((key.count(" ") + 1 for key in self._latin), default=1)
        self._rewrites = _automaton({_fold(key): value for key, value in rewrites.items() if not key.isascii()})
        self.spelling = spelling

    def apply(self, text: str) -> str:
        """The text in simplified characters, half width, lower case, without spaces, emoji and long numbers."""
        folded = _fold(text)
        folded = self._tidy(folded) if _UNUSUAL.search(folded) else _PAUSES.sub(_PAUSE, folded)
        return _QUESTION_END.sub("吗", self._rewrite(folded)).strip(_PAUSE)

    def _tidy(self, folded: str) -> str:
        """Latin letters, digits, question marks and spaces in form; pauses too."""
        folded = _LONG_NUMBER.sub("", folded)
        if _LATIN_LETTER.search(folded):
            folded = _LATIN.sub(self._rewrite_latin, folded)
        if _ASKS.search(folded) and not _ASKING_WORD.search(folded):
            folded = _ASKS.sub("吗", folded)
        folded = _PAUSES.sub(_PAUSE, folded)
        folded = _CUTS.sub(_PAUSE, folded)
        folded = _GAPS.sub("", folded)
        return folded.translate(_DIGITS) if _DIGIT.search(folded) else folded

    def _rewrite(self, text: str) -> str:
        if self._rewrites is None:
            return text
        pieces: list[str] = []
        position = 0
        for last, (length, value) in self._rewrites.iter_long(text):
            start = last - length + 1
            pieces += (text[position:start], value)
            position = last + 1
        if not pieces:
            return text
        pieces.append(text[position:])
        return "".join(pieces)

    def _rewrite_latin(self, match: re.Match[str]) -> str:
        """Known words and initials first; the rest is tried as pinyin."""
        words = match.group().split()
        pieces: list[str] = []
        unknown: list[str] = []
        position = 0
        while position < len(words):
            for length in range(min(self._latin_longest, len(words) - position), 0, -1):
                value = self._latin.get(" ".join(words[position : position + length]))
                if value is not None:
                    pieces += (self._spell(unknown), value)
                    unknown = []
                    position += length
                    break
            else:
                unknown.append(words[position])
                position += 1
        pieces.append(self._spell(unknown))
        return "".join(pieces)

    def _spell(self, words: list[str]) -> str:
        if not words or self.spelling is None:
            return " ".join(words)
        return self.spelling.read(words)


def sound_of(text: str) -> str:
    """The text as it sounds: one private character a syllable, so that n-grams of sounds are slices too."""
    return text.translate(_sound_table())


def syllables_of(text: str) -> list[str]:
    """Toneless pinyin of each character, as typed on a keyboard; other characters stand for themselves."""
    table = _syllable_table()
    return [table.get(character, character) for character in text]


def _fold(text: str) -> str:
    """Width, case, script; invisible characters and emoji away. What needs none of it is seen at a glance."""
    if _is_plain()(text):
        return text
    text = unicodedata.normalize("NFKC", text).lower()
    return text.translate(_fold_table())


class _FoldTable(dict[int, str]):
    """Fills itself: traditional to simplified, symbols to spaces, invisible characters away."""

    def __init__(self, simplified: Mapping[int, str]) -> None:
        super().__init__(simplified)

    def __missing__(self, code: int) -> str:
        character = chr(code)
        category = unicodedata.category(character)
        if category in {"Cf", "Cc", "Mn", "Me", "Co", "Cs", "Cn"} and character not in "\n\r\t":
            value = ""
        elif category in {"So", "Sk"}:
            value = " "
        else:
            value = character
        self[code] = value
        return value


@cache
def _fold_table() -> _FoldTable:
    convert = OpenCC("t2s").convert
    every = "".join(map(chr, _CJK))
    simplified = {ord(old): new for old, new in zip(every, convert(every), strict=True) if old != new}
    return _FoldTable(simplified | _APOSTROPHES)


@cache
def _is_plain() -> Callable[[str], re.Match[str] | None]:
    """Says whether a text is of simplified characters, spaces and pauses only, as most are."""
    table = _fold_table()
    plain = "".join(character for character in map(chr, _CJK) if character.translate(table) == character)
    return re.compile(f"[{plain}{_PLAIN_PAUSES} ]*").fullmatch


@cache
def _syllable_table() -> dict[str, str]:
    """Character → its first reading without tone. One reading a character is enough: both sides use the same."""
    return {
        chr(code): convert_style(readings.split(",", 1)[0], Style.NORMAL, strict=False)
        for code, readings in pinyin_dict.items()
        if code in _CJK
    }


@cache
def _sound_table() -> dict[int, str]:
    codes: dict[str, str] = {}
    table: dict[int, str] = {}
    for character, syllable in _syllable_table().items():
        sound = syllable
        for pattern, replacement in _MERGED_SOUNDS:
            sound = pattern.sub(replacement, sound)
        code = codes.setdefault(sound, chr(_FIRST_SOUND_CODE + len(codes)))
        table[ord(character)] = code
    return table


def _automaton(words: Mapping[str, str]) -> "ahocorasick.Automaton | None":
    if not words:
        return None
    automaton = ahocorasick.Automaton()
    for word, value in words.items():
        automaton.add_word(word, (len(word), value))
    automaton.make_automaton()
    return automaton
