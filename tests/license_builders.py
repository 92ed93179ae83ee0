"""Makes valid look-ups, verifications and people of a made-up city, so that each test names only what it is about."""

from datetime import datetime, timedelta
from typing import Any

from bot.domain.catalogue import Handling
from bot.domain.e_license import Consent, License, LicenseRequest, Provider, agree, receive
from bot.domain.identifiers import new_id
from bot.domain.identity import Identity, IdentityLevel
from bot.domain.use_record import Use, UseAct
from bot.domain.verification import Question, Verification
from bot.domain.watermark import SealKind, Watermark
from tests.builders import NOON

NUMBER = "11010519491231002X"
HOLDER = Identity(
    source="zheliban", subject="u1", level=IdentityLevel.ADVANCED, name="王小明", number=NUMBER, phone="13900001234"
)
WATERMARK = Watermark(requester="桃源市住房局", producer="桃源市民政局", at=NOON, seal=SealKind.SHARING)


def make_request(**given: Any) -> LicenseRequest:
    default: dict[str, Any] = {
        "id": new_id(),
        "token": new_id(),
        "owner_id": "citizen",
        "conversation_id": "talk",
        "purpose": "办理本人申请的事项",
        "matter_id": "rent",
        "certificate_id": "nohouse",
        "entry_id": "c1",
        "case_number": "BJ26-1234-5678",
        "unit_id": "housing",
        "issuing_unit": "登记中心",
        "fields": ("持有人", "证照编号"),
        "providers": (Provider.ZHELIBAN,),
        "level": IdentityLevel.REAL_NAME,
        "requested_at": NOON,
        "expires_at": NOON + timedelta(minutes=30),
    }
    return LicenseRequest(**default | given)


def make_consent(**given: Any) -> Consent:
    return Consent(**{"reference": "ref", "at": NOON, "text_hash": "0" * 64, "holder": HOLDER} | given)


def make_license(**given: Any) -> License:
    fields = {"持有人": "王小明", "证照编号": "3302-2026-0001", "住址": "桃源路1号"}
    return License(**{"fields": fields, "watermark": WATERMARK} | given)


def make_fetched(at: datetime = NOON, **given: Any) -> LicenseRequest:
    """A look-up whose licence is here."""
    agreed = agree(make_request(**given), make_consent(), Provider.ZHELIBAN, "session")
    return receive(agreed, make_license(), at)


def make_use(act: UseAct = UseAct.REQUEST, **given: Any) -> Use:
    default: dict[str, Any] = {"at": NOON, "actor_id": "citizen", "actor_role": "citizen", "about": "r1"}
    return Use(act=act, **default | given)


def make_verification(**given: Any) -> Verification:
    id_ = new_id()
    default: dict[str, Any] = {
        "id": id_,
        "number": f"HS26-{id_[-8:-4]}-{id_[-4:]}",
        "owner_id": "citizen",
        "matter_id": "rent",
        "certificate_id": "nohouse",
        "entry_id": "c1",
        "case_number": "BJ26-1234-5678",
        "requesting_unit_id": "housing",
        "issuing_unit_id": "registry",
        "requested_by": "handler",
        "requested_at": NOON,
        "handling": Handling.IMMEDIATE,
        "due_at": NOON + timedelta(minutes=30),
        "rule": "即办事项，原则上半小时内发送",
        "question": Question(name="王小明", number=NUMBER, facts="名下是否有房"),
    }
    return Verification(**default | given)
