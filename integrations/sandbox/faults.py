"""Faults on demand: what goes wrong in the sandbox, and how often."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from typing import Annotated, Final

import msgspec
from aiohttp import web
from msgspec import Meta

Share = Annotated[float, Meta(ge=0, le=1)]
Seconds = Annotated[float, Meta(ge=0, le=60)]
_PATH: Final = "/sandbox/faults"


class Faults(msgspec.Struct, frozen=True, kw_only=True):
    """Shares of what goes wrong.

    Attributes:
        refuse: answered with 500 and nothing done. lose: done, but answered with 500, as when a line breaks.
        delay: seconds before an answer. repeat: callbacks that come twice. shuffle: callbacks that come out of order.
        is_down: nothing answers.
    """

    refuse: Share = 0.0
    lose: Share = 0.0
    delay: Seconds = 0.0
    repeat: Share = 0.0
    shuffle: Share = 0.0
    is_down: bool = False


class FaultSwitch:
    """Holds the faults of one sandbox; `GET` and `PUT /sandbox/faults` show and set them."""

    def __init__(self, faults: Faults | None = None, chance: random.Random | None = None) -> None:
        self.faults = faults or Faults()
        self._chance = chance or random.Random()

    def happens(self, share: float) -> bool:
        """Whether something of this share happens now."""
        return self._chance.random() < share

    def add_routes(self, app: web.Application) -> None:
        """The address at which a person or test sets the faults."""
        app.router.add_get(_PATH, self._show)
        app.router.add_put(_PATH, self._set)

    @web.middleware
    async def spoil(
        self, request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        """The middleware that makes answers late, fail, or get lost."""
        if request.path.startswith("/sandbox/"):
            return await handler(request)
        await asyncio.sleep(self.faults.delay)
        if self.faults.is_down or self.happens(self.faults.refuse):
            return web.Response(status=500)
        response = await handler(request)
        return web.Response(status=500) if self.happens(self.faults.lose) else response

    async def _show(self, _request: web.Request) -> web.Response:
        return web.json_response(msgspec.to_builtins(self.faults))

    async def _set(self, request: web.Request) -> web.Response:
        try:
            self.faults = msgspec.json.decode(await request.read(), type=Faults)
        except msgspec.MsgspecError as error:
            return web.json_response({"error": str(error)}, status=422)
        return await self._show(request)
