"""A complaint as the public may see it: what it is about and where it stands, and nothing that anybody told."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from bot.domain.work_order import Outcome, State
from bot.domain.work_order_moves import OPEN_STATES

# GeoReport v2: of one query, so many days and so many requests.
LONGEST_SPAN_DAYS: Final = 90
MOST_REQUESTS: Final = 1_000


class CivicStatus(StrEnum):
    """GeoReport's two statuses."""

    OPEN = "open"
    CLOSED = "closed"


class ExtendedStatus(StrEnum):
    """The finer statuses of the updates extension that FixMyStreet uses."""

    OPEN = "OPEN"
    FOR_TRIAGE = "FOR_TRIAGE"
    INVESTIGATING = "INVESTIGATING"
    IN_PROGRESS = "IN_PROGRESS"
    INTERNAL_REFERRAL = "INTERNAL_REFERRAL"
    REOPEN = "REOPEN"
    FIXED = "FIXED"
    NO_FURTHER_ACTION = "NO_FURTHER_ACTION"
    NOT_COUNCILS_RESPONSIBILITY = "NOT_COUNCILS_RESPONSIBILITY"
    DUPLICATE = "DUPLICATE"
    CLOSED = "CLOSED"


_BY_STATE: Final = {
    State.RECORDED: ExtendedStatus.OPEN,
    State.ACCEPTED: ExtendedStatus.FOR_TRIAGE,
    State.DISPATCHED: ExtendedStatus.INVESTIGATING,
    State.HANDLING: ExtendedStatus.IN_PROGRESS,
    State.RETURNED: ExtendedStatus.INTERNAL_REFERRAL,
    State.REFUSED: ExtendedStatus.NOT_COUNCILS_RESPONSIBILITY,
    State.MERGED: ExtendedStatus.DUPLICATE,
}
# Closed is not solved: only what was solved is called fixed.
_BY_OUTCOME: Final = {
    Outcome.SOLVED: ExtendedStatus.FIXED,
    Outcome.UNSOLVED: ExtendedStatus.NO_FURTHER_ACTION,
    Outcome.LAWFUL: ExtendedStatus.NO_FURTHER_ACTION,
    Outcome.CANNOT_ACT: ExtendedStatus.NO_FURTHER_ACTION,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CivicRequest:
    """Attributes:
    id: the complaint's id, which opens nothing; the number that its citizen was told is never public.
    about_unit_id: that the complaint is about. unit_id: that handles it.
    """

    id: str
    filed_at: datetime
    changed_at: datetime
    due_at: datetime | None
    about_unit_id: str | None
    unit_id: str | None
    matter_id: str | None
    certificate_ids: tuple[str, ...]
    state: State
    outcome: Outcome | None
    reopened: int

    @property
    def status(self) -> CivicStatus:
        """Open until somebody has answered."""
        return CivicStatus.OPEN if self.state in OPEN_STATES else CivicStatus.CLOSED

    @property
    def extended_status(self) -> ExtendedStatus:
        """The finer status."""
        if self.reopened and self.state is State.HANDLING:
            return ExtendedStatus.REOPEN
        if self.state in _BY_STATE:
            return _BY_STATE[self.state]
        return _BY_OUTCOME.get(self.outcome, ExtendedStatus.CLOSED) if self.outcome else ExtendedStatus.CLOSED


@dataclass(frozen=True, slots=True, kw_only=True)
class CivicFilter:
    """Which requests: these `ids`; or those filed from `since` up to `until`, of one of the `statuses`."""

    ids: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    statuses: tuple[CivicStatus, ...] = ()
