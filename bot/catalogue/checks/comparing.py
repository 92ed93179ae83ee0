"""The form in which two texts of editors count as the same."""

import re
from collections.abc import Callable
from typing import Final

from intents.data import SLOT_PATTERN

_MARKS: Final = re.compile(r"[^\w{}]+")


def form_of(sentence: str, normalise: Callable[[str], str]) -> str:
    """The form in which two sentences are compared: slots kept, pauses and marks dropped."""
    pieces: list[str] = []
    position = 0
    for slot in SLOT_PATTERN.finditer(sentence):
        pieces += (normalise(sentence[position : slot.start()]), slot.group())
        position = slot.end()
    pieces.append(normalise(sentence[position:]))
    return _MARKS.sub("", "".join(pieces))
