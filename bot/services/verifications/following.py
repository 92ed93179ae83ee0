"""How far a citizen's own verifications have come: an errand of the dialogue."""

from bot.dialogue.errands import TrackVerification, VerificationLine, VerificationsFound
from bot.license_ports import VerificationStore
from bot.services.errands import Done, Occasion
from bot.services.knowledge import LiveKnowledge

_MOST = 3


class VerificationFollowing:
    """Finds them."""

    def __init__(self, *, verifications: VerificationStore, knowledge: LiveKnowledge) -> None:
        self._verifications = verifications
        self._knowledge = knowledge

    async def run_errand(self, occasion: Occasion, _errand: TrackVerification) -> Done:
        """The latest ones of this citizen."""
        catalogue = self._knowledge.current.catalogue
        found = await self._verifications.list_of_owner(occasion.viewer.id, _MOST)
        lines = tuple(
            VerificationLine(
                number=item.number,
                certificate=catalogue.certificates[item.certificate_id].name,
                unit=catalogue.units[item.issuing_unit_id].name,
                state=item.state.label,
                result=item.answer.finding.label if item.answer else "",
                is_open=item.is_open,
                is_late=item.is_late(occasion.at),
                due_at=item.due_at,
            )
            for item in found
        )
        return VerificationsFound(lines=lines), ()
