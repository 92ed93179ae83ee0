"""What others do about a complaint told in the chat is told there, at once and in the transcript."""

from typing import Any

import pytest

from bot.domain.viewer import Role
from tests.conftest import Client, ServiceMaker
from tests.journeys.citizen import API, Citizen
from tests.journeys.people import Person, arrive
from tests.real import load_real_knowledge

TOLD = "我要投诉，昨天在高桥镇办低保，窗口非要我开收入证明，电话13900001234"


@pytest.fixture
async def city(start_service: ServiceMaker) -> Client:
    """The service as it is served in Haishu."""
    return await start_service(load=load_real_knowledge)


@pytest.fixture
async def neighbour(city: Client) -> Citizen:
    return await Citizen.arrive(city)


@pytest.fixture
def operator(city: Client) -> Person:
    return arrive(city, Role.OPERATOR)


async def file(citizen: Citizen, told: str = TOLD) -> str:
    await citizen.say(told)
    answer = await citizen.say("对")
    number: str = next(part["number"] for part in answer["reply"] if part["type"] == "ticket")
    return number


def cards_of(message: dict[str, Any]) -> list[tuple[str, str]]:
    """State and text of what a card says happened."""
    return [(part["state"], part["timeline"][-1]["text"]) for part in message["reply"] if part["type"] == "ticket"]


async def test_it_stands_in_the_transcript(neighbour: Citizen, operator: Person) -> None:
    number = await file(neighbour)
    await operator.move(number, "accept")
    await operator.move(number, "dispatch", unit_id="t-gaoqiao")

    accepted, dispatched = (await neighbour.read())[-2:]
    assert (accepted["author"], cards_of(accepted)) == ("bot", [("已受理", "已受理")])
    assert cards_of(dispatched)[0][0] == "已派单"
    assert "高桥镇" in cards_of(dispatched)[0][1]


async def test_who_is_connected_gets_the_message_that_stands_in_the_transcript(
    neighbour: Citizen, operator: Person
) -> None:
    number = await file(neighbour)
    async with neighbour.client.ws_connect(f"{API}/chat/ws", headers=neighbour.headers) as socket:
        await socket.receive_json()
        await operator.move(number, "accept")
        notice = await socket.receive_json(timeout=20)

    last = (await neighbour.read())[-1]
    assert notice["conversation_id"] == neighbour.conversation_id
    assert (notice["message_id"], notice["reply"]) == (last["message_id"], last["reply"])


async def test_ones_own_acts_and_internal_notes_are_not_told(neighbour: Citizen, operator: Person) -> None:
    number = await file(neighbour)
    await neighbour.say("帮我催一下")
    before = await neighbour.read()
    await operator.move(number, "note", text="内部备注")
    assert await neighbour.read() == before


async def test_nothing_is_told_to_who_wants_to_stay_unknown(neighbour: Citizen, operator: Person) -> None:
    number = await file(neighbour, f"{TOLD.rsplit('，', 1)[0]}，我要匿名")
    before = await neighbour.read()
    await operator.move(number, "accept")
    assert await neighbour.read() == before


async def test_who_joined_a_complaint_hears_of_it_too(city: Client, neighbour: Citizen, operator: Person) -> None:
    first = await file(neighbour)
    other = await Citizen.arrive(city)
    await other.say(TOLD.replace("1234", "5678"))
    await other.say("对")
    own = await other.choose(f"complaint:join:{first}")
    number = next(part["number"] for part in own["reply"] if part["type"] == "ticket")

    await operator.move(first, "accept")

    last = (await other.read())[-1]
    assert [part["number"] for part in last["reply"] if part["type"] == "ticket"] == [number]


async def test_a_closed_complaint_can_be_rated_with_one_tap(neighbour: Citizen, city: Client, operator: Person) -> None:
    number = await file(neighbour)
    handler = arrive(city, Role.HANDLER, "t-gaoqiao")
    await operator.move(number, "accept")
    await operator.move(number, "dispatch", unit_id="t-gaoqiao")
    await handler.move(number, "answer", text="已经纠正，向您致歉", outcome="solved")
    answered = (await neighbour.read())[-1]
    assert f"follow:reopen:{number}" in values_of(answered)
    await operator.move(number, "close")

    asked = (await neighbour.read())[-1]
    assert values_of(asked) == [f"follow:rate:{number}:{level}" for level in (5, 4, 3, 2, 1)]
    thanked = await neighbour.choose(f"follow:rate:{number}:4")
    assert "谢谢您的评价" in thanked["reply"][0]["text"]


def values_of(message: dict[str, Any]) -> list[str]:
    return [choice["value"] for part in message["reply"] for choice in part.get("choices", [])]
