"""A service with its sandbox on a port that both know, and a citizen's browser that keeps cookies."""

import re
import socket
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, closing
from html import unescape
from typing import Any, Self
from urllib.parse import urlsplit

from aiohttp import ClientResponse, ClientSession, CookieJar, web
from aiohttp.test_utils import TestClient, TestServer

from bot.settings import Settings
from server import build_app  # noqa: TID251
from tests.journeys.citizen import API, Citizen
from tests.real import load_real_knowledge


@asynccontextmanager
async def running_service(
    environ: Mapping[str, str],
) -> AsyncIterator["TestClient[web.Request, web.Application]"]:
    """The whole service with real data; its sandbox knows how to call it back."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = Settings.from_environ({**environ, "MIANZHENG_PORT": str(port)})
    app = build_app(settings, load=load_real_knowledge)
    async with TestClient(TestServer(app, port=port)) as client:
        yield client


class Browser:
    """What one citizen has open: chat, consent page, and the pages of other systems."""

    def __init__(self, citizen: Citizen, session: ClientSession, origin: str) -> None:
        self.citizen = citizen
        self.session = session
        self.origin = origin

    @classmethod
    @asynccontextmanager
    async def open(cls, client: "TestClient[web.Request, web.Application]") -> AsyncIterator[Self]:
        citizen = await Citizen.arrive(client)
        async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as session:
            yield cls(citizen, session, str(client.make_url("")).rstrip("/"))

    async def ask_license(self, text: str) -> str:
        """Says it in the chat; the token of the consent page that is offered."""
        answer = await self.citizen.say(text)
        assert answer["state"] == "consent", answer
        (url,) = [part["url"] for part in answer["reply"] if part["type"] == "link" and "/consent/" in part["url"]]
        return str(url).rsplit("/", 1)[1]

    async def log_in(self, place: str, who: str) -> ClientResponse:
        """Goes to the login page, picks a made-up citizen, and comes back."""
        async with self.session.get(f"{self.origin}{API}/identity/login", params={"next": place}) as page:
            assert page.status == 200, await page.text()
            target = _hidden(await page.text())["sp"]
            login_url = page.url
        async with self.session.post(login_url, data={"who": who, "sp": target}, allow_redirects=True) as back:
            await back.read()
            return back

    async def call(self, method: str, token: str, path: str = "", **body: Any) -> tuple[int, dict[str, Any]]:
        """A call of the consent page."""
        url = f"{self.origin}{API}/consents/{token}{path}"
        async with self.session.request(method, url, json=body or None) as response:
            return response.status, await response.json(content_type=None)

    async def decide_in_app(self, url: str, who: str) -> None:
        """Opens the APP by its signed address and presses a button there."""
        async with self.session.get(url) as page:
            assert page.status == 200, await page.text()
            hidden = _hidden(await page.text())
        async with self.session.post(url, data={**hidden, "who": who}, allow_redirects=False) as response:
            assert response.status == 303
            assert urlsplit(response.headers["Location"]).path.startswith("/consent/")


def _hidden(page: str) -> dict[str, str]:
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page)
    return {unescape(name): unescape(value) for name, value in found}
