"""A complaint with its work order, and what may be asked of many of them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from bot.domain.complaint import Complaint, Protection
from bot.domain.work_order import State, WorkOrder

# A rating of 不满意 or 非常不满意 (差评, GB/T 39735-2020).
WORST_RATINGS: Final = (1, 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintCase:
    """A complaint and where it stands.

    Attributes:
        erased_at: since when its personal content is gone.
    """

    complaint: Complaint
    order: WorkOrder
    erased_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFilter:
    """Which complaints to list; None and False do not narrow.

    Attributes:
        unit_id: of the unit that handles it or that it is about.
        due_before: due by then and not done; with the present moment these are the overdue ones.
        filed_from, filed_to: days in China, both included.
    """

    states: tuple[State, ...] = ()
    unit_id: str | None = None
    due_before: datetime | None = None
    is_escalated: bool = False
    is_poorly_rated: bool = False
    protection: Protection | None = None
    filed_from: date | None = None
    filed_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePage:
    """A page of a list, the newest first; `next_before` asks for the page after it, None where there is none."""

    cases: tuple[ComplaintCase, ...]
    next_before: str | None = None
