"""Writes the events of a work order's timeline."""

from datetime import datetime

from bot.domain.identifiers import new_id
from bot.domain.work_order import Actor, Event, Move, Step, WorkOrder


def write_event(
    order: WorkOrder, step: Step | None, actor: Actor, *, id_: str | None = None, at: datetime | None = None
) -> Event:
    """The event of a step that led to this order; without a step that of its filing.

    Args:
        id_: for what another system tells, so that it is noted once. at: when it happened, if not just now.
    """
    return Event(
        id=id_ or new_id(),
        complaint_id=order.complaint_id,
        at=at or order.changed_at,
        move=step.move if step else None,
        state=order.state,
        actor=actor,
        unit_id=order.unit_id,
        text=step.text.strip() if step else "",
        is_public=step is None or step.move is not Move.NOTE,
    )


def write_note(
    order: WorkOrder,
    text: str,
    actor: Actor,
    at: datetime,
    *,
    move: Move = Move.NOTE,
    id_: str | None = None,
    is_public: bool = False,
) -> Event:
    """Something that moves nothing; `move` is what it was about. As a rule only those who work on it read it."""
    return Event(
        id=id_ or new_id(),
        complaint_id=order.complaint_id,
        at=at,
        move=move,
        state=order.state,
        actor=actor,
        unit_id=order.unit_id,
        text=text,
        is_public=is_public,
    )
