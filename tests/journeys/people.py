"""Anybody with a token who calls the API: citizens, operators, handlers, supervisors."""

from typing import Any

from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient

from bot.domain.identifiers import new_id
from bot.domain.viewer import Role, Viewer
from tests.complaint_builders import NAME, PHONE, STORY
from web import keys

API = "/api/v1"


class Person:
    """Somebody signed in."""

    def __init__(self, client: "TestClient[web.Request, web.Application]", viewer: Viewer) -> None:
        self.viewer = viewer
        self._client = client
        token = client.server.app[keys.TOKENS].issue(viewer)  # type: ignore[attr-defined]
        self.headers = {"Authorization": f"Bearer {token.text}"}

    async def call(self, method: str, path: str, body: Any = None, **query: Any) -> ClientResponse:
        """One request as it is."""
        return await self._client.request(method, API + path, json=body, params=query, headers=self.headers)

    async def get(self, path: str, **query: Any) -> Any:
        """What a request that must succeed answers."""
        return await self._read(await self.call("GET", path, **query))

    async def post(self, path: str, body: Any = None) -> Any:
        return await self._read(await self.call("POST", path, {} if body is None else body))

    async def refused(self, method: str, path: str, body: Any = None) -> int:
        """The status of a request that must fail with a problem."""
        response = await self.call(method, path, body)
        problem = await response.json(content_type="application/problem+json")
        assert problem["title"]
        assert problem["detail"]
        return response.status

    async def file(self, path: str = "/complaints", **given: Any) -> str:
        """Files a complaint and says its number."""
        outcome = await self.post(path, tell_complaint(**given))
        number: str = outcome["number"]
        return number

    async def move(self, number: str, move: str, **step: Any) -> Any:
        """Makes a move on the complaint as it stands."""
        seen = await self.get(f"/desk/complaints/{number}")
        body = {"move": move, "version": seen["summary"]["version"], **step}
        return await self.post(f"/desk/complaints/{number}/moves", body)

    async def _read(self, response: ClientResponse) -> Any:
        assert response.status < 300, await response.text()
        return await response.json()


def tell_complaint(**given: Any) -> dict[str, Any]:
    """What a form sends."""
    default = {
        "story": STORY,
        "unit_id": "housing",
        "matter_id": "rent",
        "certificate_ids": ["nohouse"],
        "name": NAME,
        "phone": PHONE,
        "protection": "hidden",
        "declines_join": True,
    }
    return default | given


def arrive(client: "TestClient[web.Request, web.Application]", role: Role, unit: str | None = None) -> Person:
    """A new person of this role."""
    return Person(client, Viewer(id=new_id(), role=role, unit_id=unit))
