"""What one message tells for a complaint beside its story: telephone number, name, place, who may know. Pure."""

import re
from dataclasses import dataclass
from typing import Final

from bot.dialogue.complaint_words import ComplaintWords, squeeze
from bot.domain.complaint import Field, Protection

# Digits as people write and voices say them → plain ones, one for one.
_PLAIN: Final = str.maketrans("０１２３４５６７８９〇零一二三四五六七八九幺两", "0123456789" + "00123456789" + "12")
_GAP: Final = r"[\s\-—–_.·]?"
_MOBILE: Final = re.compile(rf"(?<![0-9])(?:\+?86{_GAP})?(1[3-9](?:{_GAP}[0-9]){{9}})(?![0-9])")
_LANDLINE: Final = re.compile(rf"(?<![0-9])(0[0-9]{{2,3}}{_GAP}[2-9](?:{_GAP}[0-9]){{6,7}}|[2-9][0-9]{{7}})(?![0-9])")
_DIGITS: Final = re.compile(rf"(?<![0-9])[0-9](?:{_GAP}[0-9]){{5,}}(?![0-9])")
_LONGEST_NAME: Final = 8
_BARE_NAME: Final = re.compile(r"^[一-龥·]{2,6}$|^[A-Za-z][A-Za-z .]{1,30}$")
# What is left of “我电话是…” once the number is taken out.
_LEFT_OF_PHONE: Final = re.compile(r"[，,。 ]*(我的?|联系|手机|电话|号码|号|是|：|:)+[，,。 ]*$")
# Words around a telephone number that tell nothing else.
_AROUND_PHONE: Final = re.compile(r"(我的?|侬?记(一下|牢)?|联系|手机|电话|号码|号|是|打|，|,|。|：|:|的)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a message tells.

    Attributes:
        phone: digits only. has_bad_phone: digits that were meant for one but cannot be.
        is_correction: it mends something told before.
        meant: what may tell of the subject: without what is said not to be meant, and without what tells of the person.
        rest: what is left for the story when telephone number and name are taken out; empty where nothing is.
    """

    phone: str | None = None
    has_bad_phone: bool = False
    name: str | None = None
    place: str | None = None
    protection: Protection | None = None
    wants_callback: bool | None = None
    is_correction: bool = False
    meant: str = ""
    rest: str = ""

    @property
    def tells_contact(self) -> bool:
        """Whether it tells anything about who complains."""
        return any((self.phone, self.name, self.protection, self.wants_callback is not None))


def read_told(text: str, words: ComplaintWords, asked: str | None) -> Told:
    """What a message tells, in the light of what was asked for."""
    plain = text.translate(_PLAIN)
    span = _find_phone(plain, asked)
    without_phone = (text[: span[0]] + text[span[1] :]) if span else text
    squeezed = squeeze(without_phone)
    name = words.find("name", squeezed) or _bare_name(squeezed, asked)
    return Told(
        phone=re.sub(r"[^0-9]", "", plain[slice(*span)]) if span else None,
        has_bad_phone=span is None and asked == Field.PHONE and bool(_DIGITS.search(plain)),
        name=name,
        place=words.find("place", squeezed) or (squeezed[:40] if asked == Field.PLACE and squeezed else None),
        protection=_find_protection(squeezed, words),
        wants_callback=_find_callback(squeezed, words),
        is_correction=words.shows("correction", squeezed),
        meant=_find_meant(squeezed, words),
        rest=_find_rest(without_phone, name, had_phone=span is not None),
    )


def _find_phone(plain: str, asked: str | None) -> tuple[int, int] | None:
    found = _MOBILE.search(plain)
    if found is None and (asked == Field.PHONE or "电话" in plain or "座机" in plain):
        found = _LANDLINE.search(plain)
    return found.span(1) if found else None


def _bare_name(squeezed: str, asked: str | None) -> str | None:
    is_name = asked == Field.NAME and len(squeezed) <= _LONGEST_NAME and _BARE_NAME.match(squeezed)
    return squeezed if is_name else None


def _find_meant(squeezed: str, words: ComplaintWords) -> str:
    for sign in (*Protection, "callback_no", "callback_yes", "opening"):
        squeezed = words.drop(sign, squeezed)
    return words.drop_taken_back(squeezed).strip("，,。！!？? ")


def _find_protection(squeezed: str, words: ComplaintWords) -> Protection | None:
    return next((item for item in Protection if words.shows(item.value, squeezed)), None)


def _find_callback(squeezed: str, words: ComplaintWords) -> bool | None:
    if words.shows("callback_no", squeezed):
        return False
    return True if words.shows("callback_yes", squeezed) else None


def _find_rest(text: str, name: str | None, *, had_phone: bool) -> str:
    """The part that belongs to the story; a bare number or name does not."""
    squeezed = squeeze(text)
    if had_phone:
        squeezed = _AROUND_PHONE.sub("", squeezed) if len(squeezed) <= _LONGEST_NAME else squeezed
    if name is not None and len(squeezed) <= len(name) + _LONGEST_NAME // 2:
        return ""
    if not squeezed:
        return ""
    return _LEFT_OF_PHONE.sub("", text).strip(" ，,。") if had_phone else text.strip(" ，,。")
