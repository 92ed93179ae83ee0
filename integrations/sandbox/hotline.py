"""Plays the 12345 centre: takes work orders by the signed contract, and calls back as they go their way."""

import asyncio
import contextlib
import json
import logging
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from aiohttp import ClientError, ClientSession, web

from bot.domain.identifiers import new_id
from bot.ports import Clock
from integrations.sandbox.faults import FaultSwitch
from integrations.signing import Credentials, SignatureRefusedError, check_message, sign_message

_LOG: Final = logging.getLogger(__name__)
PREFIX: Final = "/hotline"
CALLBACK_PATH: Final = "/api/v1/callbacks/hotline"
_CALLBACK_TRIES: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """One piece of news: `after` seconds from the one before."""

    status: str
    after: float
    content: str = ""
    outcome: str | None = None


# What becomes of a complaint in the sandbox where nobody says otherwise.
DEFAULT_SCRIPT: Final = (
    Scene(status="ACCEPTED", after=1.0, content="12345已受理"),
    Scene(status="DISPATCHED", after=2.0, content="已派到办理单位"),
    Scene(status="HANDLING", after=2.0, content="单位正在核查"),
    Scene(
        status="ANSWERED",
        after=5.0,
        content="经核查，窗口不应再要这张证明，已当面纠正并向您致歉，您的事项可以直接办理。",
        outcome="SOLVED",
    ),
    Scene(status="CLOSED", after=2.0, content="已办结"),
)


@dataclass(slots=True, kw_only=True)
class SandboxOrder:
    """A work order as the sandbox holds it. `keys`: idempotency keys seen, so that a repeat changes nothing."""

    code: str
    content: dict[str, Any]
    updates: list[dict[str, Any]] = field(default_factory=list)


class SandboxHotline:
    """The centre.

    Args:
        callback_url: of the service that it calls back, without path; empty calls nobody.
        script: what becomes of each complaint.
    """

    def __init__(
        self,
        *,
        credentials: Credentials,
        clock: Clock,
        switch: FaultSwitch,
        callback_url: str,
        script: Sequence[Scene] = DEFAULT_SCRIPT,
    ) -> None:
        self._credentials = credentials
        self._clock = clock
        self.switch = switch
        self._callback_url = callback_url
        self._script = script
        self._tasks: set[asyncio.Task[None]] = set()
        self._session: ClientSession | None = None
        self._seen: set[str] = set()
        self.orders: dict[str, SandboxOrder] = {}
        # New complaints taken, repeats not counted.
        self.taken = 0

    def add_routes(self, app: web.Application) -> None:
        """The centre's addresses; `GET /sandbox/hotline` shows what it holds."""
        app.router.add_post(f"{PREFIX}/work-orders", self._take)
        app.router.add_post(f"{PREFIX}/work-orders/{{number}}/updates", self._update)
        app.router.add_get("/sandbox/hotline", self._show)
        app.on_cleanup.append(self._close)

    async def _take(self, request: web.Request) -> web.Response:
        body = await self._check(request)
        key = request.headers["Idempotency-Key"]
        number = body["externalNumber"]
        if key not in self._seen:
            self._seen.add(key)
            self.taken += 1
            self.orders[number] = SandboxOrder(code=f"NB{secrets.randbelow(10**10):010d}", content=body)
            self._start(self._play(number))
        return web.json_response({}, status=202)

    async def _update(self, request: web.Request) -> web.Response:
        body = await self._check(request)
        key, order = request.headers["Idempotency-Key"], self.orders.get(request.match_info["number"])
        if order is None:
            raise web.HTTPNotFound
        if key not in self._seen:
            self._seen.add(key)
            order.updates.append(body)
            if body["action"] == "REOPEN":
                self._start(self._play(request.match_info["number"], self._script[-2:]))
        return web.json_response({})

    async def _show(self, _request: web.Request) -> web.Response:
        held = {
            number: {"code": order.code, "content": order.content, "updates": order.updates}
            for number, order in self.orders.items()
        }
        return web.json_response(held)

    async def _check(self, request: web.Request) -> dict[str, Any]:
        body = await request.read()
        path = request.path_qs.removeprefix(PREFIX)
        try:
            check_message(
                self._credentials, request.headers, method=request.method, path=path, body=body, at=self._clock.now()
            )
        except SignatureRefusedError as error:
            raise web.HTTPUnauthorized from error
        content: dict[str, Any] = json.loads(body)
        return content

    async def _play(self, number: str, script: Sequence[Scene] | None = None) -> None:
        """Calls back scene by scene; faults make one come twice, or late."""
        for scene in self._script if script is None else script:
            await asyncio.sleep(scene.after)
            news = self._news_of(number, scene)
            if self.switch.happens(self.switch.faults.shuffle):
                self._start(self._call_late(news, scene.after * 3 + 0.1))
                continue
            await self._call_back(news)
            if self.switch.happens(self.switch.faults.repeat):
                await self._call_back(news)

    def _news_of(self, number: str, scene: Scene) -> dict[str, Any]:
        order = self.orders[number]
        return {
            "eventId": new_id(),
            "externalNumber": number,
            "workOrderCode": order.code,
            "status": scene.status,
            "happenedAt": self._clock.now().isoformat(),
            "unitId": order.content.get("involvedUnitId") or None,
            "outcome": scene.outcome,
            "content": scene.content,
        }

    async def _call_late(self, news: dict[str, Any], seconds: float) -> None:
        await asyncio.sleep(seconds)
        await self._call_back(news)

    async def _call_back(self, news: dict[str, Any]) -> None:
        if not self._callback_url:
            return
        body = json.dumps(news).encode()
        for number in range(_CALLBACK_TRIES):
            headers = sign_message(
                self._credentials,
                method="POST",
                path=CALLBACK_PATH,
                body=body,
                at=self._clock.now(),
                message_id=news["eventId"],
            )
            with contextlib.suppress(ClientError, TimeoutError, OSError):
                async with self._open().post(self._callback_url + CALLBACK_PATH, data=body, headers=headers) as answer:
                    if answer.status < web.HTTPInternalServerError.status_code:
                        return
            await asyncio.sleep(0.5 * 2**number)
        _LOG.warning("sandbox: the service did not take news %s", news["eventId"])

    def _open(self) -> ClientSession:
        if self._session is None:
            self._session = ClientSession()
        return self._session

    def _start(self, work: Any) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _close(self, _app: web.Application) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._session is not None:
            await self._session.close()
