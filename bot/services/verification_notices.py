"""Tells the citizen, in the conversation, that a verification has ended: nobody need ask for it again and again."""

import hashlib
import logging
from typing import Final

from bot.dialogue.verification_notice import describe_end
from bot.domain.conversation import Author, Message
from bot.domain.errors import DomainError
from bot.domain.failure_report import describe_failure
from bot.domain.verification import Verification
from bot.ports import Clock, ConversationStore
from bot.services.knowledge import LiveKnowledge

_LOG: Final = logging.getLogger(__name__)


class VerificationNotices:
    """Appends the end of a verification to its citizen's latest conversation."""

    def __init__(self, *, conversations: ConversationStore, knowledge: LiveKnowledge, clock: Clock) -> None:
        self._conversations = conversations
        self._knowledge = knowledge
        self._clock = clock

    async def tell_end(self, verification: Verification) -> None:
        """The end is stored already: a notice that cannot be kept harms nothing, since one may always ask."""
        if not verification.owner_id:
            return
        try:
            conversation_id = await self._conversations.find_latest(verification.owner_id)
            if conversation_id is not None:
                await self._conversations.append_notice(self._write(verification, conversation_id))
        except DomainError as error:
            _LOG.warning("the end of a verification was not told: %s", describe_failure(error))

    def _write(self, verification: Verification, conversation_id: str) -> Message:
        reply = describe_end(self._knowledge.current.catalogue, verification)
        return Message(
            id=hashlib.sha256(f"verification:{verification.id}:{verification.version}".encode()).hexdigest()[:32],
            conversation_id=conversation_id,
            author=Author.BOT,
            text=reply.text,
            at=self._clock.now(),
            reply=reply,
        )
