"""What goes to 12345 and what comes back, in our own words; an adapter translates. Letters carry these as JSON."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from bot.domain.work_order import Move, Outcome

# Topics of letters.
FILE_TOPIC: Final = "hotline.file"
UPDATE_TOPIC: Final = "hotline.update"


@dataclass(frozen=True, slots=True, kw_only=True)
class HotlineOrder:
    """A new complaint as 12345 gets it: body of a letter of topic `hotline.file`.

    Attributes:
        name, phone: empty where the citizen is anonymous. hide_from_unit: 12345 must not pass name and phone on.
        article20_items: items of article 20 that seem breached, best first. evidence: catalogue entries as they stood
            that day, each as a line. version: of the catalogue.
    """

    complaint_id: str
    number: str
    filed_at: datetime
    title: str
    description: str
    protection: str
    name: str = ""
    phone: str = ""
    wants_callback: bool = False
    hide_from_unit: bool = True
    unit_id: str = ""
    unit_name: str = ""
    matter_id: str = ""
    matter_name: str = ""
    certificate_ids: tuple[str, ...] = ()
    certificate_names: tuple[str, ...] = ()
    issuer_names: tuple[str, ...] = ()
    happened_on: date | None = None
    time_told: str = ""
    place: str = ""
    article20_items: tuple[int, ...] = ()
    lawful: bool | None = None
    evidence: tuple[str, ...] = ()
    basis: tuple[str, ...] = ()
    explanation: str = ""
    version: str = ""
    due_at: datetime | None = None
    due_rule: str = ""
    picture_count: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class HotlineUpdate:
    """What happened to a complaint on our side: body of a letter of topic `hotline.update`.

    Attributes:
        text: the citizen's or official's words. merged_into: number of the complaint it was joined to.
    """

    complaint_id: str
    number: str
    move: Move
    at: datetime
    text: str = ""
    unit_id: str = ""
    outcome: Outcome | None = None
    rating: int | None = None
    merged_into: str = ""


class HotlineStatus(StrEnum):
    """What 12345 says of a work order; each means a move of ours."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    DISPATCHED = "dispatched"
    RETURNED = "returned"
    REASSIGNED = "reassigned"
    HANDLING = "handling"
    EXTENDED = "extended"
    ANSWERED = "answered"
    CLOSED = "closed"
    REOPENED = "reopened"

    @property
    def move(self) -> Move:
        """The move that it means."""
        return _MOVES[self]


_MOVES: Final = {
    HotlineStatus.ACCEPTED: Move.ACCEPT,
    HotlineStatus.REFUSED: Move.REFUSE,
    HotlineStatus.DISPATCHED: Move.DISPATCH,
    HotlineStatus.RETURNED: Move.RETURN,
    HotlineStatus.REASSIGNED: Move.REASSIGN,
    HotlineStatus.HANDLING: Move.START,
    HotlineStatus.EXTENDED: Move.EXTEND,
    HotlineStatus.ANSWERED: Move.ANSWER,
    HotlineStatus.CLOSED: Move.CLOSE,
    HotlineStatus.REOPENED: Move.REOPEN,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class HotlineNews:
    """One piece of news from 12345, by callback or in answer to a letter.

    Attributes:
        id: unique; the same news may come twice. at: when it happened there; news may come out of order.
        number: ours. hotline_number: theirs. days: for an extension, working days.
    """

    id: str
    number: str
    status: HotlineStatus
    at: datetime
    hotline_number: str = ""
    unit_id: str | None = None
    outcome: Outcome | None = None
    days: int = 0
    text: str = ""
