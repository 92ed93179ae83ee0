"""What outside systems call back. Each message is signed; which system may say what is decided here."""

from http import HTTPStatus
from typing import Final, Literal

import msgspec
from aiohttp import web

from bot.domain.viewer import Viewer
from web import keys
from web.operations import API, Operation, respond


class CallbackOutcome(msgspec.Struct, frozen=True):
    """The news is stored."""

    status: Literal["heard"]


async def hear_hotline(request: web.Request, _viewer: Viewer) -> web.Response:
    """News of a work order. Answered when it is stored; news that was heard before is answered the same way."""
    callback = request.app[keys.HOTLINE_CALLBACK]
    news = callback.read(request.method, request.path_qs, request.headers, await request.read())
    await callback.desk.hear(news)
    return respond(CallbackOutcome("heard"))


OPERATIONS: Final = (
    Operation(
        method="POST",
        path=f"{API}/callbacks/hotline",
        handler=hear_hotline,
        summary="News of a work order, from 12345",
        tag="systems",
        description="Signed with X-Mianzheng-App, -Time, -Id and -Signature; may be repeated with the same id.",
        answer=CallbackOutcome,
        problems=(HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND, HTTPStatus.UNPROCESSABLE_ENTITY),
    ),
)
