"""Complaints told in the chat over HTTP, on the real data: numbers, drafts, repeats, and being followed."""

import asyncio
from typing import Any

import pytest

from bot.domain.numbers import read_number
from bot.domain.viewer import Role
from tests.conftest import Client, ServiceMaker
from tests.journeys.citizen import Citizen
from tests.journeys.people import arrive
from tests.real import load_real_knowledge

STORY = "我要投诉，昨天在古林镇便民服务中心办低保，窗口非要我开收入证明"
TOLD = f"{STORY}，电话13900001234"
PHONE = "13900001234"


@pytest.fixture
async def city(start_service: ServiceMaker) -> Client:
    """The service as it is served in Haishu."""
    return await start_service(load=load_real_knowledge)


@pytest.fixture
async def neighbour(city: Client) -> Citizen:
    return await Citizen.arrive(city)


def words_of(answer: dict[str, Any]) -> str:
    return "\n".join(part["text"] for part in answer["reply"])


def number_of(answer: dict[str, Any]) -> str:
    number: str = next(part["number"] for part in answer["reply"] if part["type"] == "ticket")
    return number


def values_of(answer: dict[str, Any]) -> list[str]:
    return [choice["value"] for part in answer["reply"] for choice in part.get("choices", [])]


async def file(citizen: Citizen, told: str = TOLD) -> str:
    """Tells a complaint and confirms it; the number."""
    asked = await citizen.say(told)
    assert (asked["state"], asked["asks"]) == ("complaint", "confirm")
    return number_of(await citizen.say("对"))


async def test_a_complaint_gets_a_number_and_reaches_the_desk_with_its_evidence(
    city: Client, neighbour: Citizen
) -> None:
    number = await file(neighbour)

    assert read_number(number) == number
    seen = await arrive(city, Role.OPERATOR).get(f"/desk/complaints/{number}")
    assert seen["summary"]["number"] == number
    assert 5 in seen["evidence"]["article20"]
    assert PHONE not in str(seen)


async def test_a_refused_verdict_becomes_a_complaint_with_what_was_settled(neighbour: Citizen) -> None:
    await neighbour.say("办公租房要无房证明吗")
    asked = await neighbour.choose("act:complaint")

    assert asked["state"] == "complaint"
    assert (asked["understood"]["matter"], asked["understood"]["certificate"]) == ("zjj-rent", "nohouse")


async def test_the_same_message_twice_gives_the_same_number(neighbour: Citizen) -> None:
    await neighbour.say(TOLD)
    answers = [await neighbour.say("对", client_message_id="yes-1") for _ in range(2)]

    assert number_of(answers[0]) == number_of(answers[1])
    assert answers[0]["message_id"] == answers[1]["message_id"]
    listed = await neighbour.say("我的投诉怎么样了")
    assert number_of(listed) == number_of(answers[0])


async def test_two_tabs_confirm_at_once_and_one_complaint_is_filed(neighbour: Citizen) -> None:
    await neighbour.say(TOLD)

    answers = await asyncio.gather(
        neighbour.say("对", client_message_id="a"), neighbour.say("对", client_message_id="b")
    )

    numbers = {part["number"] for answer in answers for part in answer["reply"] if part["type"] == "ticket"}
    assert len(numbers) == 1


async def test_a_draft_outlives_the_process(start_service: ServiceMaker) -> None:
    neighbour = await Citizen.arrive(await start_service(load=load_real_knowledge))
    asked = await neighbour.say(STORY)
    assert asked["asks"] == "phone"

    neighbour.client = await start_service(load=load_real_knowledge)
    summary = await neighbour.say(f"电话{PHONE}")
    assert summary["asks"] == "confirm"
    assert "古林镇" in words_of(summary)

    neighbour.client = await start_service(load=load_real_knowledge)
    assert number_of(await neighbour.say("对"))
    # Filed is filed: it does not come back as a draft.
    neighbour.client = await start_service(load=load_real_knowledge)
    assert (await neighbour.say("你好"))["state"] == "idle"


async def test_what_was_abandoned_does_not_come_back(start_service: ServiceMaker) -> None:
    neighbour = await Citizen.arrive(await start_service(load=load_real_knowledge))
    await neighbour.say(STORY)
    await neighbour.say("算了不投诉了")

    neighbour.client = await start_service(load=load_real_knowledge)
    assert (await neighbour.say("你好"))["state"] == "idle"


async def test_a_second_complaint_about_the_same_is_offered_for_joining(city: Client, neighbour: Citizen) -> None:
    first = await file(neighbour)
    other = await Citizen.arrive(city)
    await other.say(TOLD.replace(PHONE, "13900005678"))

    offered = await other.say("对")
    assert values_of(offered) == [f"complaint:join:{first}", "complaint:separate"]
    joined = await other.choose(f"complaint:join:{first}")

    assert number_of(joined) != first
    assert "答复会一起告诉您" in words_of(joined)


async def test_it_is_urged_added_to_and_withdrawn_by_words(neighbour: Citizen) -> None:
    number = await file(neighbour)

    assert "已经催了" in words_of(await neighbour.say("帮我催一下"))
    assert (await neighbour.choose(f"follow:add:{number}"))["asks"] == "story"
    assert "加进去了" in words_of(await neighbour.say("今天又去了一趟，还是不给办"))
    assert (await neighbour.say("我想撤回投诉"))["asks"] == "confirm"
    assert "已撤回" in words_of(await neighbour.say("确定"))


async def test_on_another_telephone_number_and_phone_open_it_and_keep_it_open(city: Client, neighbour: Citizen) -> None:
    number = await file(neighbour)
    elsewhere = await Citizen.arrive(city)

    assert (await elsewhere.say(f"查一下投诉{number}"))["asks"] == "phone"
    wrong = await elsewhere.say("13911112222")
    assert (wrong["asks"], number in words_of(wrong)) == ("phone", False)
    assert number_of(await elsewhere.say(PHONE)) == number
    assert "已经催了" in words_of(await elsewhere.choose(f"follow:urge:{number}"))


async def test_a_number_that_does_not_exist_is_answered_like_one_of_somebody_else(neighbour: Citizen) -> None:
    other = await neighbour.say("TS26-1234-5678-9019")
    assert (other["asks"], other["understood"]["intent"]) == ("phone", "complaint_track")


async def test_a_card_tells_state_and_what_happened(neighbour: Citizen) -> None:
    number = await file(neighbour)
    answer = await neighbour.say("我的投诉怎么样了")

    [card] = [part for part in answer["reply"] if part["type"] == "ticket"]
    assert (card["number"], card["state"]) == (number, "已登记")
    assert [line["label"] for line in card["timeline"]] == ["登记"]


async def test_pictures_go_with_the_complaint_and_three_are_the_most(city: Client, neighbour: Citizen) -> None:
    await neighbour.say(TOLD)
    for place in range(1, 4):
        assert f"{place}张" in words_of(await neighbour.choose(f"complaint:picture:picture-{place}"))
    assert "没有加进去" in words_of(await neighbour.choose("complaint:picture:picture-4"))
    number = number_of(await neighbour.say("对"))
    # None of them was sent by this person, so none goes along.
    assert (await arrive(city, Role.OPERATOR).get(f"/desk/complaints/{number}"))["pictures"] == []
