"""People as tests see them: they hold a token and speak to the service over HTTP."""

from typing import Any, Self

from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient

API = "/api/v1"


class Citizen:
    """Somebody with a guest token who talks in one conversation."""

    def __init__(self, client: "TestClient[web.Request, web.Application]", token: str) -> None:
        self.client = client
        self.token = token
        self.conversation_id: str | None = None

    @classmethod
    async def arrive(cls, client: "TestClient[web.Request, web.Application]") -> Self:
        """Gets a token, as a page does when it opens."""
        async with client.post(f"{API}/auth/guest", json={}) as response:
            return cls(client, (await response.json())["token"])

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    async def post(self, body: Any) -> ClientResponse:
        """Sends a body as it is."""
        return await self.client.post(f"{API}/chat/messages", json=body, headers=self.headers)

    async def say(self, text: str, **more: Any) -> dict[str, Any]:
        """One turn that must be answered."""
        body = {"conversation_id": self.conversation_id, "text": text, **more}
        return await self._take_turn(body)

    async def choose(self, value: str) -> dict[str, Any]:
        """One tap that must be answered."""
        return await self._take_turn({"conversation_id": self.conversation_id, "choice": value})

    async def read(self, conversation_id: str | None = None, **query: Any) -> list[dict[str, Any]]:
        """What was said."""
        path = f"{API}/conversations/{conversation_id or self.conversation_id}/messages"
        async with self.client.get(path, headers=self.headers, params=query) as response:
            assert response.status == 200, await response.text()
            messages: list[dict[str, Any]] = (await response.json())["messages"]
            return messages

    async def _take_turn(self, body: dict[str, Any]) -> dict[str, Any]:
        response = await self.post(body)
        assert response.status == 200, await response.text()
        answer: dict[str, Any] = await response.json()
        self.conversation_id = answer["conversation_id"]
        return answer


async def read_problem(response: ClientResponse, status: int, code: str) -> dict[str, Any]:
    """The problem that a response must hold."""
    problem: dict[str, Any] = await response.json(content_type="application/problem+json")
    assert (response.status, problem["code"]) == (status, code), problem
    assert problem["status"] == status
    assert problem["title"]
    assert problem["detail"]
    return problem
