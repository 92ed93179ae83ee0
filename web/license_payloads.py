"""What the consent page and the record of uses exchange, as typed models."""

from datetime import datetime
from typing import Annotated

from msgspec import Meta, Struct

from bot.domain.e_license import KEEPING_TIME, LicenseState, Provider
from bot.domain.identity import Identity, mask_name
from bot.domain.use_record import UseRecord
from bot.services.clock import CHINA_TIME
from bot.services.knowledge import LiveKnowledge
from bot.services.licenses.consents import ConsentView, ShownLicense

# Ways that are open to everybody, whatever a citizen decides here.
OTHER_WAYS = (
    "自己打开APP，到窗口出示电子证照给工作人员扫码",
    "带上纸质的证件（证明）到窗口",
    "请窗口自己在平台上查，或者打12345问",
)


class ProviderChoice(Struct, frozen=True, kw_only=True):
    """Where the licence may be had; `words` is what is then agreed to."""

    provider: Provider
    label: str
    words: str


class KnownPerson(Struct, frozen=True, kw_only=True):
    """Who has logged in, masked."""

    name: str
    level: int
    level_label: str


class UseLine(Struct, frozen=True, kw_only=True):
    """One use of a certificate."""

    at: datetime
    act: str
    label: str
    unit: str
    matter: str
    certificate: str
    case_number: str
    purpose: str
    fields: tuple[str, ...]
    seq: int
    hash: str


class ConsentPage(Struct, frozen=True, kw_only=True):
    """Everything on the consent page, before the licence itself."""

    state: LicenseState
    purpose: str
    matter: str
    certificate: str
    unit: str
    issuing_unit: str
    case_number: str
    fields: tuple[str, ...]
    choices: tuple[ProviderChoice, ...]
    level: int
    level_label: str
    keep_minutes: int
    expires_at: datetime
    person: KnownPerson | None
    is_mine: bool
    failure: str
    other_ways: tuple[str, ...]
    uses: tuple[UseLine, ...]


class Agreement(Struct, frozen=True):
    """A yes, and where to fetch it from."""

    provider: Provider


class HandOver(Struct, frozen=True, kw_only=True):
    """How to go on: `url` opens the APP, `qr` is the same as a picture; both null where nothing more is needed."""

    url: str | None
    qr: str | None


class LicenseField(Struct, frozen=True, kw_only=True):
    """One field, masked."""

    name: str
    value: str
    is_disputed: bool


class LicenseContent(Struct, frozen=True, kw_only=True):
    """The licence, masked, with the words of its watermark (article 14)."""

    fields: tuple[LicenseField, ...]
    watermark: tuple[str, ...]
    kept_until: datetime


class Objection(Struct, frozen=True, kw_only=True):
    """Which field is wrong, and what is right."""

    field: Annotated[str, Meta(min_length=1, max_length=64)]
    said: Annotated[str, Meta(min_length=1, max_length=500)]


class ObjectionTaken(Struct, frozen=True, kw_only=True):
    """The verification that it opened, and until when it is due."""

    number: str
    due_at: datetime
    text: str


class UseLines(Struct, frozen=True):
    """Who used what, the latest first."""

    uses: tuple[UseLine, ...]


def render_consent(view: ConsentView, knowledge: LiveKnowledge) -> ConsentPage:
    """The page's content."""
    request = view.request
    return ConsentPage(
        state=request.state,
        purpose=request.purpose,
        matter=view.matter,
        certificate=view.certificate,
        unit=view.unit,
        issuing_unit=request.issuing_unit,
        case_number=request.case_number,
        fields=request.fields,
        choices=tuple(
            ProviderChoice(provider=provider, label=provider.label, words=words)
            for provider, words in view.words.items()
        ),
        level=int(request.level),
        level_label=request.level.label,
        keep_minutes=int(KEEPING_TIME.total_seconds() // 60),
        expires_at=request.expires_at.astimezone(CHINA_TIME),
        person=render_person(view.identity),
        is_mine=view.is_mine,
        failure=request.failure,
        other_ways=OTHER_WAYS,
        uses=tuple(render_use(record, knowledge) for record in view.uses),
    )


def render_license(shown: ShownLicense) -> LicenseContent:
    """The licence as it goes out."""
    return LicenseContent(
        fields=tuple(
            LicenseField(name=field.name, value=field.value, is_disputed=field.is_disputed) for field in shown.fields
        ),
        watermark=shown.watermark,
        kept_until=shown.kept_until.astimezone(CHINA_TIME),
    )


def render_use(record: UseRecord, knowledge: LiveKnowledge) -> UseLine:
    """A record in the words of today's catalogue."""
    use, catalogue = record.use, knowledge.current.catalogue
    unit, matter = catalogue.units.get(use.unit_id), catalogue.matters.get(use.matter_id)
    certificate = catalogue.certificates.get(use.certificate_id)
    return UseLine(
        at=use.at.astimezone(CHINA_TIME),
        act=use.act.value,
        label=use.act.label,
        unit=unit.name if unit else "",
        matter=matter.name if matter else "",
        certificate=certificate.name if certificate else "",
        case_number=use.case_number,
        purpose=use.purpose,
        fields=use.fields,
        seq=record.seq,
        hash=record.hash,
    )


def render_person(person: Identity | None) -> KnownPerson | None:
    """Somebody who has logged in, masked."""
    if person is None:
        return None
    return KnownPerson(name=mask_name(person.name), level=int(person.level), level_label=person.level.label)
