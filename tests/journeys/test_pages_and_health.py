"""What browsers and machines get beside the API: pages with their headers, health, metrics, the OpenAPI document."""

from typing import Any

import pytest

from tests.conftest import Client
from tests.journeys.citizen import Citizen
from web.payloads import SendMessage
from web.routes import OPERATIONS


@pytest.mark.parametrize("path", ["/", "/desk"])
async def test_a_page_comes_with_strict_headers(service: Client, path: str) -> None:
    async with service.get(path) as response:
        assert response.status == 200
        assert response.content_type == "text/html"
        policy = response.headers["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert policy.endswith("frame-ancestors 'none'")
        assert response.headers["X-Content-Type-Options"] == "nosniff"


async def test_a_file_is_sent_once_and_then_only_if_changed(service: Client) -> None:
    async with service.get("/static/chat/main.js") as first:
        assert first.status == 200
        assert first.content_type.endswith("/javascript")
        assert first.headers["Cache-Control"] == "no-cache"
    async with service.get("/static/chat/main.js", headers={"If-None-Match": first.headers["ETag"]}) as again:
        assert again.status == 304


@pytest.mark.parametrize("path", ["/static/../keys.py", "/static/%2e%2e/keys.py", "/static/nothing.js", "/static/"])
async def test_nothing_else_is_served(service: Client, path: str) -> None:
    assert (await service.get(path)).status in {403, 404}


async def test_answers_are_never_kept_by_caches(citizen: Citizen) -> None:
    response = await citizen.post({"text": "你好"})
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.charset == "utf-8"


async def test_health_tells_that_citizens_are_answered(service: Client) -> None:
    assert await (await service.get("/health/live")).json() == {"status": "live", "version": None, "checks": {}}
    ready = await (await service.get("/health/ready")).json()
    assert ready == {"status": "ready", "version": "testversion1", "checks": {"database": True}}


async def test_metrics_count_turns_and_requests_without_words_or_ids(citizen: Citizen) -> None:
    await citizen.say("你好")
    await citizen.read()

    metrics = await (await citizen.client.get("/metrics")).text()

    assert 'mianzheng_turns_total{status="answered",intent="smalltalk"} 1' in metrics
    assert 'route="/api/v1/conversations/{conversation_id}/messages",status="2xx"' in metrics
    assert str(citizen.conversation_id) not in metrics
    assert "你好" not in metrics


@pytest.fixture
async def document(service: Client) -> dict[str, Any]:
    async with service.get("/openapi.json") as response:
        found: dict[str, Any] = await response.json()
        return found


async def test_the_document_lists_every_address_of_the_api(service: Client, document: dict[str, Any]) -> None:
    documented = {(method.upper(), path) for path, methods in document["paths"].items() for method in methods}
    routes = {
        (route.method, route.resource.canonical)
        for route in service.app.router.routes()
        if route.resource
        and route.resource.canonical.startswith(("/api", "/health", "/metrics", "/open311", "/open-data"))
    }
    assert document["openapi"] == "3.1.0"
    assert documented == {route for route in routes if route[0] != "HEAD"}
    assert len({operation.path + operation.method for operation in OPERATIONS}) == len(OPERATIONS)


async def test_every_reference_in_the_document_leads_somewhere(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]

    def walk(value: Any) -> None:
        if isinstance(value, dict):
            reference = value.get("$ref", "")
            assert not reference or reference.rsplit("/", 1)[1] in schemas
            for inner in value.values():
                walk(inner)
        elif isinstance(value, list):
            for inner in value:
                walk(inner)

    walk(document)
    assert set(schemas["SendMessage"]["properties"]) == set(SendMessage.__struct_fields__)


async def test_the_document_describes_parts_problems_and_tokens(document: dict[str, Any]) -> None:
    turn = document["paths"]["/api/v1/chat/messages"]["post"]
    assert turn["security"] == [{"bearer": ["citizen", "handler", "operator", "staff", "supervisor"]}]
    assert {"200", "400", "401", "404", "413", "422", "429", "503"} <= set(turn["responses"])
    assert turn["responses"]["422"]["content"] == {
        "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}
    }
    parts = document["components"]["schemas"]["Answer"]["properties"]["reply"]["items"]
    assert set(parts["discriminator"]["mapping"]) == {"text", "verdict", "materials", "choices", "ticket", "link"}
    query = document["paths"]["/api/v1/conversations/{conversation_id}/messages"]["get"]["parameters"]
    assert [(parameter["name"], parameter["in"], parameter["required"]) for parameter in query] == [
        ("conversation_id", "path", True),
        ("limit", "query", False),
        ("before", "query", False),
    ]
