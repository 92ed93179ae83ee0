"""An operator takes a complaint for a caller, and a supervisor sees to letters that were given up, over HTTP."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from bot.domain.filing import Letter
from bot.domain.identifiers import new_id
from bot.domain.viewer import Role
from bot.services.clock import SystemClock
from bot.settings import Settings
from bot.storage.cipher import Cipher
from bot.storage.complaint_rows import row_of_letter
from bot.storage.database import open_database
from bot.storage.tables import AUDIT, OUTBOX
from tests.conftest import Client, ServiceMaker
from tests.journeys.people import arrive
from tests.real import load_real_knowledge

STORY = "昨天上午段塘街道便民服务中心，我给我妈办高龄津贴，窗口非要我去社区开健在证明，电话13900001234"


@pytest.fixture
async def city(start_service: ServiceMaker) -> Client:
    """The service on the real catalogue."""
    return await start_service(load=load_real_knowledge)


async def test_a_callers_story_fills_the_slots_and_tells_the_breach(city: Client) -> None:
    operator = arrive(city, Role.OPERATOR)
    read = await operator.post("/desk/readings", {"story": STORY})
    assert (read["unit_id"], read["matter_id"], read["certificate_ids"]) == ("t-duantang", "mz-age", ["alive"])
    yesterday = SystemClock().now().date() - timedelta(days=1)
    assert (read["happened_on"], read["time_told"], read["phone"]) == (yesterday.isoformat(), "上午", "13900001234")
    assert read["lawful"] is False
    assert read["article20"][0] in {2, 5}
    assert read["explanation"]


async def test_what_a_caller_tells_is_not_kept(city: Client, settings: Settings) -> None:
    await arrive(city, Role.OPERATOR).post("/desk/readings", {"story": STORY})
    files = [path.read_bytes() for path in _files_of(settings)]
    assert files
    assert not any("健在证明".encode() in content or b"13900001234" in content for content in files)


@pytest.mark.parametrize("role", [Role.CITIZEN, Role.HANDLER, Role.STAFF])
async def test_only_those_who_take_complaints_read_stories(city: Client, role: Role) -> None:
    person = arrive(city, role, "housing" if role is Role.HANDLER else None)
    assert await person.refused("POST", "/desk/readings", {"story": STORY}) == 403


@pytest.mark.parametrize("body", [{}, {"story": "长" * 2_001}, {"story": 5}])
async def test_what_is_no_story_is_refused(city: Client, body: dict[str, object]) -> None:
    assert await arrive(city, Role.OPERATOR).refused("POST", "/desk/readings", body) == 422


async def test_a_complaint_is_filed_as_it_was_read_and_the_same_is_offered_to_join(city: Client) -> None:
    operator = arrive(city, Role.OPERATOR)
    read = await operator.post("/desk/readings", {"story": STORY})
    told = {name: read[name] for name in ("unit_id", "matter_id", "certificate_ids", "happened_on", "phone")}
    first = await operator.post("/desk/complaints", {"story": STORY, **told})
    detail = await operator.get(f"/desk/complaints/{first['number']}")
    assert detail["evidence"]["explanation"] == read["explanation"]
    second = await operator.post("/desk/complaints", {"story": STORY, **told})
    assert (second["number"], second["duplicate"]["number"]) == (None, first["number"])


async def test_names_are_there_to_choose_from(city: Client) -> None:
    names = await arrive(city, Role.HANDLER, "minzheng").get("/desk/names")
    assert {"id": "t-gaoqiao", "name": "高桥镇"} in names["units"]
    assert {"id": "mz-marry", "name": "结婚登记"} in names["matters"]
    assert len(names["certificates"]) > 100
    assert await arrive(city, Role.CITIZEN).refused("GET", "/desk/names") == 403


async def test_a_letter_that_was_given_up_is_seen_and_sent_again_by_the_supervisor_only(
    city: Client, settings: Settings
) -> None:
    letter_id = await _give_up(settings)
    supervisor = arrive(city, Role.SUPERVISOR)
    (dead,) = (await supervisor.get("/desk/letters"))["letters"]
    assert (dead["id"], dead["topic"], dead["last_error"]) == (letter_id, "hotline.file", "12345没有接受")
    assert "13900001234" not in str(dead)
    assert await arrive(city, Role.OPERATOR).refused("GET", "/desk/letters") == 403
    assert await arrive(city, Role.OPERATOR).refused("POST", f"/desk/letters/{letter_id}/retry") == 403

    response = await supervisor.call("POST", f"/desk/letters/{letter_id}/retry")
    assert response.status == 204
    assert (await supervisor.get("/desk/letters"))["letters"] == []
    assert await supervisor.refused("POST", f"/desk/letters/{letter_id}/retry") == 404
    assert await _read_audit(settings, supervisor.viewer.id) == ["retry-letter", "retry-letter"]


@pytest.mark.parametrize("role", [Role.CITIZEN, Role.OPERATOR, Role.HANDLER, Role.STAFF])
async def test_letters_are_the_supervisors_business(city: Client, role: Role) -> None:
    stranger = arrive(city, role, "t-duantang" if role is Role.HANDLER else None)
    assert await stranger.refused("GET", "/desk/letters") == 403
    assert await stranger.refused("POST", "/desk/letters/any/retry") == 403


async def _give_up(settings: Settings) -> str:
    letter = Letter(id=new_id(), topic="hotline.file", subject_id="c1", key=new_id(), body='{"phone": "13900001234"}')
    row = row_of_letter(letter, SystemClock().now(), Cipher(settings.data_keys))
    engine = open_database(settings.database_url)
    async with engine.begin() as connection:
        await connection.execute(insert(OUTBOX), row | {"state": "dead", "last_error": "12345没有接受"})
    await engine.dispose()
    return letter.id


async def _read_audit(settings: Settings, actor: str) -> list[str]:
    engine = open_database(settings.database_url)
    async with engine.connect() as connection:
        rows = (await connection.execute(select(AUDIT.c.action).where(AUDIT.c.actor_id == actor))).scalars().all()
    await engine.dispose()
    return list(rows)


def _files_of(settings: Settings) -> list[Path]:
    database = Path(settings.database_url.removeprefix("sqlite:///"))
    return [path for path in database.parent.glob(f"{database.name}*") if path.is_file()]
