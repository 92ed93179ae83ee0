"""What citizens may ask for about their own data: a copy, and that it be erased (PIPL articles 45 and 47)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.domain.complaint_case import ComplaintCase
from bot.domain.conversation import Message
from bot.domain.errors import ConflictError
from bot.domain.viewer import Viewer
from bot.domain.work_order import Event
from bot.ports import AuditTrail, Clock, Complaints, ConversationStore, PersonalData
from bot.services.retention import is_in_use

_MOST_COMPLAINTS: Final = 200
_MOST_CONVERSATIONS: Final = 100
_MOST_MESSAGES: Final = 500


class StillInUseError(ConflictError):
    """The complaint is being worked on: the purpose for which it was told is not achieved yet (PIPL article 47)."""

    code = "still-in-use"
    title = "这件投诉还在办理，现在不能删除个人信息"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnData:
    """Everything that is kept about a person under this token."""

    complaints: Sequence[tuple[ComplaintCase, Sequence[Event]]]
    conversations: Sequence[tuple[str, Sequence[Message]]]


class Privacy:
    """Answers the requests of people about their own data; each is on record."""

    def __init__(
        self,
        *,
        complaints: Complaints,
        conversations: ConversationStore,
        personal_data: PersonalData,
        clock: Clock,
        audit: AuditTrail,
    ) -> None:
        self._complaints = complaints
        self._conversations = conversations
        self._personal_data = personal_data
        self._clock = clock
        self._audit = audit

    async def copy(self, viewer: Viewer) -> OwnData:
        """A copy of one's own data."""
        cases = await self._complaints.list_own(viewer.id, limit=_MOST_COMPLAINTS)
        talks = await self._personal_data.list_conversations(viewer.id, limit=_MOST_CONVERSATIONS)
        await self._audit.record(actor_id=viewer.id, action="own-data-copied")
        return OwnData(
            complaints=[(case, await self._list_public(case)) for case in cases],
            conversations=[(id_, await self._conversations.list_messages(id_, limit=_MOST_MESSAGES)) for id_ in talks],
        )

    async def erase(self, viewer: Viewer, case: ComplaintCase) -> None:
        """Erases name, telephone number, story, pictures and words of a complaint that is over; what is counted stays.

        Raises:
            StillInUseError: it is still worked on.
        """
        if await is_in_use(self._complaints, self._personal_data, case):
            raise StillInUseError("这件投诉还在办理或者正在转给12345，办好以后才能删除个人信息；您也可以先撤回")
        await self._personal_data.erase_complaint(case.complaint, self._clock.now())
        await self._audit.record(actor_id=viewer.id, action="own-data-erased", target=case.complaint.number)

    async def _list_public(self, case: ComplaintCase) -> Sequence[Event]:
        events = await self._complaints.list_events(case.complaint.id)
        return [event for event in events if event.is_public]
