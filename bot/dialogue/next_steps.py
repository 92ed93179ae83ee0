"""What people ask next, as buttons under an answer."""

from collections.abc import Sequence
from typing import Final

from bot.dialogue.parts import choices_part
from bot.dialogue.replies import Replies
from bot.domain.conversation import Choice, Part
from bot.domain.verdict import Reason, Verdict, VerdictKind

_AFTER_VERDICT: Final = {
    VerdictKind.NOT_NEEDED: ("list", "still"),
    VerdictKind.NOT_LISTED: ("list", "still"),
    VerdictKind.DEPENDS: ("list",),
    VerdictKind.NEEDED: ("list",),
}
# Papers that one has to get somewhere; an identity card or a court's judgment is at hand.
_TO_BE_FETCHED: Final = frozenset({Reason.NOT_YET, Reason.EXCLUDED})


class NextSteps:
    """Makes the buttons; each value is an `act:` that `steps/hear.py` knows."""

    def __init__(self, say: Replies) -> None:
        self._say = say

    def offer(self, *deeds: str) -> list[Part]:
        """Buttons for these deeds, or nothing for none."""
        choices = [Choice(label=self._say(f"next.{deed}"), value=f"act:{deed}") for deed in deeds]
        return [choices_part(self._say("next.text"), choices)] if choices else []

    def after_verdicts(self, kind: VerdictKind, verdicts: Sequence[Verdict], *, has_matter: bool) -> list[Part]:
        """What people ask after verdicts of which `kind` is the strictest; a list only where the matter is known."""
        deeds = [deed for deed in _AFTER_VERDICT[kind] if has_matter or deed != "list"]
        if len(verdicts) == 1 and verdicts[0].reason in _TO_BE_FETCHED:
            deeds.append("obtain")
        return self.offer(*deeds)
