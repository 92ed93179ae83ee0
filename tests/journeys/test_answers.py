"""Citizens ask on the real data over HTTP: given, when, then."""

from typing import Any

import pytest

from tests.conftest import ServiceMaker
from tests.journeys.citizen import Citizen
from tests.real import load_real_knowledge


@pytest.fixture
async def neighbour(start_service: ServiceMaker) -> Citizen:
    """Somebody who talks to the service as it is served in Haishu."""
    return await Citizen.arrive(await start_service(load=load_real_knowledge))


def words_of(answer: dict[str, Any]) -> str:
    return "\n".join(part["text"] for part in answer["reply"])


def part_of(answer: dict[str, Any], kind: str) -> dict[str, Any]:
    return next(part for part in answer["reply"] if part["type"] == kind)


async def test_a_certificate_that_is_spared_comes_with_how_and_on_what_basis(neighbour: Citizen) -> None:
    answer = await neighbour.say("办公租房要无房证明吗")

    understood = answer["understood"]
    assert (understood["intent"], understood["matter"], understood["certificate"]) == (
        "certificate_needed",
        "zjj-rent",
        "nohouse",
    )
    assert understood["verdict"] == "not_needed"
    card = part_of(answer, "verdict")
    assert card["title"].endswith("不用带")
    assert (card["measure"], card["entries"], card["is_sample"]) == ("共享", ["c0450"], True)
    assert any("第九条" in article for article in card["basis"])
    assert "示例数据" in card["text"]


async def test_the_matter_stays_while_the_certificate_changes(neighbour: Citizen) -> None:
    await neighbour.say("办公租房要无房证明吗")

    answer = await neighbour.say("那结婚证呢")

    assert (answer["understood"]["matter"], answer["understood"]["certificate"]) == ("zjj-rent", "marry")


async def test_an_agent_told_later_changes_the_answer(neighbour: Citizen) -> None:
    await neighbour.say("办公租房身份证要带吗")

    answer = await neighbour.say("我替我妈办的")

    assert answer["understood"]["verdict"] == "needed"
    assert "第十二条" in words_of(answer)


async def test_a_matter_can_be_corrected(neighbour: Citizen) -> None:
    await neighbour.say("办公租房身份证要带吗")

    answer = await neighbour.say("不对，是公积金租房提取")

    assert (answer["understood"]["matter"], answer["understood"]["certificate"]) == ("gjj-rent", "id")


async def test_the_second_choice_is_taken(neighbour: Citizen) -> None:
    asked = await neighbour.say("身份证要带吗")
    assert asked["asks"] == "matter"
    second = part_of(asked, "choices")["choices"][1]

    answer = await neighbour.say("第二个")

    assert f"matter:{answer['understood']['matter']}" == second["value"]
    assert answer["understood"]["certificate"] == "id"


async def test_why_and_on_what_basis_are_answered_with_articles(neighbour: Citizen) -> None:
    await neighbour.say("办公租房要无房证明吗")

    why = await neighbour.say("为什么")
    basis = await neighbour.say("依据是什么")

    assert (why["understood"]["intent"], basis["understood"]["intent"]) == ("policy_faq", "policy_faq")
    assert "因为" in words_of(why)
    assert "第九条" in words_of(basis)
    assert "c0450" in words_of(basis)


async def test_if_they_still_demand_it_there_are_words_to_say_and_a_complaint(neighbour: Citizen) -> None:
    await neighbour.say("办公租房要无房证明吗")

    answer = await neighbour.say("他们还是要怎么办")
    complaint = await neighbour.choose("act:complaint")

    assert "可以这样说" in words_of(answer)
    assert "第二十条第五项" in words_of(answer)
    assert (complaint["state"], complaint["understood"]["matter"]) == ("complaint", "zjj-rent")
    assert "12345" in words_of(complaint)


async def test_a_matter_alone_brings_the_whole_list(neighbour: Citizen) -> None:
    answer = await neighbour.say("办低保要带什么材料")

    listed = part_of(answer, "materials")
    assert listed["groups"][0]["verdict"] == "not_needed"
    assert len([item for group in listed["groups"] for item in group["items"]]) == 10


async def test_danger_comes_first_whatever_was_asked(neighbour: Citizen) -> None:
    await neighbour.say("身份证要带吗")

    answer = await neighbour.say("着火了 我家厨房着火了")

    assert answer["understood"]["intent"] == "emergency"
    assert "119" in words_of(answer)
    assert answer["asks"] is None


@pytest.mark.parametrize(
    ("text", "intent", "word"),
    [
        ("我想看下我的电子驾照", "e_license", "浙里办"),
        ("我要投诉", "complaint_file", "12345"),
        ("我上次的投诉办得怎么样了", "complaint_track", "12345"),
        ("转人工", "human", "12345"),
        ("无犯罪记录证明去哪里开", "certificate_obtain", "公安机关"),
        ("红绿灯坏了找谁", "out_of_scope", "帮不上"),
        ("谢谢", "smalltalk", "不客气"),
    ],
)
async def test_everything_else_is_answered_with_the_next_step(
    neighbour: Citizen, text: str, intent: str, word: str
) -> None:
    answer = await neighbour.say(text)

    assert answer["understood"]["intent"] == intent
    assert answer["understood"]["verdict"] is None
    assert word in words_of(answer)
