"""What people and programs send by mistake or in malice gets a clear problem, and leaves nothing half-saved."""

import asyncio
from datetime import timedelta
from typing import Any

import jwt
import pytest
from yarl import URL

from bot.domain.identifiers import new_id
from bot.domain.viewer import Role, Viewer
from bot.settings import Settings
from tests.builders import SetClock
from tests.conftest import Client, ServiceMaker
from tests.journeys.citizen import API, Citizen, read_problem
from web.tokens import Tokens

MESSAGES = f"{API}/chat/messages"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"text": ""}, "empty-text"),
        ({"text": " \u200b\n\u3000"}, "empty-text"),
        ({"text": "\u0000\u0007"}, "empty-text"),
        ({}, "empty-text"),
        ({"text": None, "choice": None}, "empty-text"),
        ({"text": "字" * 4_001}, "text-too-long"),
        ({"choice": ""}, "invalid-input"),
        ({"choice": "x" * 201}, "invalid-input"),
        ({"choice": "a\u0000b"}, "invalid-input"),
    ],
)
async def test_a_message_that_says_nothing_usable_is_refused(citizen: Citizen, body: Any, code: str) -> None:
    problem = await read_problem(await citizen.post(body), 422, code)
    assert problem["type"] == f"/problems/{code}"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"text": 1}, "text"),
        ({"text": "好", "choice": ["a"]}, "choice"),
        ({"text": "好", "conversation_id": 5}, "conversation_id"),
        ({"text": "好", "client_message_id": ""}, "client_message_id"),
        ({"text": "好", "client_message_id": "x" * 65}, "client_message_id"),
        ({"text": "好", "client_message_id": "空 格"}, "client_message_id"),
    ],
)
async def test_a_field_of_the_wrong_kind_is_named(citizen: Citizen, body: Any, field: str) -> None:
    problem = await read_problem(await citizen.post(body), 422, "invalid-input")
    assert list(problem["fields"]) == [field]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"nonsense",
        b"\xff\xfe\x00binary",
        b'{"text": "\xff"}',
        b'{"text": "\\ud800"}',
        b'{"text": "a"} and more',
        b'{"other": ' + b"[" * 30_000 + b"]" * 30_000 + b', "text": "a"}',
    ],
    ids=["nothing", "cut", "words", "binary", "not utf-8", "half a character", "more", "deep"],
)
async def test_a_body_that_is_no_json_is_refused(citizen: Citizen, content: bytes) -> None:
    response = await citizen.client.post(MESSAGES, data=content, headers=citizen.headers)
    await read_problem(response, 400, "malformed-body")


@pytest.mark.parametrize("content", [b"[]", b'"text"', b"null", b"7"])
async def test_a_body_that_is_no_object_is_refused(citizen: Citizen, content: bytes) -> None:
    response = await citizen.client.post(MESSAGES, data=content, headers=citizen.headers)
    await read_problem(response, 422, "invalid-input")


async def test_a_body_of_100_kilobytes_is_refused(citizen: Citizen) -> None:
    await read_problem(await citizen.post({"text": "字" * 50_000}), 413, "body-too-large")


async def test_control_characters_are_left_out_and_the_rest_is_answered(citizen: Citizen) -> None:
    await citizen.say("你\u0000好\u202e！\n第二行")
    assert (await citizen.read())[0]["text"] == "你好！\n第二行"


@pytest.mark.parametrize("conversation_id", ["0" * 32, "没有", "x" * 300, "a\u0000", "' OR 1=1 --", " "])
async def test_an_unknown_conversation_is_not_found(citizen: Citizen, conversation_id: str) -> None:
    response = await citizen.post({"conversation_id": conversation_id, "text": "你好"})
    await read_problem(response, 404, "not-found")


async def test_the_conversation_of_somebody_else_is_not_found(service: Client) -> None:
    owner, stranger = await Citizen.arrive(service), await Citizen.arrive(service)
    conversation_id = (await owner.say("你好"))["conversation_id"]

    writing = await stranger.post({"conversation_id": conversation_id, "text": "你好"})
    path = f"{API}/conversations/{conversation_id}/messages"
    reading = await service.get(path, headers=stranger.headers)

    await read_problem(writing, 404, "not-found")
    await read_problem(reading, 404, "not-found")
    assert len(await owner.read()) == 2


@pytest.mark.parametrize(
    "query", [{"limit": "0"}, {"limit": "201"}, {"limit": "many"}, {"before": "yesterday"}, {"before": "2026-01-01"}]
)
async def test_a_query_of_the_wrong_kind_is_named(citizen: Citizen, query: dict[str, str]) -> None:
    await citizen.say("你好")
    path = f"{API}/conversations/{citizen.conversation_id}/messages"
    response = await citizen.client.get(path, params=query, headers=citizen.headers)
    problem = await read_problem(response, 422, "invalid-input")
    assert list(problem["fields"]) == list(query)


def _expired(settings: Settings) -> str:
    clock = SetClock()
    clock.move(days=-3_000)
    tokens = Tokens(
        secret=settings.secret, clock=clock, guest_lifetime=timedelta(days=1), shift_lifetime=timedelta(hours=1)
    )
    return tokens.issue(Viewer(id=new_id(), role=Role.CITIZEN)).text


def _forged(_settings: Settings) -> str:
    return jwt.encode({"sub": "x", "role": "staff", "iss": "mianzheng", "exp": 2**31}, "k" * 40, algorithm="HS256")


def _unsigned(_settings: Settings) -> str:
    return jwt.encode({"sub": "x", "role": "staff", "iss": "mianzheng", "exp": 2**31}, None, algorithm="none")


def _without_end(settings: Settings) -> str:
    return jwt.encode({"sub": "x", "role": "citizen", "iss": "mianzheng"}, settings.secret, algorithm="HS256")


def _of_no_role(settings: Settings) -> str:
    claims = {"sub": "x", "role": "king", "iss": "mianzheng", "exp": 2**31}
    return jwt.encode(claims, settings.secret, algorithm="HS256")


@pytest.mark.parametrize("make", [_expired, _forged, _unsigned, _without_end, _of_no_role, lambda _: "x.y.z"])
async def test_a_token_that_is_not_good_is_refused(service: Client, settings: Settings, make: Any) -> None:
    headers = {"Authorization": f"Bearer {make(settings)}"}
    response = await service.post(MESSAGES, json={"text": "你好"}, headers=headers)
    problem = await read_problem(response, 401, "unauthenticated")
    assert response.headers["WWW-Authenticate"] == "Bearer"
    assert "登录" in problem["detail"]


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Basic eDp5"}, {"Authorization": "Bearer "}])
async def test_a_request_without_token_is_refused(service: Client, headers: dict[str, str]) -> None:
    await read_problem(await service.post(MESSAGES, json={"text": "你好"}, headers=headers), 401, "unauthenticated")


async def test_an_unknown_address_and_a_wrong_method_are_problems_too(service: Client) -> None:
    await read_problem(await service.get(f"{API}/nothing"), 404, "no-such-address")
    wrong = await service.get(MESSAGES)
    await read_problem(wrong, 405, "method-not-allowed")
    assert "POST" in wrong.headers["Allow"]


async def test_an_error_of_the_program_is_a_problem_that_keeps_the_words_to_itself(
    citizen: Citizen, caplog: pytest.LogCaptureFixture
) -> None:
    problem = await read_problem(await citizen.post({"text": "请出错"}), 500, "internal-error")

    assert problem["reference"] in problem["detail"]
    assert problem["reference"] in caplog.text
    assert "ZeroDivisionError" in caplog.text
    assert "请出错" not in caplog.text


async def test_nothing_refused_is_kept(citizen: Citizen) -> None:
    await citizen.say("你好")
    for body in ({"text": ""}, {"text": "字" * 5_000}, {"text": 1}, {"text": "请出错"}):
        await citizen.post({"conversation_id": citizen.conversation_id, **body})

    assert len(await citizen.read()) == 2
    assert (await citizen.say("还在吗"))["reply"][0]["text"].startswith("第2句")


async def test_too_many_messages_of_one_person_are_refused(start_service: ServiceMaker, settings: Settings) -> None:
    citizen = await Citizen.arrive(await start_service(_with(settings, token_messages=3)))
    for _ in range(3):
        await citizen.say("你好")

    response = await citizen.post({"text": "你好"})

    problem = await read_problem(response, 429, "too-many-requests")
    assert 1 <= int(response.headers["Retry-After"]) <= 60
    assert problem["retry_after"] == int(response.headers["Retry-After"])


async def test_too_many_messages_from_one_address_are_refused(start_service: ServiceMaker, settings: Settings) -> None:
    service = await start_service(_with(settings, address_messages=3, trusted_proxies=1))
    citizen = await Citizen.arrive(service)
    near = {**citizen.headers, "X-Forwarded-For": "9.9.9.9, 1.1.1.1"}
    far = {**citizen.headers, "X-Forwarded-For": "1.1.1.1, 2.2.2.2"}
    for _ in range(3):
        assert (await service.post(MESSAGES, json={"text": "你好"}, headers=near)).status == 200

    await read_problem(await service.post(MESSAGES, json={"text": "你好"}, headers=near), 429, "too-many-requests")
    assert (await service.post(MESSAGES, json={"text": "你好"}, headers=far)).status == 200


async def test_too_many_guests_from_one_address_are_refused(start_service: ServiceMaker, settings: Settings) -> None:
    service = await start_service(_with(settings, address_guests=2))
    responses = await asyncio.gather(*(service.post(f"{API}/auth/guest", json={}) for _ in range(5)))
    assert sorted(response.status for response in responses) == [200, 200, 429, 429, 429]


def _with(settings: Settings, **limits: int) -> Settings:
    values = {name: getattr(settings, name) for name in ("database_url", "pid_file", "secret")}
    return Settings(**values | limits)


async def test_a_body_that_is_not_packed_as_it_says_is_refused(citizen: Citizen) -> None:
    headers = citizen.headers | {"Content-Encoding": "gzip", "Content-Type": "application/json"}
    response = await citizen.client.post(MESSAGES, data=b"this is no gzip", headers=headers)
    assert response.status == 400
    assert response.content_type == "application/problem+json"


@pytest.mark.parametrize("token", [b"\xff\xfe", "钥匙".encode(), b"a.b", b"." * 5_000])
async def test_a_token_of_strange_bytes_is_refused(service: Client, token: bytes) -> None:
    assert service.port
    reader, writer = await asyncio.open_connection("127.0.0.1", service.port)
    writer.write(b"POST /api/v1/chat/messages HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + token + b"\r\n")
    writer.write(b"Content-Length: 2\r\nConnection: close\r\n\r\n{}")
    answer = await reader.read()
    writer.close()
    assert answer.startswith((b"HTTP/1.1 401", b"HTTP/1.1 400"))


@pytest.mark.parametrize("path", ["/%ff", f"{API}/conversations/%00/messages", f"{API}/conversations/%ff%fe/messages"])
async def test_an_address_of_strange_bytes_is_not_found(citizen: Citizen, path: str) -> None:
    response = await citizen.client.get(URL(path, encoded=True), headers=citizen.headers)
    assert response.status == 404
    assert response.content_type == "application/problem+json"


async def test_a_line_that_breaks_in_the_middle_of_a_message_harms_nobody(citizen: Citizen) -> None:
    assert citizen.client.port
    _, writer = await asyncio.open_connection("127.0.0.1", citizen.client.port)
    writer.write(b"POST /api/v1/chat/messages HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n")
    writer.write(f"Authorization: Bearer {citizen.token}\r\n\r\n".encode() + b'{"text": "')
    await writer.drain()
    writer.close()
    assert (await citizen.say("你好"))["reply"][0]["text"] == "第1句：你好"
