"""A unit asks another whether a certificate's fact is true (article 14 (3))."""

from dataclasses import dataclass, field
from datetime import date

import msgspec

from bot.domain.case_numbers import NumberKind, draw_number
from bot.domain.catalogue import Catalogue, Entry, Measure
from bot.domain.errors import ForbiddenError, InvalidInputError, NotFoundError
from bot.domain.filing import Letter
from bot.domain.identifiers import new_id
from bot.domain.use_record import Use, UseAct
from bot.domain.verification import Question, Verification
from bot.domain.verification_news import REQUEST_TOPIC, VerificationOrder
from bot.domain.verify_clock import due_of_verification
from bot.domain.viewer import Role, Viewer
from bot.license_ports import VerificationStore
from bot.ports import Clock
from bot.services.knowledge import LiveKnowledge

_VERIFIABLE = frozenset({Measure.VERIFY, Measure.SHARE})
Opened = tuple[Verification, tuple[Letter, ...], Use]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewVerification:
    """What a handler asks for. `promise_due`: the day by which the matter was promised to the applicant."""

    entry_id: str
    case_number: str
    name: str = field(repr=False)
    number: str = field(repr=False)
    facts: str = field(repr=False)
    promise_due: date | None = None


class VerificationOpening:
    """Opens requests."""

    def __init__(self, *, verifications: VerificationStore, knowledge: LiveKnowledge, clock: Clock) -> None:
        self._verifications = verifications
        self._knowledge = knowledge
        self._clock = clock

    async def open(self, viewer: Viewer, asked: NewVerification) -> Verification:
        """A new request of the viewer's own unit.

        Raises:
            NotFoundError: no such entry. ForbiddenError: another unit handles the matter.
            InvalidInputError: the certificate is not verified with another unit, or something is missing.
        """
        viewer.require(Role.HANDLER)
        catalogue = self._knowledge.current.catalogue
        entry = catalogue.entries.get(asked.entry_id)
        if entry is None:
            raise NotFoundError("目录里没有这一条")
        if catalogue.matters[entry.matter_id].unit_id != viewer.unit_id:
            raise ForbiddenError("只能为本单位办理的事项发起核实")
        if catalogue.certificates[entry.certificate_id].issuer_unit_id == viewer.unit_id:
            raise InvalidInputError("这张证明就是本单位出的，在本单位查一下就行，不用发起核实")
        if not (asked.case_number.strip() and asked.name.strip() and asked.facts.strip()):
            raise InvalidInputError("办件号、姓名和要核实的内容都要写")
        question = Question(name=asked.name.strip(), number=asked.number.strip().upper(), facts=asked.facts.strip())
        opened = self.prepare(
            entry_id=entry.id,
            question=question,
            case_number=asked.case_number.strip(),
            requested_by=viewer.id,
            promise_due=asked.promise_due,
        )
        if opened is None:
            raise InvalidInputError("这张证明不是向别的单位核实的，或者目录里没有写明出证单位")
        verification, letters, use = opened
        await self._verifications.add(verification, use, letters=letters)
        return verification

    def prepare(
        self,
        *,
        entry_id: str,
        question: Question,
        case_number: str,
        requested_by: str,
        owner_id: str = "",
        license_id: str = "",
        promise_due: date | None = None,
    ) -> Opened | None:
        """A request with its letter and use record, not stored yet; None where the catalogue names no unit to ask."""
        catalogue, now = self._knowledge.current.catalogue, self._clock.now()
        entry = catalogue.entries[entry_id]
        issuer = catalogue.certificates[entry.certificate_id].issuer_unit_id
        if issuer not in catalogue.units or entry.measure not in _VERIFIABLE:
            return None
        matter = catalogue.matters[entry.matter_id]
        citation = "；".join(catalogue.cite("verify_clock"))
        due = due_of_verification(now, matter.handling, promise_due, catalogue.calendar, citation)
        verification = Verification(
            id=new_id(),
            number=draw_number(NumberKind.VERIFICATION, now),
            owner_id=owner_id,
            matter_id=matter.id,
            certificate_id=entry.certificate_id,
            entry_id=entry.id,
            case_number=case_number,
            requesting_unit_id=matter.unit_id,
            issuing_unit_id=issuer,
            requested_by=requested_by,
            requested_at=now,
            handling=matter.handling,
            due_at=due.at,
            rule=due.explanation,
            question=question,
            is_late_from_start=due.is_late_from_start,
            license_id=license_id,
        )
        return verification, (_write_letter(catalogue, entry, verification),), _record(verification)


def _write_letter(catalogue: Catalogue, entry: Entry, verification: Verification) -> Letter:
    requester = catalogue.units.get(verification.requesting_unit_id)
    order = VerificationOrder(
        number=verification.number,
        matter_id=entry.matter_id,
        matter=catalogue.matters[entry.matter_id].name,
        certificate_id=entry.certificate_id,
        certificate=catalogue.certificates[entry.certificate_id].name,
        case_number=verification.case_number,
        requesting_unit_id=verification.requesting_unit_id,
        requesting_unit=requester.name if requester else "",
        issuing_unit_id=verification.issuing_unit_id,
        issuing_unit=catalogue.units[verification.issuing_unit_id].name,
        requested_at=verification.requested_at,
        handling=verification.handling.value,
        due_at=verification.due_at,
        name=verification.question.name,
        holder_number=verification.question.number,
        facts=verification.question.facts,
    )
    return Letter(
        id=new_id(),
        topic=REQUEST_TOPIC,
        subject_id=verification.id,
        key=f"{verification.id}:request",
        body=msgspec.json.encode(order).decode(),
    )


def _record(verification: Verification) -> Use:
    return record_verification(
        verification, UseAct.VERIFY_REQUEST, actor=verification.requested_by, unit=verification.requesting_unit_id
    )


def record_verification(verification: Verification, act: UseAct, *, actor: str, unit: str, purpose: str = "") -> Use:
    """A use record about a verification, as of the moment when it was asked."""
    is_own = bool(verification.owner_id) and actor == verification.owner_id
    return Use(
        at=verification.requested_at,
        act=act,
        actor_id=actor,
        actor_role="citizen" if is_own else "handler",
        about=verification.id,
        subject_id=verification.owner_id,
        unit_id=unit,
        matter_id=verification.matter_id,
        certificate_id=verification.certificate_id,
        entry_id=verification.entry_id,
        case_number=verification.case_number,
        purpose=purpose or "办理申请的事项",
    )
