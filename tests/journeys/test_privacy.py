"""What people may ask for about their own data, over HTTP."""

from pathlib import Path

import pytest
from sqlalchemy import update

from bot.domain.viewer import Role
from bot.settings import Settings
from bot.storage.database import open_database
from bot.storage.tables import OUTBOX
from tests.builders import NOON
from tests.complaint_builders import NAME, PHONE, STORY
from tests.conftest import Client
from tests.journeys.citizen import Citizen
from tests.journeys.people import Person, arrive


@pytest.fixture
def person(service: Client) -> Person:
    return arrive(service, Role.CITIZEN)


async def _deliver_letters(settings: Settings) -> None:
    engine = open_database(settings.database_url)
    async with engine.begin() as connection:
        await connection.execute(update(OUTBOX).values(state="delivered", delivered_at=NOON))
    await engine.dispose()


async def test_a_copy_holds_all_that_was_told_and_nothing_of_others(service: Client, person: Person) -> None:
    number = await person.file()
    await arrive(service, Role.CITIZEN).file(story="别人的事")
    await person.post(f"/complaints/{number}/additions", {"text": "还有一句"})

    own = await person.get("/me/data")

    [complaint] = own["complaints"]
    assert (complaint["number"], complaint["story"], complaint["name"], complaint["phone"]) == (
        number,
        STORY,
        NAME,
        PHONE,
    )
    assert complaint["timeline"][-1]["text"] == "还有一句"


async def test_a_copy_holds_what_was_said_in_the_chat(service: Client) -> None:
    citizen = await Citizen.arrive(service)
    await citizen.say("办公租房要无房证明吗")
    async with service.get("/api/v1/me/data", headers=citizen.headers) as response:
        own = await response.json()
    [conversation] = own["conversations"]
    assert conversation["id"] == citizen.conversation_id
    assert conversation["messages"][0]["text"] == "办公租房要无房证明吗"


async def test_what_is_still_worked_on_is_not_erased_and_the_reason_is_said(
    service: Client, person: Person, settings: Settings
) -> None:
    number = await person.file()
    await _deliver_letters(settings)
    response = await person.call("DELETE", f"/complaints/{number}/personal-data")
    problem = await response.json(content_type="application/problem+json")
    assert (response.status, problem["code"]) == (409, "still-in-use")
    assert "还在办理" in problem["detail"]
    assert (await person.get("/me/data"))["complaints"][0]["story"] == STORY


async def test_what_is_over_is_erased_on_request_and_still_counted(
    service: Client, person: Person, settings: Settings, tmp_path: Path
) -> None:
    number = await person.file()
    await person.post(f"/complaints/{number}/withdrawal")
    assert await person.refused("DELETE", f"/complaints/{number}/personal-data") == 409
    await _deliver_letters(settings)

    assert await (await person.call("DELETE", f"/complaints/{number}/personal-data")).json() == {"status": "erased"}

    [complaint] = (await person.get("/me/data"))["complaints"]
    assert (complaint["story"], complaint["name"], complaint["phone"]) == ("", "", "")
    shown = await person.get(f"/complaints/{number}")
    assert (shown["state"], shown["moves"]) == ("withdrawn", [])
    detail = await arrive(service, Role.SUPERVISOR).get(f"/desk/complaints/{number}")
    assert (detail["is_erased"], detail["summary"]["article20"]) == (True, [5])
    assert await person.refused("POST", f"/complaints/{number}/reopening", {"text": "再来"}) == 409


async def test_nobody_erases_anothers_data(service: Client, person: Person) -> None:
    number = await person.file()
    stranger = arrive(service, Role.CITIZEN)
    assert await stranger.refused("DELETE", f"/complaints/{number}/personal-data") == 404
