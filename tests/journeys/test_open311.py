"""Other civic programs file complaints and look at them by GeoReport v2."""

import asyncio
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree as Xml

import msgspec
import pytest
from aiohttp import ClientSession

from bot.domain.filing import Letter
from bot.domain.hotline import FILE_TOPIC, HotlineOrder, HotlineStatus
from bot.domain.viewer import Role
from bot.services.clock import SystemClock
from bot.settings import Settings
from integrations.hotline_12345.open311 import Open311Hotline
from integrations.transport import SystemRefusedError, Transport
from tests.builders import NOON, make_catalogue
from tests.complaint_builders import CALENDAR, NAME, PHONE, STORY, list_terms
from tests.conftest import Client, ServiceMaker
from tests.journeys.people import arrive
from tests.scripted import script_knowledge

BASE = "/open311/v2"
KEY = "a-key-of-a-civic-program"
OTHER_KEY = "a-key-of-another-program"
POST = {
    "api_key": KEY,
    "service_code": "certificate-demand",
    "description": STORY,
    "attribute[unit]": "住房局",
    "attribute[matter]": "rent",
    "attribute[certificate]": "无房证明",
    "attribute[date]": "2026-11-18",
    "address_id": "330203",
    "first_name": NAME,
    "phone": PHONE,
}


@pytest.fixture
async def city(start_service: ServiceMaker, settings: Settings) -> Client:
    catalogue = make_catalogue(terms=list_terms(), calendar=CALENDAR)
    keyed = replace(settings, open311_keys={"fixit": KEY, "other": OTHER_KEY})
    return await start_service(keyed, load=lambda: script_knowledge(catalogue))


async def _post(city: Client, form: str = "json", **changed: str) -> Any:
    return await city.post(f"{BASE}/requests.{form}", data=POST | changed)


async def _file(city: Client, **changed: str) -> str:
    response = await _post(city, **changed)
    assert response.status == 201, await response.text()
    created: list[dict[str, str]] = await response.json()
    return created[0]["service_request_id"]


async def _look(city: Client, path: str, **query: str) -> Any:
    response = await city.get(f"{BASE}/{path}", params=query)
    assert response.status == 200, await response.text()
    return await response.json()


async def _find_number(city: Client) -> str:
    listed = await arrive(city, Role.SUPERVISOR).get("/desk/complaints")
    number: str = listed["complaints"][0]["number"]
    return number


async def test_the_service_is_described_with_the_values_of_the_catalogue(city: Client) -> None:
    (service,) = await _look(city, "services.json")
    assert (service["service_code"], service["metadata"]) == ("certificate-demand", True)
    definition = await _look(city, "services/certificate-demand.json")
    attributes = {attribute["code"]: attribute for attribute in definition["attributes"]}
    assert attributes["unit"]["required"] is True
    assert {"key": "nohouse", "name": "无房证明"} in attributes["certificate"]["values"]

    xml = Xml.fromstring(await (await city.get(f"{BASE}/services/certificate-demand.xml")).text())
    assert xml.tag == "service_definition"
    assert xml.findtext("attributes/attribute/code") == "unit"
    assert xml.findtext("attributes/attribute/values/value/key") == "housing"


async def test_a_filed_request_is_seen_without_anything_that_was_told(city: Client) -> None:
    request_id = await _file(city)
    (seen,) = await _look(city, f"requests/{request_id}.json")
    assert (seen["status"], seen["extended_status"]) == ("open", "OPEN")
    assert seen["description"] == "住房局：办公租房申请要无房证明"
    assert seen["requested_datetime"].endswith("+08:00")
    number = await _find_number(city)
    for path in (f"requests/{request_id}.json", "requests.json", "requests.xml"):
        shown = await (await city.get(f"{BASE}/{path}")).text()
        assert request_id in shown
        for secret in (NAME, PHONE, STORY, number):
            assert secret not in shown
    detail = await arrive(city, Role.OPERATOR).get(f"/desk/complaints/{number}")
    assert (detail["summary"]["channel"], detail["story"]) == ("open311", STORY)
    (redeemed,) = await _look(city, f"tokens/{number}.json")
    assert redeemed == {"service_request_id": request_id, "token": number}


async def test_xml_says_the_same(city: Client) -> None:
    response = await _post(city, "xml")
    assert (response.status, response.content_type, response.charset) == (201, "text/xml", "utf-8")
    created = Xml.fromstring(await response.text())
    request_id = created.findtext("request/service_request_id")
    seen = Xml.fromstring(await (await city.get(f"{BASE}/requests/{request_id}.xml")).text())
    assert seen.tag == "service_requests"
    assert seen.findtext("request/service_request_id") == request_id
    assert seen.findtext("request/agency_responsible") == ""


async def test_the_same_request_again_is_the_same_complaint_even_at_once(city: Client) -> None:
    ids = await asyncio.gather(*(_file(city, account_id="r-1") for _ in range(5)))
    assert len(set(ids)) == 1
    assert await _file(city, account_id="r-1") == ids[0]
    others = {
        await _file(city, account_id="r-2"),
        await _file(city, account_id="r-1", api_key=OTHER_KEY),
        await _file(city, account_id="r-1", description="又要了一次"),
    }
    assert len(others | set(ids)) == 4


async def test_lists_are_filtered(city: Client) -> None:
    first, second = await _file(city), await _file(city, description="又要了一次")
    operator = arrive(city, Role.OPERATOR)
    number = await _find_number(city)
    await operator.move(number, "refuse", text="不归这里管")
    assert [each["service_request_id"] for each in await _look(city, "requests.json")] == [second, first]
    (closed,) = await _look(city, "requests.json", status="closed")
    assert (closed["service_request_id"], closed["extended_status"]) == (second, "NOT_COUNCILS_RESPONSIBILITY")
    assert len(await _look(city, "requests.json", status="open,closed")) == 2
    named = await _look(city, "requests.json", service_request_id=f"{first},nonsense", start_date="2001-01-01")
    assert [each["service_request_id"] for each in named] == [first]
    assert await _look(city, "requests.json", end_date="2020-01-01T00:00:00Z") == []


async def test_what_was_withdrawn_is_not_public(city: Client) -> None:
    citizen = arrive(city, Role.CITIZEN)
    await _file(city)
    kept = await _look(city, "requests.json")
    number = await citizen.file()
    assert len(await _look(city, "requests.json")) == 2
    await citizen.post(f"/complaints/{number}/withdrawal")
    assert await _look(city, "requests.json") == kept
    assert (await city.get(f"{BASE}/tokens/{number}.json")).status == 404


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"api_key": ""}, 403),
        ({"api_key": "a-key-of-nobody"}, 403),
        ({"service_code": ""}, 400),
        ({"service_code": "pothole"}, 404),
        ({"jurisdiction_id": "boston.gov"}, 404),
        ({"description": ""}, 400),
        ({"description": "长" * 2_001}, 400),
        ({"attribute[unit]": ""}, 400),
        ({"attribute[date]": "2026-13-40"}, 400),
        ({"attribute[date]": "2199-01-01"}, 400),
        ({"attribute[protection]": "secret"}, 400),
        ({"phone": "<script>"}, 400),
        ({"attribute[certificate]": "、".join(map(str, range(21)))}, 400),
        ({"description": "长" * 70_000}, 400),
    ],
)
@pytest.mark.parametrize("form", ["json", "xml"])
async def test_a_bad_request_is_refused_in_the_format_asked_for(
    city: Client, changed: dict[str, str], status: int, form: str
) -> None:
    response = await _post(city, form, **changed)
    assert response.status == status
    if form == "json":
        errors = await response.json()
        assert errors[0]["code"] == status
        assert errors[0]["description"]
    else:
        error = Xml.fromstring(await response.text())
        assert (error.tag, error.findtext("error/code")) == ("errors", str(status))
    assert await _look(city, "requests.json") == []


@pytest.mark.parametrize(
    ("path", "query", "status"),
    [
        ("services/pothole", {}, 404),
        ("services", {"jurisdiction_id": "boston.gov"}, 404),
        ("requests/0123456789abcdef0123456789abcdef", {}, 404),
        ("requests/%00", {}, 404),
        ("tokens/TS26-0000-0000-0000", {}, 404),
        ("requests", {"status": "lost"}, 400),
        ("requests", {"service_code": "pothole"}, 404),
        ("requests", {"start_date": "yesterday"}, 400),
        ("requests", {"start_date": "0001-01-01T00:00:00+14:00"}, 400),
        ("requests", {"start_date": "2026-01-01", "end_date": "2026-06-01"}, 400),
    ],
)
async def test_a_bad_look_is_refused(city: Client, path: str, query: dict[str, str], status: int) -> None:
    response = await city.get(f"{BASE}/{path}.json", params=query)
    assert (response.status, (await response.json())[0]["code"]) == (status, status)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"description=%FF%FE", "application/x-www-form-urlencoded"),
        (b"&".join(b"a=1" for _ in range(500)), "application/x-www-form-urlencoded"),
        (b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', "text/xml"),
        (b"\xff\x00", "application/x-www-form-urlencoded"),
    ],
)
async def test_hostile_bodies_are_refused(city: Client, body: bytes, kind: str) -> None:
    response = await city.post(f"{BASE}/requests.xml", data=body, headers={"Content-Type": kind})
    assert response.status == 400
    assert Xml.fromstring(await response.text()).tag == "errors"


async def test_what_xml_cannot_hold_does_not_break_it(city: Client) -> None:
    response = await _post(city, "xml", account_id="<a>&\x08\ufffe")
    created = Xml.fromstring(await response.text())
    assert created.findtext("request/account_id") == "<a>&\ufffd\ufffd"


async def test_without_keys_nobody_files(start_service: ServiceMaker) -> None:
    city = await start_service()
    assert (await _post(city)).status == 403


async def test_our_own_client_understands_our_server(city: Client) -> None:
    order = HotlineOrder(
        complaint_id="c1",
        number="TS26-4821-7730-5916",
        filed_at=NOON,
        title="住房局：办公租房申请要无房证明",
        description=STORY,
        protection="hidden",
        name=NAME,
        phone=PHONE,
        unit_name="住房局",
        matter_name="公租房申请",
        certificate_names=("无房证明", "收入证明"),
        article20_items=(5,),
    )
    letter = Letter(id="l1", topic=FILE_TOPIC, subject_id="c1", key="c1", body=msgspec.json.encode(order).decode())
    async with ClientSession() as session:
        transport = Transport(session, name="12345", base_url=str(city.make_url(BASE)))
        clock = SystemClock()
        client = Open311Hotline(transport, api_key=KEY, jurisdiction="330203", address_id="330203", clock=clock)
        news = await client.deliver(letter)
        again = await client.deliver(letter)
        assert news is not None
        assert again is not None
        assert news.hotline_number == again.hotline_number
        assert await client.look(order.number, news.hotline_number) is None
        number = await _find_number(city)
        seen = await arrive(city, Role.OPERATOR).get(f"/desk/complaints/{number}")
        assert (seen["matter"], seen["certificates"]) == ("公租房申请", ["无房证明", "收入证明"])
        await arrive(city, Role.OPERATOR).move(number, "refuse", text="不归这里管")
        closed = await client.look(order.number, news.hotline_number)
        assert closed is not None
        assert closed.status is HotlineStatus.ANSWERED
        stranger = Open311Hotline(transport, api_key="nobody", jurisdiction="", address_id="", clock=clock)
        with pytest.raises(SystemRefusedError):
            await stranger.deliver(letter)
