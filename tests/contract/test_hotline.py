"""Both ways of speaking to 12345, against a server that plays it: what goes over the wire, field by field."""

from collections.abc import AsyncIterator, Callable
from datetime import date, timedelta
from typing import Any

import msgspec
import pytest
from aiohttp import ClientSession, web

from bot.domain.errors import InvalidInputError
from bot.domain.filing import Letter
from bot.domain.hotline import FILE_TOPIC, UPDATE_TOPIC, HotlineOrder, HotlineStatus, HotlineUpdate
from bot.domain.work_order import Move, Outcome
from bot.services.clock import SystemClock
from integrations.hotline_12345.open311 import Open311Hotline
from integrations.hotline_12345.signed_json import SignedJsonHotline, read_news
from integrations.sandbox.app import create_sandbox
from integrations.sandbox.faults import Faults, FaultSwitch
from integrations.sandbox.hotline import SandboxHotline
from integrations.signing import Credentials
from integrations.transport import SystemDownError, SystemRefusedError, Transport
from tests.builders import NOON

NUMBER = "TS26-4821-7730-5916"
CREDENTIALS = Credentials(app="mianzheng", secret="s" * 32)
ORDER = HotlineOrder(
    complaint_id="c1",
    number=NUMBER,
    filed_at=NOON,
    title="段塘街道：办高龄津贴仍要健在证明",
    description="窗口非要我去社区开健在证明",
    protection="hidden",
    name="王小明",
    phone="13900001234",
    wants_callback=True,
    unit_name="段塘街道",
    unit_id="t-duantang",
    matter_id="mz-old",
    certificate_ids=("alive",),
    certificate_names=("健在证明",),
    happened_on=date(2026, 11, 21),
    article20_items=(5,),
    lawful=False,
    evidence=("c0001 高龄津贴 健在证明 共享",),
    version="v1",
)


def _letter(order: HotlineOrder = ORDER, key: str = "c1") -> Letter:
    body = msgspec.json.encode(order).decode()
    return Letter(id=f"l-{key}", topic=FILE_TOPIC, subject_id="c1", key=key, body=body)


def _update(move: Move = Move.ADD, text: str = "他们又要了一次") -> Letter:
    update = HotlineUpdate(complaint_id="c1", number=NUMBER, move=move, at=NOON, text=text)
    body = msgspec.json.encode(update).decode()
    return Letter(id="l-2", topic=UPDATE_TOPIC, subject_id="c1", key="c1:2", body=body)


async def _hurry(_seconds: float) -> None:
    return None


@pytest.fixture
async def session() -> AsyncIterator[ClientSession]:
    async with ClientSession() as session:
        yield session


@pytest.fixture
def switch() -> FaultSwitch:
    return FaultSwitch()


@pytest.fixture
def centre(switch: FaultSwitch) -> SandboxHotline:
    return SandboxHotline(credentials=CREDENTIALS, clock=SystemClock(), switch=switch, callback_url="", script=())


@pytest.fixture
async def gateway(
    centre: SandboxHotline, switch: FaultSwitch, session: ClientSession, aiohttp_server: Callable[..., Any]
) -> SignedJsonHotline:
    server = await aiohttp_server(create_sandbox(switch, centre))
    transport = Transport(session, name="12345", base_url=str(server.make_url("/hotline")), sleep=_hurry)
    return SignedJsonHotline(transport, credentials=CREDENTIALS, clock=SystemClock())


async def test_a_complaint_arrives_with_all_its_evidence(gateway: SignedJsonHotline, centre: SandboxHotline) -> None:
    assert await gateway.deliver(_letter()) is None
    content = centre.orders[NUMBER].content
    assert content["contactPhone"] == "13900001234"
    assert content["callerConfidential"] is True
    assert content["article20Items"] == [5]
    assert content["evidenceRows"] == ["c0001 高龄津贴 健在证明 共享"]
    assert content["incidentDate"] == "2026-11-21"
    assert content["involvedUnit"] == "段塘街道"


async def test_a_complaint_delivered_again_is_one_complaint(gateway: SignedJsonHotline, centre: SandboxHotline) -> None:
    await gateway.deliver(_letter())
    code = centre.orders[NUMBER].code
    await gateway.deliver(_letter())
    assert (len(centre.orders), centre.orders[NUMBER].code) == (1, code)


async def test_an_update_follows_the_complaint(gateway: SignedJsonHotline, centre: SandboxHotline) -> None:
    await gateway.deliver(_letter())
    await gateway.deliver(_update())
    await gateway.deliver(_update())
    assert [update["content"] for update in centre.orders[NUMBER].updates] == ["他们又要了一次"]


async def test_an_answer_that_got_lost_is_harmless(
    gateway: SignedJsonHotline, centre: SandboxHotline, switch: FaultSwitch
) -> None:
    switch.faults = Faults(lose=1.0)
    with pytest.raises(SystemDownError):
        await gateway.deliver(_letter())
    switch.faults = Faults()
    await gateway.deliver(_letter())
    assert len(centre.orders) == 1


async def test_a_forged_message_is_refused(
    centre: SandboxHotline, switch: FaultSwitch, session: ClientSession, aiohttp_server: Callable[..., Any]
) -> None:
    server = await aiohttp_server(create_sandbox(switch, centre))
    transport = Transport(session, name="12345", base_url=str(server.make_url("/hotline")), sleep=_hurry)
    forger = SignedJsonHotline(transport, credentials=Credentials(app="mianzheng", secret="x"), clock=SystemClock())
    with pytest.raises(SystemRefusedError):
        await forger.deliver(_letter())
    assert centre.orders == {}


def _news(**given: Any) -> bytes:
    news = {
        "eventId": "e1",
        "externalNumber": NUMBER,
        "workOrderCode": "NB1",
        "status": "ANSWERED",
        "happenedAt": "2026-11-22T12:00:00+08:00",
        "outcome": "SOLVED",
        "content": "已纠正",
    }
    return msgspec.json.encode(news | given)


def test_news_is_read_into_our_words() -> None:
    news = read_news(_news())
    assert (news.id, news.number, news.hotline_number) == ("e1", NUMBER, "NB1")
    assert (news.status, news.outcome, news.at) == (HotlineStatus.ANSWERED, Outcome.SOLVED, NOON)


@pytest.mark.parametrize(
    "given",
    [{"status": "LOST"}, {"outcome": "GREAT"}, {"happenedAt": "2026-11-22T12:00:00"}, {"happenedAt": "noon"}],
)
def test_news_that_the_field_map_does_not_know_is_refused(given: dict[str, str]) -> None:
    with pytest.raises(InvalidInputError):
        read_news(_news(**given))


class Open311Server:
    """A GeoReport v2 server that gives a number at once or a token first."""

    def __init__(self, *, by_token: bool = False) -> None:
        self.by_token = by_token
        self.posted: list[dict[str, str]] = []
        self.status: dict[str, Any] = {"service_request_id": "311-7", "status": "open"}

    def make_app(self) -> web.Application:
        app = web.Application()
        app.router.add_post("/requests.json", self._take)
        app.router.add_get("/tokens/{token}.json", self._redeem)
        app.router.add_get("/requests/{id}.json", self._show)
        return app

    async def _take(self, request: web.Request) -> web.Response:
        self.posted.append({name: str(value) for name, value in (await request.post()).items()})
        return web.json_response([{"token": "t1"} if self.by_token else {"service_request_id": "311-7"}])

    async def _redeem(self, _request: web.Request) -> web.Response:
        return web.json_response([{"service_request_id": "311-7", "token": "t1"}])

    async def _show(self, _request: web.Request) -> web.Response:
        return web.json_response([self.status])


async def _open311(server: Open311Server, session: ClientSession, aiohttp_server: Callable[..., Any]) -> Open311Hotline:
    running = await aiohttp_server(server.make_app())
    transport = Transport(session, name="12345", base_url=str(running.make_url("/")), sleep=_hurry)
    return Open311Hotline(transport, api_key="key", jurisdiction="haishu", address_id="330203", clock=SystemClock())


@pytest.mark.parametrize("by_token", [False, True])
async def test_a_georeport_server_gives_its_number(
    by_token: bool, session: ClientSession, aiohttp_server: Callable[..., Any]
) -> None:
    server = Open311Server(by_token=by_token)
    gateway = await _open311(server, session, aiohttp_server)
    news = await gateway.deliver(_letter())
    assert news is not None
    assert (news.number, news.hotline_number, news.status) == (NUMBER, "311-7", HotlineStatus.ACCEPTED)
    posted = server.posted[0]
    assert (posted["api_key"], posted["jurisdiction_id"], posted["address_id"]) == ("key", "haishu", "330203")
    assert (posted["description"], posted["phone"]) == ("窗口非要我去社区开健在证明", "13900001234")
    assert (posted["attribute[number]"], posted["attribute[article20]"]) == (NUMBER, "5")


async def test_an_anonymous_complaint_names_nobody(session: ClientSession, aiohttp_server: Callable[..., Any]) -> None:
    server = Open311Server()
    gateway = await _open311(server, session, aiohttp_server)
    await gateway.deliver(_letter(_anonymous()))
    assert {"phone", "first_name"} & server.posted[0].keys() == set()


async def test_a_closed_request_is_an_answer_that_claims_no_solution(
    session: ClientSession, aiohttp_server: Callable[..., Any]
) -> None:
    server = Open311Server()
    gateway = await _open311(server, session, aiohttp_server)
    assert await gateway.look(NUMBER, "311-7") is None
    later = (NOON + timedelta(days=2)).isoformat()
    server.status = {"service_request_id": "311-7", "status": "closed", "updated_datetime": later}
    news = await gateway.look(NUMBER, "311-7")
    assert news is not None
    assert (news.status, news.outcome) == (HotlineStatus.ANSWERED, Outcome.CANNOT_ACT)


def _anonymous() -> HotlineOrder:
    return HotlineOrder(
        complaint_id="c1", number=NUMBER, filed_at=NOON, title="t", description="d", protection="anonymous"
    )
