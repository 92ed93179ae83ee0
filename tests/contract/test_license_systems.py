"""Logins, licences and verification over the wire: signatures, recorded answers, the sandbox, outages, wrong clocks."""

import json
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from aiohttp import ClientSession

from bot.domain.e_license import Provider, agree
from bot.domain.errors import ForbiddenError, InvalidInputError, NotFoundError, UnauthenticatedError, UnavailableError
from bot.domain.filing import Letter
from bot.domain.identity import IdentityKind, IdentityLevel
from bot.domain.verification_news import (
    REQUEST_TOPIC,
    UPDATE_TOPIC,
    VerificationNews,
    VerificationOrder,
    VerificationStatus,
)
from bot.domain.watermark import SealKind
from integrations import irs_gateway
from integrations.e_license.ala_police import AlaPoliceLicenses
from integrations.e_license.field_map import NATIONAL, REGIONAL, translate_fields
from integrations.e_license.sharing_platform import SharingPlatformLicenses, SharingPlatformTrust
from integrations.e_license.zheliban import ZhelibanLicenses
from integrations.identity.zheliban import ZhelibanLogin, read_identity
from integrations.identity.zheliban_older import ZhelibanOlderLogin, sign_form
from integrations.irs_gateway import IrsGateway
from integrations.sandbox.app import create_sandbox
from integrations.sandbox.faults import Faults, FaultSwitch
from integrations.sandbox.license_parts import LicenseParts, make_license_parts
from integrations.sandbox.people import BY_ID
from integrations.signed_link import check_link, sign_link
from integrations.signing import Credentials, SignatureRefusedError, sign_message
from integrations.transport import Transport
from integrations.verification_platform.signed_json import NewsReader, SignedJsonVerification
from tests.builders import NOON, SetClock
from tests.license_builders import HOLDER, make_consent, make_request

RECORDED = json.loads(Path("tests/data/licences/recorded.json").read_text("utf-8"))
CREDENTIALS = Credentials(app="mianzheng", secret="s" * 32)
WANG = BY_ID["wang"]


async def _hurry(_seconds: float) -> None:
    return None


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def switch() -> FaultSwitch:
    return FaultSwitch()


@pytest.fixture
def parts(clock: SetClock, switch: FaultSwitch) -> LicenseParts:
    return make_license_parts(
        zheliban_credentials=CREDENTIALS,
        ala_police_credentials=CREDENTIALS,
        verification_credentials=CREDENTIALS,
        clock=clock,
        switch=switch,
        callback_url="",
    )


@pytest.fixture
async def connect(
    parts: LicenseParts, switch: FaultSwitch, aiohttp_server: Callable[..., Any]
) -> AsyncIterator[Callable[[str], Transport]]:
    server = await aiohttp_server(create_sandbox(switch, *parts.parts))
    async with ClientSession() as session:
        yield lambda path: Transport(session, name="对方", base_url=str(server.make_url(path)), sleep=_hurry)


@pytest.fixture
def gateway(connect: Callable[[str], Transport], clock: SetClock) -> IrsGateway:
    return IrsGateway(connect("/zheliban"), credentials=CREDENTIALS, clock=clock)


def _agreed(provider: Provider = Provider.ZHELIBAN, **given: Any) -> Any:
    holder = replace(HOLDER, name=WANG.name, number=WANG.number)
    request = make_request(certificate_id="dl", providers=(provider,), **given)
    return agree(request, make_consent(holder=holder), provider, "s")


def test_the_gateway_signature_is_made_as_documented() -> None:
    at = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
    headers = irs_gateway.sign_headers(
        Credentials(app="AK1", secret="SK1"),
        method="post",
        path="/restapi/prod/X/y",
        query={"b": "2 3", "a": "中"},
        at=at,
    )
    assert headers == {
        "X-BG-HMAC-ACCESS-KEY": "AK1",
        "X-BG-HMAC-SIGNATURE": "2rcZ4YjKoBC0xO9qMVhSyIRvuTvKZks3F0TeMt8g1WY=",
        "X-BG-HMAC-ALGORITHM": "hmac-sha256",
        "X-BG-DATE-TIME": "Sun, 22 Nov 2026 04:00:00 GMT",
    }
    assert irs_gateway.encode_query({"b": "2 3", "a": "中"}) == "a=%E4%B8%AD&b=2%203"


def test_the_older_login_is_signed_by_md5_over_local_time() -> None:
    signed = sign_form(Credentials(app="code", secret="pwd"), datetime(2026, 11, 22, 4, 0, tzinfo=UTC))
    assert signed == {"servicecode": "code", "time": "20261122120000", "sign": "294e903f0daadad7d337970fb92204fd"}


@pytest.mark.parametrize(
    ("recorded", "level", "number"),
    [
        ("person", IdentityLevel.REAL_NAME, "11010519491231002X"),
        ("person_level_3", IdentityLevel.ADVANCED, "11010519491231002X"),
        ("person_unnamed", IdentityLevel.REGISTERED, ""),
        ("legal_person", IdentityLevel.REAL_NAME, "91350100M000100Y43"),
    ],
)
def test_recorded_people_are_read_field_by_field(recorded: str, level: IdentityLevel, number: str) -> None:
    identity = read_identity(RECORDED[recorded]["data"])
    assert (identity.level, identity.number) == (level, number)
    assert (identity.kind is IdentityKind.LEGAL_PERSON) == (recorded == "legal_person")


def test_somebody_without_an_id_is_nobody() -> None:
    with pytest.raises(UnauthenticatedError):
        read_identity({"userType": "PERSON", "personInfo": {}})


def test_recorded_licences_are_translated() -> None:
    national = RECORDED["national_licence"]["data"]["certificates"][0]
    fields = translate_fields(national, NATIONAL, "extendedFields")
    assert fields["持有人"] == "王小明"
    assert (fields["证照编号"], fields["有效期至"], fields["准驾车型"]) == ("330200001234", "2031-05-19", "C1")
    regional = translate_fields(RECORDED["regional_licence"]["data"][0], REGIONAL, "data_fields")
    assert (regional["发证单位"], regional["登记日期"]) == ("示例民政局", "2019-10-01")
    assert "有效期至" not in regional


async def test_a_ticket_is_good_once(gateway: IrsGateway, parts: LicenseParts) -> None:
    login = ZhelibanLogin(gateway, portal_url="https://portal.example")
    ticket = parts.zheliban.issue_ticket(WANG)
    identity = await login.identify(ticket)
    assert (identity.name, identity.number, identity.level) == (WANG.name, WANG.number, IdentityLevel.ADVANCED)
    with pytest.raises(UnauthenticatedError):
        await login.identify(ticket)
    assert login.make_login_url("https://a.example/x?state=1").endswith("sp=https%3A%2F%2Fa.example%2Fx%3Fstate%3D1")


async def test_the_older_login_gives_the_same_person(
    connect: Callable[[str], Transport], parts: LicenseParts, clock: SetClock
) -> None:
    login = ZhelibanOlderLogin(
        connect("/zheliban"), credentials=CREDENTIALS, clock=clock, portal_url="https://portal.example"
    )
    identity = await login.identify(parts.zheliban.issue_ticket(WANG))
    assert (identity.name, identity.level) == (WANG.name, IdentityLevel.ADVANCED)
    wrong = ZhelibanOlderLogin(
        connect("/zheliban"), credentials=Credentials(app="mianzheng", secret="x"), clock=clock, portal_url=""
    )
    with pytest.raises(UnauthenticatedError):
        await wrong.identify(parts.zheliban.issue_ticket(WANG))


class _Behind(SetClock):
    """Ten minutes slow."""

    def now(self) -> datetime:
        return NOON - timedelta(minutes=10)


async def test_a_wrong_clock_is_noticed_and_made_up_for(
    connect: Callable[[str], Transport], parts: LicenseParts
) -> None:
    gateway = IrsGateway(connect("/zheliban"), credentials=CREDENTIALS, clock=_Behind())
    identity = await ZhelibanLogin(gateway, portal_url="").identify(parts.zheliban.issue_ticket(WANG))
    assert identity.name == WANG.name
    assert gateway.skew == timedelta(minutes=10)


async def test_a_wrong_secret_is_an_outage_for_the_citizen(
    connect: Callable[[str], Transport], clock: SetClock
) -> None:
    gateway = IrsGateway(connect("/zheliban"), credentials=Credentials(app="mianzheng", secret="x"), clock=clock)
    with pytest.raises(UnavailableError, match="管理员"):
        await ZhelibanLogin(gateway, portal_url="").identify("t")


async def test_zheliban_hands_out_what_its_user_granted_once(
    gateway: IrsGateway, parts: LicenseParts, clock: SetClock
) -> None:
    provider = ZhelibanLicenses(gateway, credentials=CREDENTIALS, portal_url="https://p.example", clock=clock)
    request = _agreed()
    parts.zheliban_app.granted["code"] = _grant()
    licence = await provider.fetch(request, "code", requester="住房局")
    assert licence.fields["持有人"] == WANG.name
    assert licence.watermark.seal is SealKind.SHARING
    assert licence.watermark.requester == "住房局"
    with pytest.raises(ForbiddenError):
        await provider.fetch(request, "code", requester="住房局")


async def test_ala_police_hands_out_what_its_user_granted_once(
    connect: Callable[[str], Transport], parts: LicenseParts, clock: SetClock
) -> None:
    provider = AlaPoliceLicenses(connect("/ala-police"), credentials=CREDENTIALS, app_url="https://a", clock=clock)
    request = _agreed(Provider.ALA_POLICE)
    parts.ala_police_app.granted["code"] = _grant()
    assert (await provider.fetch(request, "code", requester="住房局")).fields["持有人"] == WANG.name
    with pytest.raises(ForbiddenError):
        await provider.fetch(request, "code", requester="住房局")
    forged = AlaPoliceLicenses(
        connect("/ala-police"), credentials=Credentials(app="mianzheng", secret="x"), app_url="https://a", clock=clock
    )
    with pytest.raises(ForbiddenError):
        await forged.fetch(request, "code", requester="住房局")


async def test_the_sharing_platform_needs_no_app(gateway: IrsGateway, clock: SetClock) -> None:
    provider = SharingPlatformLicenses(gateway, clock=clock)
    assert provider.make_hand_over(_agreed(), "t", "https://x") is None
    assert (await provider.fetch(_agreed(), "", requester="住房局")).fields["持有人"] == WANG.name
    nobody = agree(make_request(), make_consent(), Provider.ZHELIBAN, "s")
    with pytest.raises(NotFoundError):
        await provider.fetch(nobody, "", requester="住房局")


async def test_only_the_authorised_source_knows_of_a_false_promise(gateway: IrsGateway, switch: FaultSwitch) -> None:
    trust = SharingPlatformTrust(gateway)
    assert not await trust.has_false_promise(HOLDER)
    assert await trust.has_false_promise(replace(HOLDER, number=BY_ID["qian"].number))
    switch.faults = Faults(is_down=True)
    with pytest.raises(UnavailableError):
        await trust.has_false_promise(HOLDER)


async def test_a_system_that_is_down_is_not_asked_for_ever(gateway: IrsGateway, switch: FaultSwitch) -> None:
    switch.faults = Faults(is_down=True)
    for _ in range(3):
        with pytest.raises(UnavailableError):
            await ZhelibanLogin(gateway, portal_url="").identify("t")
    switch.faults = Faults()
    with pytest.raises(UnavailableError, match="连不上"):
        await ZhelibanLogin(gateway, portal_url="").identify("t")


def test_a_deep_link_that_was_changed_or_kept_too_long_is_refused() -> None:
    from urllib.parse import parse_qsl, urlsplit

    url = sign_link(CREDENTIALS, "https://app.example", "/app/x", {"token": "t", "fields": "姓名,有效期 至"}, NOON)
    query = dict(parse_qsl(urlsplit(url).query))
    check_link(CREDENTIALS, "/app/x", query, NOON)
    for wrong in ({**query, "token": "u"}, {**query, "more": "1"}, {**query, "sign": ""}):
        with pytest.raises(SignatureRefusedError):
            check_link(CREDENTIALS, "/app/x", wrong, NOON)
    with pytest.raises(SignatureRefusedError):
        check_link(CREDENTIALS, "/app/x", query, NOON + timedelta(minutes=6))


def _grant() -> Any:
    from integrations.sandbox.apps import Granted

    return Granted(holder_number=WANG.number, certificate="dl")


ORDER = VerificationOrder(
    number="HS26-1234-5678",
    matter_id="rent",
    matter="公租房申请",
    certificate_id="nohouse",
    certificate="无房证明",
    case_number="BJ26-1",
    requesting_unit_id="housing",
    requesting_unit="住房局",
    issuing_unit_id="registry",
    issuing_unit="登记中心",
    requested_at=NOON,
    handling="即办",
    due_at=NOON + timedelta(minutes=30),
    name="王小明",
    holder_number=WANG.number,
    facts="名下是否有房",
)


async def test_a_request_reaches_the_platform_once_with_all_its_fields(
    connect: Callable[[str], Transport], parts: LicenseParts, clock: SetClock
) -> None:
    carry = SignedJsonVerification(connect("/verification"), credentials=CREDENTIALS, clock=clock)
    body = msgspec.json.encode(ORDER).decode()
    letter = Letter(id="l1", topic=REQUEST_TOPIC, subject_id="v1", key="v1:request", body=body)
    await carry(letter)
    await carry(letter)
    (taken,) = parts.verification.requests.values()
    assert taken["class"] == "即办"
    assert (taken["holderName"], taken["issuingUnitId"], taken["facts"]) == ("王小明", "registry", "名下是否有房")
    news = VerificationNews(id="n1", number=ORDER.number, status=VerificationStatus.ACCEPTED, at=NOON)
    update = msgspec.json.encode(news).decode()
    await carry(Letter(id="l2", topic=UPDATE_TOPIC, subject_id="v1", key="v1:accepted", body=update))
    assert parts.verification.updates[0]["status"] == "ACCEPTED"


def _signed(body: dict[str, Any], at: datetime = NOON) -> tuple[str, str, dict[str, str], bytes]:
    path, content = "/api/v1/callbacks/verification", json.dumps(body).encode()
    return (
        "POST",
        path,
        sign_message(CREDENTIALS, method="POST", path=path, body=content, at=at, message_id="m"),
        content,
    )


def test_news_of_the_platform_are_read_and_a_refusal_is_no_word_of_theirs(clock: SetClock) -> None:
    read = NewsReader(credentials=CREDENTIALS, clock=clock)
    news = {"eventId": "e1", "number": "HS26-1", "status": "CANNOT_VERIFY", "happenedAt": NOON.isoformat()}
    assert read(*_signed(news | {"reason": "档案里没有"})).reason == "档案里没有"
    for wrong in ({"status": "REFUSED"}, {"status": "ANSWERED"}, {"happenedAt": "2026-11-22T12:00:00"}):
        with pytest.raises(InvalidInputError):
            read(*_signed(news | wrong))
    with pytest.raises(SignatureRefusedError):
        read(*_signed(news, NOON - timedelta(minutes=6)))
