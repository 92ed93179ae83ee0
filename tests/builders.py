"""Makes valid domain objects, so that each test names only what it is about."""

from datetime import datetime, timedelta
from typing import Any

from bot.domain.catalogue import Catalogue, Certificate, Channel, Entry, FaqEntry, Matter, Measure, Unit, group_entries
from bot.domain.conversation import Author, Message, Part, Reply, State, Understood
from bot.domain.identifiers import new_id
from bot.domain.viewer import Role, Viewer
from bot.services.clock import CHINA_TIME
from bot.storage.cipher import Cipher

CIPHER = Cipher({"test": bytes(32)})
NOON = datetime(2026, 11, 22, 12, 0, tzinfo=CHINA_TIME)


class SetClock:
    """Implements `Clock`; stands still until moved."""

    def __init__(self, at: datetime = NOON) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def move(self, **by: float) -> None:
        self.at += timedelta(**by)


def make_viewer(id_: str = "", role: Role = Role.CITIZEN, **given: Any) -> Viewer:
    return Viewer(id=id_ or new_id(), role=role, **given)


def make_understood(**given: Any) -> Understood:
    default: dict[str, Any] = {
        "intent": "smalltalk",
        "matter": None,
        "certificate": None,
        "certificates": (),
        "verdict": None,
        "confidence": 1.0,
    }
    return Understood(**default | given)


def make_reply(*parts: Part, text: str = "好的", **given: Any) -> Reply:
    default: dict[str, Any] = {
        "status": "answered",
        "understood": make_understood(),
        "state": State.IDLE,
        "asks": None,
        "parts": parts or (Part(type="text", text=text),),
    }
    return Reply(**default | given)


def make_question(conversation_id: str, text: str = "办公租房要无房证明吗", **given: Any) -> Message:
    default: dict[str, Any] = {
        "id": new_id(),
        "conversation_id": conversation_id,
        "author": Author.CITIZEN,
        "text": text,
        "at": NOON,
    }
    return Message(**default | given)


def make_answer(conversation_id: str, text: str = "不用", **given: Any) -> Message:
    default = {"author": Author.BOT, "at": NOON + timedelta(milliseconds=5), "reply": make_reply(text=text)}
    return make_question(conversation_id, text, **default | given)


def make_catalogue(**given: Any) -> Catalogue:
    """Two matters and two certificates of one unit in a city that does not exist."""
    entries = [
        _entry("c1", "rent", "nohouse", Measure.SHARE, Channel.DATA_PLATFORM),
        _entry("c2", "rent", "income", Measure.COMMITMENT, Channel.COMMITMENT),
        _entry("c3", "allowance", "income", Measure.NOT_YET, Channel.NONE),
    ]
    default: dict[str, Any] = {
        "version": "testversion1",
        "units": {"housing": Unit(id="housing", name="桃源市住房局", short_name="住房局")},
        "matters": {
            "rent": Matter(id="rent", name="公租房申请", unit_id="housing"),
            "allowance": Matter(id="allowance", name="低保申请", unit_id="housing"),
        },
        "certificates": {
            "nohouse": Certificate(id="nohouse", name="无房证明", issuer="登记中心"),
            "income": Certificate(id="income", name="收入证明", issuer="工作单位"),
        },
        "entries": {entry.id: entry for entry in entries},
        "facts": {"service_name": "免证办", "city_name": "桃源市", "hotline": "12345"},
        "faq": {"what": _faq("what", "什么是无证明城市？")},
        "by_pair": {(entry.matter_id, entry.certificate_id): entry for entry in entries},
        "by_matter": group_entries(entries, "matter_id"),
        "by_certificate": group_entries(entries, "certificate_id"),
    }
    return Catalogue(**default | given)


def _entry(id_: str, matter: str, certificate: str, measure: Measure, channel: Channel) -> Entry:
    return Entry(
        id=id_,
        matter_id=matter,
        certificate_id=certificate,
        measure=measure,
        channel=channel,
        legal_basis=("规定第九条",),
    )


def _faq(id_: str, question: str) -> FaqEntry:
    return FaqEntry(
        id=id_, topic="改革", intent="policy_faq", question=question, asks=(), answer="……", sources=("规定第一条",)
    )
