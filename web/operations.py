"""What one address of the API is: routes and the OpenAPI document are both made from these."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final

import msgspec
from aiohttp import web

from bot.domain.viewer import Role, Viewer
from web.auth import authenticate

API: Final = "/api/v1"
EVERYBODY: Final = frozenset(Role)
INSIDERS: Final = frozenset({Role.OPERATOR, Role.HANDLER, Role.STAFF, Role.SUPERVISOR})
NOBODY: Final = Viewer(id="", role=Role.CITIZEN)

_ENCODER: Final = msgspec.json.Encoder()


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One address with one method.

    Attributes:
        handler: gets the request and the viewer; `NOBODY` where no token is asked for.
        roles: whose token opens it; empty means that no token is needed.
        query, body, answer: models of what comes in and goes out; a string stands for a media type without model.
        problems: statuses of the problems that it may end in, beside those of a token.
    """

    method: str
    path: str
    handler: Callable[[web.Request, Viewer], Awaitable[web.StreamResponse]]
    summary: str
    tag: str
    description: str = ""
    roles: frozenset[Role] = frozenset()
    query: type[Any] | None = None
    body: type[Any] | None = None
    answer: type[Any] | str | None = None
    status: HTTPStatus = HTTPStatus.OK
    problems: tuple[HTTPStatus, ...] = ()

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Lets in whom it concerns."""
        if not self.roles:
            return await self.handler(request, NOBODY)
        viewer = authenticate(request)
        viewer.require(*self.roles)
        return await self.handler(request, viewer)


def respond(content: Any, status: HTTPStatus = HTTPStatus.OK) -> web.Response:
    """A model as JSON. Answers are about one person, so no cache keeps them."""
    return web.Response(
        body=_ENCODER.encode(content),
        status=status.value,
        headers={"Content-Type": "application/json; charset=utf-8", "Cache-Control": "no-store"},
    )
