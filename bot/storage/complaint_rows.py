"""How complaints, work orders, events, drafts and letters are written into rows, and read from them."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

import msgspec
from sqlalchemy import Row, Table

from bot.domain.complaint import Complaint, Draft, KeptDraft
from bot.domain.filing import Change, Filing, Letter, Record
from bot.domain.identifiers import new_id
from bot.domain.work_order import Actor, ActorRole, Event, Move, Outcome, State, WorkOrder
from bot.domain.working_time import china_day
from bot.storage.cipher import Cipher
from bot.storage.tables import (
    COMPLAINT_PICTURES,
    COMPLAINTS,
    DRAFTS,
    FILING_KEYS,
    OUTBOX,
    WORK_ORDER_EVENTS,
    WORK_ORDERS,
)

Values = dict[str, Any]
_NO_DIGIT: Final = re.compile(r"[^0-9]")
_PLAIN_DIGITS: Final = str.maketrans("０１２３４５６７８９", "0123456789")
_COUNTRY_CODE: Final = re.compile(r"^(?:00)?86(?=1[3-9][0-9]{9}$)")
_ENCODER: Final = msgspec.json.Encoder()
_COMPLAINTS: Final = msgspec.json.Decoder(Complaint)
_DRAFTS: Final = msgspec.json.Decoder(Draft)
_PAUSES: Final = msgspec.json.Decoder(tuple[tuple[datetime, datetime], ...])


def rows_of(record: Record, cipher: Cipher) -> Sequence[tuple[Table, Sequence[Values]]]:
    """The rows of a record by table, parents first."""
    if isinstance(record, KeptDraft):
        return ((DRAFTS, (_row_of_draft(record, cipher),)),)
    return _rows_of_filing(record, cipher)


def rows_of_change(change: Change, cipher: Cipher) -> Sequence[tuple[Table, Sequence[Values]]]:
    """The rows that a change adds; the work order's own row is changed apart."""
    rows = (
        (WORK_ORDER_EVENTS, tuple(row_of_event(event, cipher) for event in change.events)),
        (OUTBOX, tuple(row_of_letter(letter, change.order.changed_at, cipher) for letter in change.letters)),
    )
    return tuple((table, of_table) for table, of_table in rows if of_table)


def _rows_of_filing(filing: Filing, cipher: Cipher) -> Sequence[tuple[Table, Sequence[Values]]]:
    at = filing.complaint.filed_at
    rows = (
        (COMPLAINTS, (row_of_complaint(filing.complaint, cipher),)),
        (WORK_ORDERS, (row_of_order(filing.order),)),
        (WORK_ORDER_EVENTS, tuple(row_of_event(event, cipher) for event in filing.events)),
        (COMPLAINT_PICTURES, _rows_of_pictures(filing.complaint)),
        (FILING_KEYS, _rows_of_key(filing)),
        (OUTBOX, tuple(row_of_letter(letter, at, cipher) for letter in filing.letters)),
    )
    return tuple((table, of_table) for table, of_table in rows if of_table)


def _rows_of_pictures(complaint: Complaint) -> tuple[Values, ...]:
    return tuple({"complaint_id": complaint.id, "picture_id": picture} for picture in complaint.pictures)


def _rows_of_key(filing: Filing) -> tuple[Values, ...]:
    complaint = filing.complaint
    row = {"key": filing.repeat_key, "day": china_day(complaint.filed_at), "complaint_id": complaint.id}
    return (row,) if filing.repeat_key else ()


def index_phone(phone: str, cipher: Cipher) -> str | None:
    """By which a telephone number is found without being stored in the open, however it is spaced; None for none."""
    digits = _NO_DIGIT.sub("", phone.translate(_PLAIN_DIGITS))
    return cipher.index(_COUNTRY_CODE.sub("", digits), "phone") if digits else None


def row_of_complaint(complaint: Complaint, cipher: Cipher) -> Values:
    """The whole of it sealed, and beside it what lists and statistics need."""
    subject, evidence = complaint.subject, complaint.evidence
    return {
        "id": complaint.id,
        "number": complaint.number,
        "filed_at": complaint.filed_at,
        "channel": complaint.channel.value,
        "owner_id": complaint.owner_id,
        "filed_by": complaint.filed_by,
        "unit_id": subject.unit_id,
        "matter_id": subject.matter_id,
        "certificate_ids": _ENCODER.encode(subject.certificate_ids).decode(),
        "happened_on": subject.happened_on,
        "protection": complaint.protection.value,
        "items": _ENCODER.encode(evidence.items).decode(),
        "lawful": evidence.lawful,
        "catalogue_version": evidence.version,
        "phone_index": index_phone(complaint.contact.phone, cipher),
        "content": cipher.seal_bytes(_ENCODER.encode(complaint), f"complaints:{complaint.id}"),
    }


def read_complaint(row: Row[Any], cipher: Cipher) -> Complaint:
    """Raises SealBrokenError."""
    return _COMPLAINTS.decode(cipher.open_bytes(row.content, f"complaints:{row.id}"))


def row_of_order(order: WorkOrder) -> Values:
    """A work order; it holds nothing personal."""
    values: Values = {name: getattr(order, name) for name in WORK_ORDERS.c.keys() if name != "pauses"}  # noqa: SIM118
    values |= {"state": order.state.value, "outcome": order.outcome.value if order.outcome else None}
    return values | {"pauses": _ENCODER.encode(order.paused_spans).decode()}


def read_order(row: Row[Any], prefix: str = "") -> WorkOrder:
    """The work order of a row, whose columns may carry a prefix where another table's stand beside them."""
    stored: Values = {name: getattr(row, prefix + name) for name in WORK_ORDERS.c.keys()}  # noqa: SIM118
    pauses = _PAUSES.decode(stored.pop("pauses"))
    stored |= {"state": State(stored["state"]), "outcome": Outcome(stored["outcome"]) if stored["outcome"] else None}
    return WorkOrder(**stored, paused_spans=pauses)


def row_of_event(event: Event, cipher: Cipher) -> Values:
    """An event; its words are sealed, since they may quote a citizen."""
    return {
        "id": event.id,
        "complaint_id": event.complaint_id,
        "at": event.at,
        "move": event.move.value if event.move else None,
        "state": event.state.value,
        "actor_role": event.actor.role.value,
        "actor_id": event.actor.id,
        "unit_id": event.unit_id,
        "text": cipher.seal(event.text, f"work_order_events:{event.id}") if event.text else "",
        "is_public": event.is_public,
    }


def read_event(row: Row[Any], cipher: Cipher) -> Event:
    """Raises SealBrokenError."""
    return Event(
        id=row.id,
        complaint_id=row.complaint_id,
        at=row.at,
        move=Move(row.move) if row.move else None,
        state=State(row.state),
        actor=Actor(role=ActorRole(row.actor_role), id=row.actor_id),
        unit_id=row.unit_id,
        text=cipher.open(row.text, f"work_order_events:{row.id}") if row.text else "",
        is_public=row.is_public,
    )


def row_of_letter(letter: Letter, at: datetime, cipher: Cipher) -> Values:
    """A letter that is due at once."""
    return {
        "id": letter.id,
        "topic": letter.topic,
        "subject_id": letter.subject_id,
        "key": letter.key,
        "body": cipher.seal(letter.body, f"outbox:{letter.id}"),
        "created_at": at,
        "next_at": at,
        "attempts": 0,
        "state": "waiting",
        "last_error": "",
    }


def _row_of_draft(kept: KeptDraft, cipher: Cipher) -> Values:
    draft_id = new_id()
    content = None if kept.draft is None else cipher.seal_bytes(_ENCODER.encode(kept.draft), f"drafts:{draft_id}")
    return {"id": draft_id, "conversation_id": kept.conversation_id, "at": kept.at, "content": content}


def read_draft(row: Row[Any], cipher: Cipher) -> Draft | None:
    """The draft of a row; None where the row ends it. Raises SealBrokenError."""
    return None if row.content is None else _DRAFTS.decode(cipher.open_bytes(row.content, f"drafts:{row.id}"))
