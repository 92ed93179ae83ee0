"""Plays the verification platform: takes requests, and answers them after a while as an issuing unit would."""

import asyncio
import contextlib
import json
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any, Final

from aiohttp import ClientError, ClientSession, ClientTimeout, web

from bot.domain.identifiers import new_id
from bot.ports import Clock
from integrations.sandbox.faults import FaultSwitch
from integrations.sandbox.people import BY_NUMBER
from integrations.signing import Credentials, SignatureRefusedError, check_message, sign_message

PREFIX: Final = "/verification"
CALLBACK_PATH: Final = "/api/v1/callbacks/verification"
_PATIENCE: Final = ClientTimeout(total=10)
_TRIES: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Delays:
    """Seconds before the sandbox accepts, and before it then answers."""

    accept: float = 5.0
    answer: float = 25.0


class SandboxVerification:
    """The platform. Whom it knows it verifies; of anybody else it says that there is no record.

    Args:
        callback_url: of the service that it calls back, without path; empty calls nobody.
    """

    def __init__(
        self,
        *,
        credentials: Credentials,
        clock: Clock,
        switch: FaultSwitch,
        callback_url: str,
        delays: Delays | None = None,
    ) -> None:
        self._credentials = credentials
        self._clock = clock
        self._switch = switch
        self._callback_url = callback_url
        self._delays = delays or Delays()
        self._tasks: set[asyncio.Task[None]] = set()
        self.requests: dict[str, dict[str, Any]] = {}
        self.updates: list[dict[str, Any]] = []

    def add_routes(self, app: web.Application) -> None:
        """The platform's addresses; `GET /sandbox/verification` shows what it holds."""
        app.router.add_post(f"{PREFIX}/requests", self._take)
        app.router.add_post(f"{PREFIX}/requests/{{number}}/updates", self._update)
        app.router.add_get("/sandbox/verification", self._show)
        app.on_cleanup.append(self._close)

    async def _take(self, request: web.Request) -> web.Response:
        content = await self._check(request)
        if content["number"] not in self.requests:
            self.requests[content["number"]] = content
            self._start(self._play(content))
        return web.json_response({}, status=202)

    async def _update(self, request: web.Request) -> web.Response:
        self.updates.append(await self._check(request))
        return web.json_response({})

    async def _show(self, _request: web.Request) -> web.Response:
        return web.json_response({"requests": self.requests, "updates": self.updates})

    async def _check(self, request: web.Request) -> dict[str, Any]:
        body = await request.read()
        path = request.path_qs.removeprefix(PREFIX)
        try:
            check_message(self._credentials, request.headers, method="POST", path=path, body=body, at=self._clock.now())
        except SignatureRefusedError as error:
            raise web.HTTPUnauthorized from error
        content: dict[str, Any] = json.loads(body)
        return content

    async def _play(self, content: dict[str, Any]) -> None:
        await asyncio.sleep(self._delays.accept)
        await self.call_back({"number": content["number"], "status": "ACCEPTED"})
        await asyncio.sleep(self._delays.answer)
        await self.call_back({"number": content["number"], **_find_out(content)})

    async def call_back(self, news: dict[str, Any]) -> int:
        """Posts news to us until they are taken; the status of the last answer, 0 where there was none."""
        news = {"eventId": new_id(), "happenedAt": self._clock.now().isoformat(), **news}
        times = 2 if self._switch.happens(self._switch.faults.repeat) else 1
        return [await self._post(news) for _ in range(times)][-1] if self._callback_url else 0

    async def _post(self, news: dict[str, Any]) -> int:
        body, status = json.dumps(news).encode(), 0
        for number in range(_TRIES):
            headers = sign_message(
                self._credentials,
                method="POST",
                path=CALLBACK_PATH,
                body=body,
                at=self._clock.now(),
                message_id=news["eventId"],
            )
            with contextlib.suppress(ClientError, TimeoutError, OSError):
                async with (
                    ClientSession(timeout=_PATIENCE) as session,
                    session.post(self._callback_url + CALLBACK_PATH, data=body, headers=headers) as answer,
                ):
                    status = answer.status
                    if status < web.HTTPInternalServerError.status_code:
                        return status
            await asyncio.sleep(0.5 * 2**number)
        return status

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _close(self, _app: web.Application) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


def _find_out(content: dict[str, Any]) -> dict[str, str]:
    if content["holderNumber"] in BY_NUMBER:
        return {"status": "ANSWERED", "finding": "true", "facts": f"经核实，{content['certificateName']}所述情况属实。"}
    return {"status": "CANNOT_VERIFY", "reason": "本单位档案里没有这个人的记录，请改向户籍地单位核实。"}
