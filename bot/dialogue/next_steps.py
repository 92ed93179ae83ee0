"""What people ask next, as buttons under an answer."""

from typing import Final

from bot.dialogue.parts import choices_part
from bot.dialogue.replies import Replies
from bot.domain.conversation import Choice, Part
from bot.domain.verdict import VerdictKind

_AFTER_VERDICT: Final = {
    VerdictKind.NOT_NEEDED: ("list", "still"),
    VerdictKind.NOT_LISTED: ("list", "still"),
    VerdictKind.DEPENDS: ("list",),
    VerdictKind.NEEDED: ("list", "obtain"),
}


class NextSteps:
    """Makes the buttons; each value is an `act:` that `steps/hear.py` knows."""

    def __init__(self, say: Replies) -> None:
        self._say = say

    def offer(self, *deeds: str) -> list[Part]:
        """Buttons for these deeds, or nothing for none."""
        choices = [Choice(label=self._say(f"next.{deed}"), value=f"act:{deed}") for deed in deeds]
        return [choices_part(self._say("next.text"), choices)] if choices else []

    def after_verdict(self, kind: VerdictKind, *, has_matter: bool) -> list[Part]:
        """What people ask after a verdict; a list only where the matter is known."""
        return self.offer(*(deed for deed in _AFTER_VERDICT.get(kind, ()) if has_matter or deed != "list"))
