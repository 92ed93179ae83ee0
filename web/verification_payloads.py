"""What the verification queue exchanges, as typed models."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Annotated

from msgspec import Meta, Struct

from bot.domain.identity import mask_name, mask_number
from bot.domain.verification import Finding, Verification, VerificationMove, VerificationState, list_moves
from bot.domain.verification_statistics import UnitFigures
from bot.domain.viewer import Viewer
from bot.services.clock import CHINA_TIME
from bot.services.knowledge import LiveKnowledge

Short = Annotated[str, Meta(min_length=1, max_length=64)]
Long = Annotated[str, Meta(max_length=1000)]


class AskVerification(Struct, frozen=True, kw_only=True):
    """What a unit asks of the issuing unit. `promise_due`: the day by which the matter was promised."""

    entry_id: Short
    case_number: Short
    name: Short
    number: Annotated[str, Meta(max_length=32)] = ""
    facts: Annotated[str, Meta(min_length=1, max_length=1000)]
    promise_due: date | None = None


class MoveVerification(Struct, frozen=True, kw_only=True):
    """A move of the issuing unit. There is none that refuses (article 16)."""

    move: VerificationMove
    finding: Finding | None = None
    facts: Long = ""
    reason: Long = ""


class ReadVerification(Struct, frozen=True):
    """What it is looked at for; only `办理申请的事项` is lawful (article 17)."""

    purpose: Short


class VerificationRow(Struct, frozen=True, kw_only=True):
    """One request in the queue; the person masked."""

    id: str
    number: str
    state: VerificationState
    label: str
    matter: str
    certificate: str
    requesting_unit: str
    issuing_unit: str
    case_number: str
    handling: str
    person: str
    requested_at: datetime
    due_at: datetime
    ended_at: datetime | None
    rule: str
    warned: int
    is_late: bool
    is_escalated: bool
    is_objection: bool
    moves: tuple[VerificationMove, ...]


class VerificationDetail(Struct, frozen=True, kw_only=True):
    """The whole of it, to people of both units; each look is recorded."""

    row: VerificationRow
    name: str
    holder_number: str
    facts: str
    finding: str
    answer: str
    reason: str
    watermark: tuple[str, ...]


class VerificationQueue(Struct, frozen=True, kw_only=True):
    """The requests of both sides. `unit`: whose queue it is, empty for all."""

    unit: str
    rows: tuple[VerificationRow, ...]


class QueueQuery(Struct, frozen=True, kw_only=True):
    """Open ones, or the latest of all."""

    all: bool = False


class FiguresQuery(Struct, frozen=True, kw_only=True):
    """Of so many days back."""

    days: Annotated[int, Meta(ge=1, le=366)] = 30


class FigureLine(Struct, frozen=True, kw_only=True):
    """How one issuing unit keeps the clock. `minutes` is null where nothing has ended."""

    unit_id: str
    unit: str
    asked: int
    in_time: int
    late: int
    waiting: int
    cannot_verify: int
    minutes: float | None


class Figures(Struct, frozen=True):
    """By unit, the most asked first."""

    units: tuple[FigureLine, ...]


def render_row(verification: Verification, viewer: Viewer, knowledge: LiveKnowledge, now: datetime) -> VerificationRow:
    """A request as this person may see it in a list."""
    catalogue = knowledge.current.catalogue
    matter, certificate = verification.matter_id, verification.certificate_id
    question = verification.question
    return VerificationRow(
        id=verification.id,
        number=verification.number,
        state=verification.state,
        label=verification.state.label,
        matter=catalogue.matters[matter].name if matter in catalogue.matters else matter,
        certificate=catalogue.certificates[certificate].name if certificate in catalogue.certificates else certificate,
        requesting_unit=name_unit(knowledge, verification.requesting_unit_id),
        issuing_unit=name_unit(knowledge, verification.issuing_unit_id),
        case_number=verification.case_number,
        handling=verification.handling.value,
        person=f"{mask_name(question.name)} {mask_number(question.number)}".strip(),
        requested_at=verification.requested_at.astimezone(CHINA_TIME),
        due_at=verification.due_at.astimezone(CHINA_TIME),
        ended_at=verification.ended_at.astimezone(CHINA_TIME) if verification.ended_at else None,
        rule=verification.rule,
        warned=verification.warned,
        is_late=verification.is_late(now),
        is_escalated=verification.is_escalated,
        is_objection=bool(verification.license_id),
        moves=list_moves(verification, viewer),
    )


def render_detail(verification: Verification, row: VerificationRow) -> VerificationDetail:
    """The whole of it."""
    answer, question = verification.answer, verification.question
    return VerificationDetail(
        row=row,
        name=question.name,
        holder_number=question.number,
        facts=question.facts,
        finding=answer.finding.label if answer else "",
        answer=answer.facts if answer else "",
        reason=verification.reason,
        watermark=answer.watermark.lines if answer else (),
    )


def render_figures(figures: Iterable[UnitFigures], knowledge: LiveKnowledge) -> Figures:
    """Figures with names."""
    return Figures(
        tuple(
            FigureLine(
                unit_id=item.unit_id,
                unit=name_unit(knowledge, item.unit_id),
                asked=item.asked,
                in_time=item.in_time,
                late=item.late,
                waiting=item.waiting,
                cannot_verify=item.cannot_verify,
                minutes=item.minutes,
            )
            for item in figures
        )
    )


def name_unit(knowledge: LiveKnowledge, unit_id: str) -> str:
    """A unit's name, or its id where the catalogue no longer has it."""
    unit = knowledge.current.catalogue.units.get(unit_id)
    return unit.name if unit else unit_id
