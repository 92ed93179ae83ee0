"""Numbers about complaints, over HTTP."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from bot.domain.viewer import Role
from bot.services.clock import SystemClock
from bot.settings import Settings
from bot.storage.complaints import SqlComplaints
from bot.storage.database import open_database
from bot.storage.migrate import upgrade_database
from tests.builders import CIPHER, make_catalogue
from tests.complaint_builders import CALENDAR, list_terms, make_complaint, make_filing
from tests.conftest import Client, ServiceMaker
from tests.journeys.people import arrive
from tests.scripted import script_knowledge


@pytest.fixture
async def city(start_service: ServiceMaker, settings: Settings) -> Client:
    engine = open_database(settings.database_url)
    await upgrade_database(engine)
    last_month = SystemClock().now().replace(day=1) - timedelta(days=3)
    for _ in range(6):
        await SqlComplaints(engine, CIPHER).file(make_filing(make_complaint(filed_at=last_month)))
    await engine.dispose()
    return await start_service(load=lambda: script_knowledge(make_catalogue(terms=list_terms(), calendar=CALENDAR)))


async def test_a_supervisor_sees_who_still_demands_what(city: Client) -> None:
    seen = await arrive(city, Role.SUPERVISOR).get("/desk/supervision")
    assert (seen["filed"], seen["least"]) == (6, 5)
    assert seen["cells"] == [{"unit": "housing", "certificate": "nohouse", "count": 6}]
    assert seen["certificates"] == [{"id": "nohouse", "name": "无房证明"}]
    assert seen["ratings"][0]["label"] == "非常满意"
    empty = await arrive(city, Role.SUPERVISOR).get("/desk/supervision", **{"from": "2020-01-01", "to": "2020-01-31"})
    assert (empty["filed"], empty["cells"], empty["satisfied_share"]) == (0, [], None)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SUPERVISOR])
async def test_nobody_else_sees_it(city: Client, role: Role) -> None:
    assert await arrive(city, role).refused("GET", "/desk/supervision") == 403


@pytest.mark.parametrize(
    "query",
    [
        {"from": "2026-02-01", "to": "2026-01-01"},
        {"from": "2020-01-01", "to": "2026-01-01"},
        {"to": "9999-12-31"},
        {"to": "0001-01-01"},
        {"from": "x"},
    ],
)
async def test_a_bad_period_is_refused(city: Client, query: dict[str, str]) -> None:
    assert (await arrive(city, Role.SUPERVISOR).call("GET", "/desk/supervision", **query)).status == 422


async def test_everybody_reads_the_months_that_are_over(city: Client) -> None:
    index = await (await city.get("/open-data")).json()
    urls: Sequence[str] = [file["url"] for file in index["files"]]
    assert len(urls) == 1
    response = await city.get(urls[0])
    assert (response.status, response.content_type) == (200, "text/csv")
    text = (await response.read()).decode("utf-8-sig")
    assert text.splitlines()[0] == "month,indicator,name,unit,group,value"
    assert "complaints_filed,登记件数,住房局,无房证明,6" in text


async def test_a_month_that_is_not_over_says_when_it_will_be_there(city: Client) -> None:
    month = f"{SystemClock().now():%Y-%m}"
    response = await city.get(f"/open-data/complaints-{month}.csv")
    assert response.status == 404
    assert "还没有结束" in (await response.json(content_type="application/problem+json"))["detail"]
