"""Which complaints a list holds: who may see them, what was chosen, and where a page begins."""

import base64
import binascii
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Final

from sqlalchemy import ColumnElement, and_, false, or_, true

from bot.domain.complaint import Complaint
from bot.domain.complaint_case import WORST_RATINGS, CaseFilter
from bot.domain.errors import InvalidInputError
from bot.domain.viewer import Role, Viewer
from bot.domain.working_time import CHINA_TIME
from bot.storage.tables import COMPLAINTS, WORK_ORDERS

_SEE_ALL: Final = frozenset({Role.OPERATOR, Role.SUPERVISOR})


def sees(viewer: Viewer) -> ColumnElement[bool]:
    """Operators and supervisors see all, a handler what the own unit handles, anybody else nothing."""
    if viewer.role in _SEE_ALL:
        return true()
    if viewer.role is Role.HANDLER and viewer.unit_id:
        return WORK_ORDERS.c.unit_id == viewer.unit_id
    return false()


def conditions_of(chosen: CaseFilter) -> Iterator[ColumnElement[bool]]:
    """The filter in SQL."""
    if chosen.states:
        yield WORK_ORDERS.c.state.in_([state.value for state in chosen.states])
    if chosen.unit_id is not None:
        yield or_(WORK_ORDERS.c.unit_id == chosen.unit_id, COMPLAINTS.c.unit_id == chosen.unit_id)
    if chosen.due_before is not None:
        yield WORK_ORDERS.c.due_at < chosen.due_before
    if chosen.is_escalated:
        yield WORK_ORDERS.c.is_escalated
    if chosen.is_poorly_rated:
        yield WORK_ORDERS.c.rating.in_(WORST_RATINGS)
    if chosen.protection is not None:
        yield COMPLAINTS.c.protection == chosen.protection.value
    if chosen.filed_from is not None:
        yield COMPLAINTS.c.filed_at >= _midnight(chosen.filed_from)
    if chosen.filed_to is not None:
        yield COMPLAINTS.c.filed_at < _midnight(chosen.filed_to) + timedelta(days=1)


def make_mark(last: Complaint) -> str:
    """Where the page after this complaint begins; nothing for people to read."""
    return base64.urlsafe_b64encode(f"{last.filed_at.isoformat()} {last.id}".encode()).decode()


def is_before(mark: str) -> ColumnElement[bool]:
    """What comes after a mark in a list that begins with the newest. Raises InvalidInputError."""
    try:
        moment, _, id_ = base64.urlsafe_b64decode(mark).decode().partition(" ")
        filed_at = datetime.fromisoformat(moment)
    except (ValueError, binascii.Error) as error:
        raise InvalidInputError("没有这一页", {"before": "请用上一页给出的值"}) from error
    if filed_at.tzinfo is None or not id_:
        raise InvalidInputError("没有这一页", {"before": "请用上一页给出的值"})
    return or_(COMPLAINTS.c.filed_at < filed_at, and_(COMPLAINTS.c.filed_at == filed_at, COMPLAINTS.c.id < id_))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), CHINA_TIME)
