"""Citizens talk to the service over HTTP."""

import asyncio

from tests.conftest import Client
from tests.journeys.citizen import API, Citizen


async def test_a_citizen_is_answered_and_the_conversation_goes_on(citizen: Citizen) -> None:
    first = await citizen.say("你好")
    second = await citizen.say("办公租房要无房证明吗")

    assert first["reply"] == [{"type": "text", "text": "第1句：你好"}]
    assert second["reply"][0]["text"] == "第2句：办公租房要无房证明吗"
    assert second["conversation_id"] == first["conversation_id"]
    assert second["message_id"] != first["message_id"]
    assert first["state"] == "idle"
    assert first["asks"] is None
    assert first["understood"] == {
        "intent": "smalltalk",
        "matter": None,
        "certificate": None,
        "certificates": [],
        "verdict": None,
        "confidence": 1.0,
    }


async def test_what_was_said_can_be_read_again(citizen: Citizen) -> None:
    await citizen.say("你好")
    answer = await citizen.say("谢谢")

    messages = await citizen.read()

    assert [message["author"] for message in messages] == ["citizen", "bot", "citizen", "bot"]
    assert [message["text"] for message in messages] == ["你好", "第1句：你好", "谢谢", "第2句：谢谢"]
    assert messages[-1]["message_id"] == answer["message_id"]
    assert messages[-1]["reply"] == answer["reply"]
    assert all(message["at"].endswith("+08:00") for message in messages)


async def test_a_long_conversation_is_read_page_by_page(citizen: Citizen) -> None:
    for number in range(4):
        await citizen.say(f"话{number}")

    latest = await citizen.read(limit=2)
    earlier = await citizen.read(limit=4, before=latest[0]["at"])

    assert [message["text"] for message in latest] == ["话3", "第4句：话3"]
    assert [message["text"] for message in earlier] == ["话1", "第2句：话1", "话2", "第3句：话2"]


async def test_a_choice_is_answered_and_kept_as_what_stood_on_the_button(citizen: Citizen) -> None:
    offered = (await citizen.say("请给选项"))["reply"][1]["choices"]

    answer = await citizen.choose(offered[0]["value"])

    assert answer["understood"]["matter"] == "rent"
    assert (await citizen.read())[2]["text"] == "公租房申请"


async def test_personal_numbers_are_masked_before_they_are_kept(citizen: Citizen) -> None:
    await citizen.say("我叫小王，电话13812345678，身份证11010519491231002X")

    kept = (await citizen.read())[0]["text"]

    assert kept == "我叫小王，电话138****5678，身份证**************002X"


async def test_two_messages_at_once_are_answered_one_after_the_other(citizen: Citizen) -> None:
    await citizen.say("开始")

    answers = await asyncio.gather(*(citizen.say(f"话{number}") for number in range(20)))

    numbers = [answer["reply"][0]["text"].split("句")[0] for answer in answers]
    assert sorted(numbers) == sorted(f"第{number}" for number in range(2, 22))
    kept = [message["author"] for message in await citizen.read()]
    assert kept == ["citizen", "bot"] * 21


async def test_a_message_sent_twice_is_answered_once(citizen: Citizen) -> None:
    await citizen.say("你好")
    first = await citizen.say("谢谢", client_message_id="m-1")

    again = await citizen.say("谢谢", client_message_id="m-1")

    assert again == first
    assert (await citizen.say("再见"))["reply"][0]["text"] == "第3句：再见"
    assert len(await citizen.read()) == 6


async def test_a_first_message_sent_twice_opens_one_conversation(citizen: Citizen) -> None:
    bodies = [{"conversation_id": None, "text": "你好", "client_message_id": "m-1"}] * 8

    responses = await asyncio.gather(*(citizen.post(body) for body in bodies))

    answers = [await response.json() for response in responses]
    assert {response.status for response in responses} == {200}
    assert len({answer["conversation_id"] for answer in answers}) == 1
    assert len({answer["message_id"] for answer in answers}) == 1
    assert len(await citizen.read(answers[0]["conversation_id"])) == 2


async def test_two_people_may_use_the_same_client_message_id(service: Client) -> None:
    one, other = await Citizen.arrive(service), await Citizen.arrive(service)

    first = await one.say("你好", client_message_id="1")
    second = await other.say("您好", client_message_id="1")

    assert first["conversation_id"] != second["conversation_id"]
    assert second["reply"][0]["text"] == "第1句：您好"


async def test_a_thousand_messages_at_once_are_all_answered_and_kept(service: Client) -> None:
    citizens = [await Citizen.arrive(service) for _ in range(50)]

    async def talk(citizen: Citizen) -> None:
        for number in range(20):
            await citizen.say(f"话{number}", client_message_id=str(number))

    await asyncio.gather(*(talk(citizen) for citizen in citizens))

    for citizen in citizens:
        texts = [message["text"] for message in await citizen.read(limit=200) if message["author"] == "citizen"]
        assert texts == [f"话{number}" for number in range(20)]


async def test_a_thousand_messages_of_one_person_at_once_never_break_the_service(citizen: Citizen) -> None:
    responses = await asyncio.gather(*(citizen.post({"text": f"话{number}"}) for number in range(1_000)))

    answers = [await response.json() for response in responses if response.status == 200]
    assert {response.status for response in responses} <= {200, 429}
    assert len({answer["conversation_id"] for answer in answers}) == len(answers)
    for answer in answers[::100]:
        assert len(await citizen.read(answer["conversation_id"])) == 2


async def test_suggestions_and_the_service_name_come_from_the_data(service: Client) -> None:
    async with service.get(f"{API}/suggestions") as response:
        suggestions = (await response.json())["suggestions"]
    async with service.get(f"{API}/about") as response:
        about = await response.json()

    assert "办公租房申请还要无房证明吗？" in suggestions
    assert about == {"service_name": "免证办", "city_name": "桃源市", "hotline": "12345", "version": "testversion1"}
