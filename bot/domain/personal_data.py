"""Finds and hides personal data in what people write: citizen numbers, mobile numbers, bank cards. Pure.

A number counts even with spaces or dashes in it, in full-width digits or in Chinese ones, and a citizen number even
where its check character is wrong: a slip of the finger does not make it less personal.
"""

import re
from datetime import date
from itertools import pairwise
from typing import Final

# GB 11643-1999: weights of the first 17 digits, and check characters by remainder modulo 11.
_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_CHARACTERS: Final = "10X98765432"
# First two digits of division codes (GB/T 2260); 81 to 83 are residence permits of Hong Kong, Macao and Taiwan.
_PROVINCE: Final = "(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|91)"
_MONTH_AND_DAY: Final = "(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
_CITIZEN_NUMBER: Final = re.compile(f"{_PROVINCE}[0-9]{{4}}(?:1[89]|20)[0-9]{{2}}{_MONTH_AND_DAY}[0-9]{{3}}[0-9X]")
_OLD_CITIZEN_NUMBER: Final = re.compile(f"{_PROVINCE}[0-9]{{6}}{_MONTH_AND_DAY}[0-9]{{3}}")
_MOBILE_NUMBER: Final = re.compile("(?:(?:00)?86)?1[3-9][0-9]{9}")
_BANK_CARD: Final = re.compile("(?:62|[3-5][0-9]|6[05]|9[58])[0-9]{14,17}")

_SHORTEST, _LONGEST = 11, 19
_KEPT_AT_END: Final = 4
_KEPT_OF_MOBILE: Final = 3
# Between groups of digits people leave one of these.
_GAP: Final = r"[\s\-—–_.·]?"
_RUN: Final = re.compile(f"[0-9](?:{_GAP}[0-9]){{{_SHORTEST - 1},}}(?:{_GAP}X)?")
# Digits as people write them → plain ones, one for one, so that a place in the plain form is a place in the text.
_PLAIN: Final = str.maketrans("０１２３４５６７８９〇零一二三四五六七八九幺ｘＸx", "012345678900123456789" + "1XXX")


def is_citizen_number(text: str) -> bool:
    """Whether this is a valid citizen number of 18 characters (GB 11643: division, date of birth, check character)."""
    number = text.strip().upper()
    if not _CITIZEN_NUMBER.fullmatch(number):
        return False
    try:
        date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    remainder = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number, strict=False)) % 11
    return number[17] == _CHECK_CHARACTERS[remainder]


def mask_personal_data(text: str) -> str:
    """The text with stars in its citizen, mobile and card numbers; the last four characters stay, so that the owner
    still knows which number it was."""
    plain = text.translate(_PLAIN)
    characters = list(text)
    for run in _RUN.finditer(plain):
        places = [place for place in range(*run.span()) if plain[place].isalnum()]
        for start, end in _find_numbers("".join(plain[place] for place in places), _group_ends(places)):
            kept = _KEPT_OF_MOBILE if end - start == _SHORTEST else 0
            for place in places[start + kept : end - _KEPT_AT_END]:
                characters[place] = "*"
    return "".join(characters)


def _group_ends(places: list[int]) -> list[int]:
    """Where in the digits of a run a number may start or end: at its two ends, and where a gap is."""
    gaps = [number for number, (left, right) in enumerate(pairwise(places), 1) if right - left > 1]
    return [0, *gaps, len(places)]


def _find_numbers(digits: str, bounds: list[int]) -> list[tuple[int, int]]:
    """Start and end of each personal number, the longest first where several begin at one place."""
    found: list[tuple[int, int]] = []
    free = 0
    for index, start in enumerate(bounds):
        if start < free:
            continue
        ends = [end for end in bounds[index + 1 : index + 1 + _LONGEST] if _SHORTEST <= end - start <= _LONGEST]
        end = next((end for end in reversed(ends) if _is_personal(digits[start:end])), None)
        if end is None and bounds[index + 1 : index + 2] > [start + _LONGEST]:
            # Nothing a citizen must tell us is so long in one piece; it may be several numbers run together.
            end = bounds[index + 1]
        if end is not None:
            found.append((start, end))
            free = end
    return found


def _is_personal(number: str) -> bool:
    if _CITIZEN_NUMBER.fullmatch(number) or _OLD_CITIZEN_NUMBER.fullmatch(number) or _MOBILE_NUMBER.fullmatch(number):
        return True
    return bool(_BANK_CARD.fullmatch(number)) and _fits_luhn(number)


def _fits_luhn(number: str) -> bool:
    """The check digit of bank cards (ISO/IEC 7812-1, annex B)."""
    doubled = (sum(divmod(2 * int(digit), 10)) for digit in number[-2::-2])
    return (sum(doubled) + sum(map(int, number[-1::-2]))) % 10 == 0
