"""Plays what both licence APPs do: show their user what is asked for, and post the decision back to us."""

import json
import secrets
from dataclasses import dataclass
from typing import Any, Final

from aiohttp import ClientSession, ClientTimeout, web

from bot.domain.identifiers import new_id
from bot.ports import Clock
from integrations.sandbox.pages import render_choices, render_facts, render_page
from integrations.sandbox.people import BY_ID, CITIZENS
from integrations.signed_link import check_link
from integrations.signing import Credentials, SignatureRefusedError, sign_message

CALLBACK_PATH: Final = "/api/v1/callbacks/e-licences"
_PATIENCE: Final = ClientTimeout(total=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Granted:
    """What a user of the APP has agreed to, until it is used."""

    holder_number: str
    certificate: str


class SandboxApp:
    """One APP.

    Args:
        provider: as in the address of our callback. path: of the page that a deep link opens.
    """

    def __init__(
        self,
        *,
        provider: str,
        name: str,
        path: str,
        prefix: str,
        credentials: Credentials,
        clock: Clock,
        callback_url: str,
    ) -> None:
        self._provider = provider
        self._name = name
        self._path = path
        self._prefix = prefix
        self._credentials = credentials
        self._clock = clock
        self._callback_url = callback_url
        self.granted: dict[str, Granted] = {}

    def add_routes(self, app: web.Application) -> None:
        """The page that a deep link opens, and its answer."""
        app.router.add_get(self._prefix + self._path, self._ask)
        app.router.add_post(self._prefix + self._path, self._decide)

    def use(self, code: str) -> Granted | None:
        """What was granted under a code; a code is good once."""
        return self.granted.pop(code, None)

    async def _ask(self, request: web.Request) -> web.Response:
        query = dict(request.query)
        try:
            check_link(self._credentials, self._path, query, self._clock.now())
        except SignatureRefusedError:
            return _page(render_page(self._name, "<p>这个链接已经失效，请回到原来的页面重新打开。</p>"), status=403)
        facts = [("调取", query["items"]), ("只取", query["fields"]), ("办件号", query["casecode"])]
        facts += [("用途", query["purpose"])]
        hidden = {name: query[name] for name in ("token", "items", "sp")}
        people = [("who", citizen.id, f"{citizen.name}：同意授权", "") for citizen in CITIZENS if citizen.number]
        body = render_facts(facts) + render_choices("", hidden, [*people, ("who", "no", "不同意", "")])
        return _page(render_page(f"{self._name} · 授权", body))

    async def _decide(self, request: web.Request) -> web.Response:
        form = await request.post()
        citizen = BY_ID.get(str(form["who"]))
        decision: dict[str, Any] = {"token": str(form["token"]), "decision": "REFUSED"}
        if citizen is not None:
            code = secrets.token_urlsafe(16)
            self.granted[code] = Granted(holder_number=citizen.number, certificate=str(form["items"]))
            decision |= {"decision": "GRANTED", "code": code, "holderNumber": citizen.number}
        await self.call_back(decision)
        raise web.HTTPSeeOther(str(form["sp"]))

    async def call_back(self, decision: dict[str, Any]) -> int:
        """Posts a decision to us; the status of the answer."""
        body = json.dumps(decision).encode()
        path = f"{CALLBACK_PATH}/{self._provider}"
        headers = sign_message(
            self._credentials, method="POST", path=path, body=body, at=self._clock.now(), message_id=new_id()
        )
        async with (
            ClientSession(timeout=_PATIENCE) as session,
            session.post(self._callback_url + path, data=body, headers=headers) as answer,
        ):
            return answer.status


def _page(text: str, status: int = 200) -> web.Response:
    return web.Response(text=text, status=status, content_type="text/html")
