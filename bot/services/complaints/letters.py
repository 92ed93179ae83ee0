"""What 12345 must learn of a complaint, as letters for the outbox; as much of it as the citizen's protection allows."""

import msgspec

from bot.domain.catalogue import Catalogue
from bot.domain.complaint import Complaint, Protection
from bot.domain.filing import Letter
from bot.domain.hotline import FILE_TOPIC, UPDATE_TOPIC, HotlineOrder, HotlineUpdate
from bot.domain.identifiers import new_id
from bot.domain.work_order import Step, WorkOrder
from bot.services.complaints.hiding import hide_person
from bot.services.complaints.naming import make_title, name_unit


def write_filing(complaint: Complaint, order: WorkOrder, catalogue: Catalogue) -> Letter:
    """The letter that brings a new complaint to 12345. Its key is the complaint's id: filed twice is filed once."""
    content = _describe(complaint, order, catalogue)
    return _write(FILE_TOPIC, complaint.id, complaint.id, content)


def write_update(complaint: Complaint, order: WorkOrder, step: Step, *, merged_into: str = "") -> Letter:
    """The letter that tells 12345 of a move; `merged_into` is a number."""
    content = HotlineUpdate(
        complaint_id=complaint.id,
        number=complaint.number,
        move=step.move,
        at=order.changed_at,
        text=hide_person(complaint, step.text),
        unit_id=order.unit_id or "",
        outcome=order.outcome,
        rating=step.rating,
        merged_into=merged_into,
    )
    return _write(UPDATE_TOPIC, complaint.id, f"{complaint.id}:{order.version}", content)


def _describe(complaint: Complaint, order: WorkOrder, catalogue: Catalogue) -> HotlineOrder:
    """Name and number go to 12345 unless the citizen is anonymous, and only in their own fields, never in the story."""
    subject, evidence = complaint.subject, complaint.evidence
    matter = catalogue.matters.get(subject.matter_id or "")
    certificates = [catalogue.certificates[id_] for id_ in subject.certificate_ids if id_ in catalogue.certificates]
    is_anonymous = complaint.protection is Protection.ANONYMOUS
    return HotlineOrder(
        complaint_id=complaint.id,
        number=complaint.number,
        filed_at=complaint.filed_at,
        title=make_title(catalogue, subject),
        description=hide_person(complaint, complaint.story),
        protection=complaint.protection.value,
        name="" if is_anonymous else complaint.contact.name,
        phone="" if is_anonymous else complaint.contact.phone,
        wants_callback=bool(complaint.contact.wants_callback) and not is_anonymous,
        hide_from_unit=complaint.protection is not Protection.OPEN,
        unit_id=subject.unit_id or "",
        unit_name=name_unit(catalogue, subject),
        matter_id=subject.matter_id or "",
        matter_name=matter.name if matter else subject.matter_told,
        certificate_ids=subject.certificate_ids,
        certificate_names=tuple(item.name for item in certificates),
        issuer_names=tuple(item.issuer for item in certificates),
        happened_on=subject.happened_on,
        time_told=subject.time_told,
        place=subject.place,
        article20_items=evidence.items,
        lawful=evidence.lawful,
        evidence=tuple(line for _id, line in evidence.entries),
        basis=evidence.basis,
        explanation=evidence.explanation,
        version=evidence.version,
        due_at=order.due_at,
        due_rule=order.due_rule,
        picture_count=len(complaint.pictures),
    )


def _write(topic: str, complaint_id: str, key: str, content: HotlineOrder | HotlineUpdate) -> Letter:
    return Letter(
        id=new_id(), topic=topic, subject_id=complaint_id, key=key, body=msgspec.json.encode(content).decode()
    )
