"""Citizens talk to the service over WebSocket."""

import asyncio

import pytest
from aiohttp import WSMsgType, WSServerHandshakeError

from tests.conftest import Client
from tests.journeys.citizen import API, Citizen, read_problem

PATH = f"{API}/chat/ws"


async def test_turns_over_the_socket_and_over_http_are_one_conversation(citizen: Citizen) -> None:
    first = await citizen.say("你好")
    async with citizen.client.ws_connect(PATH, params={"token": citizen.token}) as socket:
        assert await socket.receive_json() == {"type": "ready"}
        await socket.send_json(
            {"conversation_id": first["conversation_id"], "text": "在吗", "client_message_id": "m-1"}
        )
        reply = await socket.receive_json()

    assert reply["type"] == "reply"
    assert reply["client_message_id"] == "m-1"
    assert reply["conversation_id"] == first["conversation_id"]
    assert reply["reply"] == [{"type": "text", "text": "第2句：在吗"}]
    assert reply.keys() - {"type", "client_message_id"} == first.keys()
    assert len(await citizen.read()) == 4


async def test_a_turn_lost_on_the_socket_may_be_repeated_over_http(citizen: Citizen) -> None:
    turn = {"conversation_id": None, "text": "你好", "client_message_id": "m-1"}
    async with citizen.client.ws_connect(PATH, headers=citizen.headers) as socket:
        await socket.receive_json()
        await socket.send_json(turn)
        reply = await socket.receive_json()

    repeated = await (await citizen.post(turn)).json()

    assert repeated["message_id"] == reply["message_id"]


async def test_the_token_may_come_in_the_first_frame(citizen: Citizen) -> None:
    async with citizen.client.ws_connect(PATH) as socket:
        await socket.send_json({"type": "hello", "token": citizen.token})
        assert (await socket.receive_json())["type"] == "ready"
        await socket.send_json({"type": "ping"})
        assert (await socket.receive_json())["type"] == "pong"
        await socket.send_json({"type": "message", "text": "你好"})
        assert (await socket.receive_json())["type"] == "reply"


@pytest.mark.parametrize("frame", ['{"type": "hello", "token": "x.y.z"}', '{"text": "你好"}', "nonsense", "{}"])
async def test_a_first_frame_without_a_good_token_ends_the_connection(service: Client, frame: str) -> None:
    async with service.ws_connect(PATH) as socket:
        await socket.send_str(frame)
        answer = await socket.receive_json()
        assert answer["type"] == "problem"
        assert (await socket.receive()).type is WSMsgType.CLOSE
        assert socket.close_code == 4401


async def test_a_token_that_is_not_good_is_refused_before_the_connection(service: Client) -> None:
    with pytest.raises(WSServerHandshakeError) as refused:
        await service.ws_connect(PATH, params={"token": "x.y.z"})
    assert refused.value.status == 401


async def test_an_ordinary_request_is_told_to_use_a_socket(citizen: Citizen) -> None:
    await read_problem(await citizen.client.get(PATH, headers=citizen.headers), 400, "bad-request")


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        ("nonsense", "malformed-body"),
        ("[]", "invalid-input"),
        ('{"type": "dance"}', "invalid-input"),
        ('{"text": 1}', "invalid-input"),
        ('{"text": ""}', "empty-text"),
        ('{"text": "你好", "conversation_id": "unknown"}', "not-found"),
        ('{"text": "请出错"}', "internal-error"),
    ],
)
async def test_a_bad_frame_is_a_problem_and_the_connection_stays(citizen: Citizen, frame: str, code: str) -> None:
    async with citizen.client.ws_connect(PATH, headers=citizen.headers) as socket:
        await socket.receive_json()
        await socket.send_str(frame)
        answer = await socket.receive_json()
        assert answer["type"] == "problem"
        assert answer["problem"]["code"] == code
        assert answer["problem"]["detail"]
        await socket.send_json({"text": "你好"})
        assert (await socket.receive_json())["type"] == "reply"


async def test_a_problem_names_the_message_it_is_about(citizen: Citizen) -> None:
    async with citizen.client.ws_connect(PATH, headers=citizen.headers) as socket:
        await socket.receive_json()
        await socket.send_json({"text": "", "client_message_id": "m-7"})
        assert (await socket.receive_json())["client_message_id"] == "m-7"


async def test_binary_frames_are_read_as_json_too(citizen: Citizen) -> None:
    async with citizen.client.ws_connect(PATH, headers=citizen.headers) as socket:
        await socket.receive_json()
        await socket.send_bytes(b"\xff\x00")
        assert (await socket.receive_json())["problem"]["code"] == "malformed-body"
        await socket.send_bytes('{"text": "你好"}'.encode())
        assert (await socket.receive_json())["type"] == "reply"


async def test_a_frame_that_is_too_large_ends_the_connection(citizen: Citizen) -> None:
    async with citizen.client.ws_connect(PATH, headers=citizen.headers) as socket:
        await socket.receive_json()
        await socket.send_str("x" * 100_000)
        assert (await socket.receive()).type is WSMsgType.CLOSE
        assert socket.close_code == 1009
    assert (await citizen.say("还在吗"))["reply"]


async def test_a_restart_tells_every_socket(citizen: Citizen) -> None:
    async with citizen.client.ws_connect(PATH, headers=citizen.headers) as socket:
        await socket.receive_json()
        closing = asyncio.create_task(citizen.client.server.close())
        assert (await socket.receive()).type is WSMsgType.CLOSE
        assert socket.close_code == 1001
        await closing
