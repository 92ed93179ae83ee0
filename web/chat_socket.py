"""The same turns over WebSocket.

Every frame is a JSON object. In: the body of `POST /chat/messages`, or `{"type": "hello", "token"}`, which comes first
where neither the header `Authorization` nor the query `token` of the request carries the token, or `{"type": "ping"}`.
Out: `{"type": "ready"}`; `{"type": "reply"}` with the fields of that call's answer; `{"type": "problem", "problem"}`;
`{"type": "pong"}`; and at any time `{"type": "notice", "number", "state", "label", "text", "at",
"conversation_id", "message_id", "reply"}` when something happened to one's complaint. Replies and problems carry the
`client_message_id` of what they answer.
"""

from contextlib import suppress
from http import HTTPStatus
from typing import Final, Literal

import msgspec
from aiohttp import WSCloseCode, WSMsgType, web

from bot.domain.errors import UnauthenticatedError
from bot.domain.viewer import Viewer
from web import keys
from web.auth import find_bearer, spend_connection, spend_message
from web.citizen_api import take_turn
from web.operations import API, Operation
from web.payloads import Answer, ClientMessageId, SendMessage
from web.problems import Failure, Problem, capture
from web.reading import read_json

PATH: Final = f"{API}/chat/ws"
_LARGEST_FRAME: Final = 64 * 1024
_HEARTBEAT_SECONDS: Final = 25.0
_HELLO_SECONDS: Final = 10.0
# For private use (RFC 6455, 7.4.2); named after the HTTP status it stands for.
_CLOSE_UNAUTHENTICATED: Final = 4401


class InFrame(SendMessage, frozen=True, kw_only=True):
    """What a client sends."""

    type: Literal["message", "hello", "ping"] = "message"
    token: str | None = None


class ReadyFrame(msgspec.Struct, frozen=True, tag="ready"):
    """The token is good; turns may be sent."""


class ReplyFrame(Answer, frozen=True, kw_only=True, omit_defaults=True, tag="reply"):
    """The answer to a turn."""

    client_message_id: ClientMessageId | None = None


class ProblemFrame(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag="problem"):
    """Why a frame was not answered. The connection stays open, unless the token is no longer good."""

    problem: Problem
    client_message_id: ClientMessageId | None = None


class PongFrame(msgspec.Struct, frozen=True, tag="pong"):
    """The answer to a ping."""


OutFrame = ReadyFrame | ReplyFrame | ProblemFrame | PongFrame


async def open_socket(request: web.Request, _viewer: Viewer) -> web.StreamResponse:
    """Answers frames, one after the other, until somebody closes."""
    await spend_connection(request)
    token = find_bearer(request) or request.query.get("token")
    if token:
        request.app[keys.TOKENS].read(token)
    socket = web.WebSocketResponse(heartbeat=_HEARTBEAT_SECONDS, max_msg_size=_LARGEST_FRAME)
    await socket.prepare(request)
    request.app[keys.SOCKETS].add(socket)
    # A client that is gone needs no answer.
    with suppress(ConnectionError):
        await _serve(request, socket, token)
    return socket


async def close_sockets(app: web.Application) -> None:
    """On shutdown: tells every client to come back later."""
    sockets = app[keys.SOCKETS]
    for socket in tuple(sockets):
        await socket.close(code=WSCloseCode.GOING_AWAY)


async def _serve(request: web.Request, socket: web.WebSocketResponse, token: str | None) -> None:
    if not token:
        token = await _await_hello(request, socket)
    if token is None:
        return
    await _send(socket, ReadyFrame())
    with request.app[keys.LISTENERS].joined(request.app[keys.TOKENS].read(token).id, socket):
        await _answer_frames(request, socket, token)


async def _answer_frames(request: web.Request, socket: web.WebSocketResponse, token: str) -> None:
    async for message in socket:
        if message.type not in {WSMsgType.TEXT, WSMsgType.BINARY}:
            continue
        frame = await _answer_frame(request, token, message.data)
        await _send(socket, frame)
        if isinstance(frame, ProblemFrame) and frame.problem.status == HTTPStatus.UNAUTHORIZED:
            await socket.close(code=_CLOSE_UNAUTHENTICATED)


async def _await_hello(request: web.Request, socket: web.WebSocketResponse) -> str | None:
    """The token of the first frame; None where it is not good, and then the socket is closed."""
    outcome = await capture(_read_hello(request, socket), PATH)
    if isinstance(outcome, str):
        return outcome
    await _send(socket, ProblemFrame(problem=outcome.problem))
    await socket.close(code=_CLOSE_UNAUTHENTICATED)
    return None


async def _read_hello(request: web.Request, socket: web.WebSocketResponse) -> str:
    try:
        message = await socket.receive(timeout=_HELLO_SECONDS)
    except TimeoutError as error:
        raise UnauthenticatedError("连上以后请先发登录凭证") from error
    if message.type not in {WSMsgType.TEXT, WSMsgType.BINARY}:
        raise ConnectionResetError
    token = read_json(message.data, InFrame).token or ""
    request.app[keys.TOKENS].read(token)
    return token


async def _answer_frame(request: web.Request, token: str, content: bytes | str) -> OutFrame:
    frame = await capture(_read_frame(content), PATH)
    if isinstance(frame, Failure):
        return ProblemFrame(problem=frame.problem)
    if frame.type == "ping":
        return PongFrame()
    outcome = await capture(_answer_turn(request, token, frame), PATH)
    if isinstance(outcome, Failure):
        return ProblemFrame(problem=outcome.problem, client_message_id=frame.client_message_id)
    return ReplyFrame(**msgspec.structs.asdict(outcome), client_message_id=frame.client_message_id)


async def _read_frame(content: bytes | str) -> InFrame:
    return read_json(content, InFrame)


async def _answer_turn(request: web.Request, token: str, frame: InFrame) -> Answer:
    viewer = request.app[keys.TOKENS].read(token)
    await spend_message(request, viewer)
    return await take_turn(request.app, viewer, frame)


async def _send(socket: web.WebSocketResponse, frame: OutFrame) -> None:
    await socket.send_str(msgspec.json.encode(frame).decode())


OPERATIONS: Final = (
    Operation(
        method="GET",
        path=PATH,
        handler=open_socket,
        summary="The same turns over WebSocket",
        tag="citizen",
        description=__doc__ or "",
        answer=ReplyFrame,
        status=HTTPStatus.SWITCHING_PROTOCOLS,
        problems=(HTTPStatus.BAD_REQUEST, HTTPStatus.UNAUTHORIZED, HTTPStatus.TOO_MANY_REQUESTS),
    ),
)
