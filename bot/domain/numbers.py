"""The numbers that citizens get: they cannot be guessed, and a slip of the finger is noticed. Pure."""

import re
from typing import Final

# `TS`, the year's last two digits, eleven digits of chance and a check digit, in groups that a voice can say. No group
# or run of groups has the length of a telephone, identity or card number, so that masking those leaves it whole.
_PREFIX: Final = "TS"
_RANDOM_DIGITS: Final = 11
_DIGITS: Final = 2 + _RANDOM_DIGITS + 1
_GROUPS: Final = ((0, 2), (2, 6), (6, 10), (10, 14))
_LOOSE: Final = re.compile(r"(?:T\s?S)?[\s:：#-]*([0-9](?:[\s\-—–－]?[0-9]){13})(?![0-9])", re.IGNORECASE)
_MEANT: Final = re.compile(r"T\s?S[\s:：#-]*[0-9](?:[\s\-—–－]?[0-9]){9,}", re.IGNORECASE)
# Most messages hold no digit, and so no number.
_DIGIT: Final = re.compile(r"\d")
_PLAIN: Final = str.maketrans("０１２３４５６７８９ＴＳｔｓ", "0123456789TSTS")

CHANCES: Final = 10**_RANDOM_DIGITS


def make_number(year: int, chance: int) -> str:
    """A complaint's number, such as `TS26-4821-7730-5914`.

    Args:
        chance: unguessable, 0 <= chance < CHANCES.
    """
    body = f"{year % 100:02d}{chance:0{_RANDOM_DIGITS}d}"
    return _write(body + _check_digit(body))


def read_number(text: str) -> str | None:
    """The number in what somebody wrote, however they spaced it; None where there is none or its check digit is off."""
    if not _DIGIT.search(text):
        return None
    for found in _LOOSE.finditer(text.translate(_PLAIN)):
        digits = re.sub(r"[^0-9]", "", found.group(1))
        if len(digits) == _DIGITS and _check_digit(digits[:-1]) == digits[-1]:
            return _write(digits)
    return None


def looks_like_number(text: str) -> bool:
    """Whether somebody meant to write a number, even with a slip in it."""
    return _DIGIT.search(text) is not None and _MEANT.search(text.translate(_PLAIN)) is not None


def drop_number(text: str) -> str:
    """The text without what was written as a number, for whoever reads its words."""
    plain = text.translate(_PLAIN)
    found = next(_LOOSE.finditer(plain), None) or next(_MEANT.finditer(plain), None)
    return text if found is None else text[: found.start()] + text[found.end() :]


def _write(digits: str) -> str:
    return _PREFIX + "-".join(digits[start:end] for start, end in _GROUPS)


def _check_digit(body: str) -> str:
    """ISO/IEC 7064 MOD 11,10: notices every single wrong digit and most swaps of neighbours."""
    product = 10
    for digit in body:
        total = (int(digit) + product) % 10 or 10
        product = total * 2 % 11
    return str((11 - product) % 10)
