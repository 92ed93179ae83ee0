"""Complaints from the filing to the last word, over HTTP."""

import logging
from pathlib import Path
from typing import Any

import pytest

from bot.domain.viewer import Role
from bot.settings import Settings
from tests.builders import make_catalogue
from tests.complaint_builders import CALENDAR, NAME, PHONE, STORY, list_terms
from tests.conftest import Client, ServiceMaker
from tests.journeys.people import Person, arrive, tell_complaint
from tests.scripted import script_knowledge


@pytest.fixture
async def city(start_service: ServiceMaker) -> Client:
    """The service of a city with a policy table."""
    return await start_service(load=lambda: script_knowledge(make_catalogue(terms=list_terms(), calendar=CALENDAR)))


@pytest.fixture
def citizen(city: Client) -> Person:
    return arrive(city, Role.CITIZEN)


@pytest.fixture
def operator(city: Client) -> Person:
    return arrive(city, Role.OPERATOR)


@pytest.fixture
def handler(city: Client) -> Person:
    return arrive(city, Role.HANDLER, "housing")


@pytest.fixture
def supervisor(city: Client) -> Person:
    return arrive(city, Role.SUPERVISOR)


async def _dispatch(operator: Person, number: str) -> None:
    await operator.move(number, "accept")
    await operator.move(number, "dispatch", unit_id="housing")


async def _answer(operator: Person, handler: Person, number: str) -> None:
    await _dispatch(operator, number)
    await handler.move(number, "start")
    await handler.move(number, "answer", text="已经纠正，向您致歉", outcome="solved")


async def test_from_the_filing_over_two_returns_and_a_decision_to_a_poor_rating_and_its_review(
    citizen: Person, operator: Person, handler: Person, supervisor: Person
) -> None:
    number = await citizen.file()
    seen = await citizen.get(f"/complaints/{number}")
    assert (seen["state"], seen["state_label"], seen["is_accepted"]) == ("recorded", "已登记", False)
    assert seen["due_at"]

    await operator.move(number, "accept")
    for _ in range(2):
        unit = {"unit_id": "housing", "text": "裁定由你单位办"} if _ else {"unit_id": "housing"}
        await operator.move(number, "dispatch", **unit)
        await handler.move(number, "return", text="不是我们的窗口")
    # The operator's routing has failed twice; a supervisor decides, and the unit may not return it again.
    refused = await operator.get(f"/desk/complaints/{number}")
    assert "dispatch" not in [move["move"] for move in refused["moves"]]
    await supervisor.move(number, "reassign", unit_id="housing", text="裁定由住房局办理")
    detail = await handler.get(f"/desk/complaints/{number}")
    assert "return" not in [move["move"] for move in detail["moves"]]

    await handler.move(number, "answer", text="已经纠正", outcome="solved")
    await operator.move(number, "close")
    rated = await citizen.post(f"/complaints/{number}/rating", {"rating": 1, "text": "还是不行"})
    assert (rated["state"], rated["rating"]) == ("rated", 1)

    [row] = (await supervisor.get("/desk/complaints", poor_rating="true"))["complaints"]
    assert (row["number"], row["is_escalated"]) == (number, True)
    assert row["due_at"]
    reviewed = await supervisor.move(number, "follow_up", text="已核实，责令整改")
    assert (reviewed["summary"]["state"], reviewed["summary"]["rating"]) == ("followed_up", 1)
    texts = [line["text"] for line in (await citizen.get(f"/complaints/{number}"))["timeline"]]
    assert texts[-1] == "已核实，责令整改"


async def test_reopening_reaches_the_handler_with_a_new_term(
    citizen: Person, operator: Person, handler: Person
) -> None:
    number = await citizen.file()
    await _answer(operator, handler, number)
    reopened = await citizen.post(f"/complaints/{number}/reopening", {"text": "今天又要了"})
    assert reopened["state"] == "handling"
    assert "重办" in reopened["due_rule"] or "答复" in reopened["due_rule"]
    [row] = (await handler.get("/desk/complaints", state="handling"))["complaints"]
    assert (row["number"], row["reopened"]) == (number, 1)


async def test_urging_adding_and_withdrawing(citizen: Person, operator: Person) -> None:
    number = await citizen.file()
    await citizen.post(f"/complaints/{number}/urge")
    await citizen.post(f"/complaints/{number}/additions", {"text": f"我的电话换了，{PHONE}"})
    detail = await operator.get(f"/desk/complaints/{number}")
    assert detail["summary"]["urged"] == 1
    assert PHONE not in detail["timeline"][-1]["text"]
    assert (await citizen.post(f"/complaints/{number}/withdrawal"))["state"] == "withdrawn"
    assert await citizen.refused("POST", f"/complaints/{number}/urge", {}) == 409


async def test_one_like_it_is_offered_and_joining_hears_its_answer(
    city: Client, citizen: Person, operator: Person, handler: Person
) -> None:
    first = await citizen.file()
    neighbour = arrive(city, Role.CITIZEN)
    offer = await neighbour.post("/complaints", tell_complaint(declines_join=False, phone="13800005678"))
    assert (offer["number"], offer["duplicate"]["number"], offer["duplicate"]["is_own"]) == (None, first, False)

    joined = await neighbour.post("/complaints", tell_complaint(joins=first, phone="13800005678"))
    assert joined["joined"] == first
    assert joined["number"] != first
    assert (await operator.get(f"/desk/complaints/{first}"))["followers"] == [joined["number"]]

    await _answer(operator, handler, first)
    heard = await neighbour.get(f"/complaints/{joined['number']}")
    assert (heard["state"], heard["outcome"]) == ("answered", "已解决")
    assert "已经纠正，向您致歉" in [line["text"] for line in heard["timeline"]]


async def test_number_and_phone_open_a_complaint_on_another_device(city: Client, citizen: Person) -> None:
    number = await citizen.file()
    elsewhere = arrive(city, Role.CITIZEN)
    assert await elsewhere.refused("GET", f"/complaints/{number}") == 404
    assert await elsewhere.refused("POST", "/complaints/lookup", {"number": number, "phone": "13900001235"}) == 404
    found = await elsewhere.post("/complaints/lookup", {"number": number, "phone": PHONE})
    assert found["number"] == number
    urged = await elsewhere.post(f"/complaints/{number}/urge", {"phone": PHONE})
    assert urged["timeline"][-1]["label"] == "催办"
    assert PHONE not in str(found) + str(urged)


async def test_guessing_a_phone_is_stopped(city: Client, citizen: Person) -> None:
    number = await citizen.file()
    guesser = arrive(city, Role.CITIZEN)
    statuses = [
        await guesser.refused("POST", "/complaints/lookup", {"number": number, "phone": f"1390000{guess:04d}"})
        for guess in range(12)
    ]
    assert statuses[0] == 404
    assert statuses[-1] == 429


async def test_a_complaint_is_taken_for_a_caller(operator: Person, city: Client) -> None:
    number = await operator.file("/desk/complaints")
    detail = await operator.get(f"/desk/complaints/{number}")
    assert detail["summary"]["channel"] == "desk"
    assert detail["timeline"][0]["actor"] == "operator"
    caller = arrive(city, Role.CITIZEN)
    assert (await caller.post("/complaints/lookup", {"number": number, "phone": PHONE}))["number"] == number


async def test_contact_is_masked_until_somebody_says_why(citizen: Person, operator: Person) -> None:
    number = await citizen.file(story=f"{STORY}，打我电话{PHONE}")
    listed = await operator.get("/desk/complaints")
    detail = await operator.get(f"/desk/complaints/{number}")
    assert PHONE not in str(listed) + str(detail)
    assert NAME not in str(listed) + str(detail)
    assert (detail["summary"]["phone"], detail["name"]) == ("139****34", "王**")
    assert await operator.refused("POST", f"/desk/complaints/{number}/reveal", {"field": "phone", "reason": " "}) == 422
    shown = await operator.post(f"/desk/complaints/{number}/reveal", {"field": "phone", "reason": "回电核实"})
    assert shown == {"field": "phone", "value": PHONE}


@pytest.mark.parametrize(("protection", "status"), [("hidden", 403), ("open", 200), ("anonymous", 403)])
async def test_the_unit_learns_who_complained_only_where_the_citizen_is_open_about_it(
    citizen: Person, operator: Person, handler: Person, protection: str, status: int
) -> None:
    number = await citizen.file(protection=protection)
    await _dispatch(operator, number)
    detail = await handler.get(f"/desk/complaints/{number}")
    is_open = status == 200
    assert bool(detail["summary"]["phone"]) is is_open
    assert detail["secrets"] == (["name", "phone"] if is_open else [])
    body = {"field": "name", "reason": "联系当事人"}
    response = await handler.call("POST", f"/desk/complaints/{number}/reveal", body)
    assert response.status == status


async def test_a_handler_sees_and_touches_nothing_of_another_unit(
    city: Client, citizen: Person, operator: Person
) -> None:
    number = await citizen.file()
    await _dispatch(operator, number)
    stranger = arrive(city, Role.HANDLER, "police")
    assert (await stranger.get("/desk/complaints"))["complaints"] == []
    assert await stranger.refused("GET", f"/desk/complaints/{number}") == 404
    body = {"move": "start", "version": 3}
    assert await stranger.refused("POST", f"/desk/complaints/{number}/moves", body) == 404
    reveal = {"field": "name", "reason": "想看一看"}
    assert await stranger.refused("POST", f"/desk/complaints/{number}/reveal", reveal) == 404


MATRIX: dict[tuple[str, str], set[Role]] = {
    ("GET", "/desk/complaints"): {Role.OPERATOR, Role.HANDLER, Role.SUPERVISOR},
    ("POST", "/desk/complaints"): {Role.OPERATOR, Role.SUPERVISOR},
    ("GET", "/desk/complaints/{number}"): {Role.OPERATOR, Role.HANDLER, Role.SUPERVISOR},
    ("POST", "/desk/complaints/{number}/moves"): {Role.OPERATOR, Role.HANDLER, Role.SUPERVISOR},
    ("POST", "/desk/complaints/{number}/reveal"): {Role.OPERATOR, Role.HANDLER, Role.SUPERVISOR},
    ("GET", "/desk/terms"): {Role.OPERATOR, Role.HANDLER, Role.STAFF, Role.SUPERVISOR},
}


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize(("method", "path"), list(MATRIX))
async def test_each_address_is_open_to_its_roles_only(city: Client, method: str, path: str, role: Role) -> None:
    person = arrive(city, role, "housing" if role is Role.HANDLER else None)
    response = await person.call(method, path.format(number="TS26-4821-7730-5916"), {} if method == "POST" else None)
    assert (response.status != 403) == (role in MATRIX[method, path])
    nobody = await city.request(method, "/api/v1" + path.format(number="x"))
    assert nobody.status == 401


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"unit_id": "nowhere"}, "unit_id"),
        ({"matter_id": "nothing"}, "matter_id"),
        ({"certificate_ids": ["nothing"]}, "certificate_ids"),
        ({"happened_on": "2099-01-01"}, "happened_on"),
        ({"happened_on": "1999-01-01"}, "happened_on"),
        ({"story": " "}, "story"),
        ({"phone": ""}, "phone"),
        ({"phone": "abc"}, "phone"),
        ({"protection": "secret"}, "protection"),
        ({"story": "长" * 2_001}, "story"),
    ],
)
async def test_what_makes_no_sense_is_refused_and_nothing_is_stored(
    citizen: Person, given: dict[str, Any], field: str
) -> None:
    response = await citizen.call("POST", "/complaints", tell_complaint(**given))
    problem = await response.json(content_type="application/problem+json")
    assert response.status == 422
    assert field in problem["fields"]
    assert (await citizen.get("/complaints"))["complaints"] == []


async def test_two_people_who_move_at_once_do_not_overwrite_each_other(citizen: Person, operator: Person) -> None:
    number = await citizen.file()
    body = {"move": "accept", "version": 1}
    await operator.post(f"/desk/complaints/{number}/moves", body)
    assert await operator.refused("POST", f"/desk/complaints/{number}/moves", body) == 409


async def test_a_note_is_kept_whatever_others_did_meanwhile(citizen: Person, operator: Person) -> None:
    number = await citizen.file()
    await operator.move(number, "accept")
    note = {"move": "note", "version": 1, "text": "已和街道沟通"}
    await operator.post(f"/desk/complaints/{number}/moves", note)
    assert "已和街道沟通" in str(await operator.get(f"/desk/complaints/{number}"))


@pytest.mark.parametrize(
    "query", [{"state": "lost"}, {"before": "x"}, {"limit": 0}, {"filed_from": "9999-12-31"}, {"due": "never"}]
)
async def test_a_bad_filter_is_refused(operator: Person, query: dict[str, Any]) -> None:
    assert (await operator.call("GET", "/desk/complaints", **query)).status == 422


async def test_the_policy_table_says_which_figures_are_unconfirmed(operator: Person) -> None:
    terms = (await operator.get("/desk/terms"))["terms"]
    answer = next(term for term in terms if term["step"] == "answer" and term["applies_to"] == "any")
    assert (answer["amount"], answer["unit"], answer["is_default"]) == (5, "个工作日", True)


async def test_nothing_personal_lies_open_in_the_database_or_the_log(
    citizen: Person,
    operator: Person,
    handler: Person,
    settings: Settings,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    number = await citizen.file(place="三号窗口旁边")
    await citizen.post(f"/complaints/{number}/additions", {"text": "补充的话也要保密"})
    await _answer(operator, handler, number)
    await operator.post(f"/desk/complaints/{number}/reveal", {"field": "phone", "reason": "回电核实"})
    stored = b"".join(path.read_bytes() for path in tmp_path.glob("test.db*"))
    assert number.encode() in stored
    for secret in (PHONE, NAME, STORY, "三号窗口旁边", "补充的话也要保密"):
        assert secret.encode() not in stored
        assert secret not in caplog.text


async def test_who_is_connected_hears_of_it_at_once(city: Client, citizen: Person, operator: Person) -> None:
    number = await citizen.file()
    async with city.ws_connect("/api/v1/chat/ws", headers=citizen.headers) as socket:
        assert (await socket.receive_json())["type"] == "ready"
        await operator.move(number, "accept")
        notice = await socket.receive_json(timeout=20)
    assert (notice["type"], notice["number"], notice["state"]) == ("notice", number, "accepted")
    assert notice["text"] == f"{number}：已受理"
