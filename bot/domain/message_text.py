"""What a citizen typed, made fit to be answered, stored and shown: pure."""

import unicodedata
from typing import Final

from bot.domain.errors import EmptyTextError, TextTooLongError

LONGEST_TEXT: Final = 4_000
_KEPT_CONTROLS: Final = "\n\t"
# Marks that turn the direction of writing: they make a text look other than it is.
_DIRECTION_MARKS: Final = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def clean_text(raw: str) -> str:
    """The text without control characters, halves of characters and the space around it.

    Raises:
        EmptyTextError: nothing in it can be seen.
        TextTooLongError: more than `LONGEST_TEXT` characters.
    """
    if len(raw) > LONGEST_TEXT:
        raise TextTooLongError(f"一次最多 {LONGEST_TEXT} 个字，您这次有 {len(raw)} 个字，请分几次说")
    text = raw.translate(_DROPPED).strip()
    if not any(character.isprintable() and not character.isspace() for character in text):
        raise EmptyTextError
    return text


class _Dropped(dict[int, int | None]):
    """Fills itself: what must not be stored maps to nothing."""

    def __missing__(self, code: int) -> int | None:
        character = chr(code)
        is_control = unicodedata.category(character) in {"Cc", "Cs"} and character not in _KEPT_CONTROLS
        self[code] = None if is_control or character in _DIRECTION_MARKS else code
        return self[code]


_DROPPED: Final = _Dropped()
