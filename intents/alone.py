"""Messages that are a name and say nothing else ("公租房", "我想办失业金"): somebody wants that matter, or that paper.

The model of intents hears little of names, so that nothing is left for it to go by.
"""

import re
from collections.abc import Sequence
from typing import Final

from intents.cues import join_expressions
from intents.decode import Reading, Seen
from intents.leaning import count_beside
from intents.tuning import Tuning
from intents.understanding import Intent

# What is longer says more than a name.
_LONGEST: Final = 30
_LONGEST_READ: Final = 8
_MATTERS: Final = frozenset({"matter", "general"})


class NameAlone:
    """Knows what may stand beside a name without adding to it.

    Args:
        wished: regular expressions of words that only say that something is wanted ("我想办").
    """

    def __init__(self, wished: Sequence[str], tuning: Tuning) -> None:
        self._tuning = tuning
        words = join_expressions(wished).pattern
        self._wished = re.compile(f"(?:{words})*") if wished else re.compile("")

    def find_intent(self, reading: Reading) -> Intent | None:
        """What such a message wants; None where it says more, or names nothing."""
        return self._find_known(reading.seen) or self._find_read(reading)

    def _find_read(self, reading: Reading) -> Intent | None:
        """The same where no known name stands ("孩子上户口"), but every character is read as a part of one."""
        is_short = len(reading.seen.text) <= _LONGEST_READ
        if not is_short or reading.decoded.certificates or any(item.kind in _MATTERS for item in reading.seen.mentions):
            return None
        is_named = min(reading.decoded.named, reading.decoded.matter.right) >= self._tuning.answer_at
        return Intent.MATTER_MATERIALS if is_named and count_beside(reading.seen) == 0 else None

    def _find_known(self, seen: Seen) -> Intent | None:
        if not seen.mentions or len(seen.text) > _LONGEST:
            return None
        rest = self._take_out(seen, _MATTERS)
        if rest is not None and self._wished.fullmatch(rest):
            return Intent.MATTER_MATERIALS
        return Intent.CERTIFICATE_NEEDED if self._take_out(seen, frozenset({"certificate"})) == "" else None

    @staticmethod
    def _take_out(seen: Seen, kinds: frozenset[str]) -> str | None:
        """The text without the names of these kinds; None where there are none."""
        rest, end = "", 0
        for mention in seen.mentions:
            if mention.kind in kinds:
                rest += seen.text[end : mention.start]
                end = max(end, mention.end)
        return rest + seen.text[end:] if end else None
