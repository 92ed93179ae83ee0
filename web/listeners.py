"""Who is connected by WebSocket right now, so that news reaches them."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress

import msgspec
from aiohttp import web

from bot.domain.work_order import State
from bot.services.complaints.announcing import Notice
from web.payloads import ReplyParts, render_reply


class NoticeFrame(msgspec.Struct, frozen=True, kw_only=True, tag="notice"):
    """Something happened to one's complaint; `text` makes sense by itself.

    `reply` is the message that stands in the conversation in which it was told, under `message_id`.
    """

    number: str
    state: State
    label: str
    text: str
    at: str
    conversation_id: str
    message_id: str
    reply: ReplyParts


class Listeners:
    """The connections of this process by the id of who opened them."""

    def __init__(self) -> None:
        self._sockets: dict[str, set[web.WebSocketResponse]] = {}

    def list_ids(self) -> Collection[str]:
        """Everybody who is connected."""
        return tuple(self._sockets)

    @contextmanager
    def joined(self, viewer_id: str, socket: web.WebSocketResponse) -> Iterator[None]:
        """News reaches this connection while the context lasts."""
        self._sockets.setdefault(viewer_id, set()).add(socket)
        try:
            yield
        finally:
            self._sockets[viewer_id].discard(socket)
            if not self._sockets[viewer_id]:
                del self._sockets[viewer_id]

    async def tell(self, viewer_id: str, notice: Notice) -> None:
        """Sends a notice to each connection of this person; one that is gone needs none."""
        frame = NoticeFrame(
            number=notice.number,
            state=notice.state,
            label=notice.label,
            text=f"{notice.number}：{notice.text}",
            at=notice.at.isoformat(),
            conversation_id=notice.conversation_id,
            message_id=notice.message_id,
            reply=render_reply(notice.reply).parts,
        )
        content = msgspec.json.encode(frame).decode()
        for socket in tuple(self._sockets.get(viewer_id, ())):
            with suppress(ConnectionError):
                await socket.send_str(content)
