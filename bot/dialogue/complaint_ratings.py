"""The five levels of 好差评 as buttons. Pure."""

from typing import Final

from bot.dialogue.parts import choices_part
from bot.dialogue.replies import Replies
from bot.domain.conversation import Choice, Part

_LEVELS: Final = (5, 4, 3, 2, 1)


def rating_part(say: Replies, number: str) -> Part:
    """Asks how a complaint was handled, the best level first."""
    levels = [
        Choice(label=say(f"complaint.rate.level_{level}"), value=f"follow:rate:{number}:{level}") for level in _LEVELS
    ]
    return choices_part(say("complaint.rate.ask"), levels)
