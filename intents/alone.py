"""Messages that are a name and say nothing else ("公租房", "我想办失业金"): somebody wants that matter, or that paper.

The model of intents hears little of names, so that nothing is left for it to go by.
"""

import re
from collections.abc import Sequence
from typing import Final

from intents.cues import join_expressions
from intents.decode import Seen
from intents.understanding import Intent

# What is longer says more than a name.
_LONGEST: Final = 30
_MATTERS: Final = frozenset({"matter", "general"})


class NameAlone:
    """Knows what may stand beside a name without adding to it.

    Args:
        wished: regular expressions of words that only say that something is wanted ("我想办").
    """

    def __init__(self, wished: Sequence[str]) -> None:
        words = join_expressions(wished).pattern
        self._wished = re.compile(f"(?:{words})*") if wished else re.compile("")

    def find_intent(self, seen: Seen) -> Intent | None:
        """What such a message wants; None where it says more, or names nothing by a known name."""
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
