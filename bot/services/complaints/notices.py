"""Keeps in the conversation what others have done about a complaint told there, so that it stands in the transcript.

Whoever is connected is told at once by the announcer; both write the same words under the same message id.
"""

import hashlib
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Final

from bot.dialogue.complaint_notices import Happened, write_notice
from bot.domain.catalogue import Catalogue
from bot.domain.complaint import Channel, Protection
from bot.domain.complaint_case import ComplaintCase
from bot.domain.conversation import Author, Message, Reply
from bot.domain.errors import DomainError
from bot.domain.failure_report import describe_failure
from bot.domain.work_order import ActorRole, Event
from bot.domain.working_time import china_moment
from bot.ports import Clock, Complaints, ConversationStore
from bot.services.complaints.viewing import write_text
from bot.services.knowledge import LiveKnowledge

_LOG: Final = logging.getLogger(__name__)
# Called when changes of a complaint are stored.
KeepNotices = Callable[[ComplaintCase, Sequence[Event]], Awaitable[None]]


class NoticeKeeping:
    """Appends notices to conversations. What happened is stored already: a notice that cannot be kept harms nothing."""

    def __init__(
        self, *, conversations: ConversationStore, complaints: Complaints, knowledge: LiveKnowledge, clock: Clock
    ) -> None:
        self._conversations = conversations
        self._complaints = complaints
        self._knowledge = knowledge
        self._clock = clock

    async def keep(self, case: ComplaintCase, events: Sequence[Event]) -> None:
        """Notices of these events for the citizen, and for those who joined the complaint."""
        news = [event for event in events if is_news(event)]
        if not news:
            return
        try:
            for follower in (case, *await self._complaints.list_followers(case.complaint.id)):
                for event in news if wants_notices(follower) else ():
                    await self._conversations.append_notice(self._write(follower, event))
        except DomainError as error:
            _LOG.warning("a notice was not kept: %s", describe_failure(error))

    def _write(self, case: ComplaintCase, event: Event) -> Message:
        reply = describe_event(self._knowledge.current.catalogue, case, event)
        return Message(
            id=name_notice(case, event),
            conversation_id=case.complaint.conversation_id,
            author=Author.BOT,
            text=reply.text,
            at=self._clock.now(),
            reply=reply,
        )


async def keep_none(_case: ComplaintCase, _events: Sequence[Event]) -> None:
    """Where there are no conversations."""


def is_news(event: Event) -> bool:
    """Whether the citizen should hear of it: not of the own acts, and not of internal notes."""
    return event.is_public and event.move is not None and event.actor.role is not ActorRole.CITIZEN


def wants_notices(case: ComplaintCase) -> bool:
    """Nothing is sent to anonymous people; others who told it in a conversation hear of it there."""
    complaint = case.complaint
    is_known = complaint.protection is not Protection.ANONYMOUS and case.erased_at is None
    return is_known and complaint.channel is Channel.CHAT and bool(complaint.conversation_id)


def name_notice(case: ComplaintCase, event: Event) -> str:
    """The message id: always the same for the same event and person."""
    return hashlib.sha256(f"notice:{case.complaint.id}:{event.id}".encode()).hexdigest()[:32]


def describe_event(catalogue: Catalogue, case: ComplaintCase, event: Event) -> Reply:
    """The event as a message to this citizen."""
    happened = Happened(
        number=case.complaint.number,
        state=event.state,
        label=event.move.label if event.move else "",
        text=write_text(catalogue, event),
        at=china_moment(event.at),
        may_rate=case.order.rating is None,
    )
    return write_notice(happened, catalogue.facts)
