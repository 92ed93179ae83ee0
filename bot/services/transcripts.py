"""Who may see a conversation, and what was said in it."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from bot.domain.conversation import Message
from bot.domain.errors import NotFoundError
from bot.domain.viewer import Viewer
from bot.ports import ConversationStore

_CONVERSATION_ID: Final = re.compile(r"[0-9a-zA-Z_-]{1,64}")


async def require_owner(conversations: ConversationStore, viewer: Viewer, conversation_id: str) -> None:
    """Raises NotFoundError unless the conversation is the viewer's; does not tell whether it exists."""
    if _CONVERSATION_ID.fullmatch(conversation_id):
        owner_id = await conversations.get_owner(conversation_id)
        if owner_id == viewer.id:
            return
    raise NotFoundError("没有找到这段对话")


async def list_messages(
    conversations: ConversationStore,
    viewer: Viewer,
    conversation_id: str,
    *,
    limit: int,
    before: datetime | None = None,
) -> Sequence[Message]:
    """The latest messages of the viewer's own conversation, in the order they were said. Raises NotFoundError."""
    await require_owner(conversations, viewer, conversation_id)
    return await conversations.list_messages(conversation_id, limit=limit, before=before)
