"""What the dialogue asks the world for, since it is pure itself: the service runs the errand and brings the result."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.complaint import Draft
from bot.domain.work_order import Move, State


@dataclass(frozen=True, slots=True, kw_only=True)
class FileComplaint:
    """Record this complaint; the citizen has confirmed it."""

    draft: Draft


class FollowAct(StrEnum):
    """What a citizen wants of a complaint already filed."""

    LOOK = "look"
    URGE = "urge"
    ADD = "add"
    WITHDRAW = "withdraw"
    REOPEN = "reopen"
    RATE = "rate"


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowComplaint:
    """Find complaints of this citizen and do something with the one that is meant.

    Attributes:
        number: as told; None means the citizen's own latest ones.
        phone: proves that a complaint filed elsewhere is the caller's, together with its number.
        text: what is added, or why it is reopened. rating: 5 非常满意 … 1 非常不满意.
    """

    act: FollowAct
    number: str | None = None
    phone: str | None = None
    text: str = ""
    rating: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestLicense:
    """Open a look-up of this electronic licence for this matter; the catalogue allows it."""

    matter_id: str
    certificate_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RefuseLicense:
    """The citizen does not want the look-up that was offered in this conversation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackVerification:
    """Find how far this citizen's verifications have come."""


Errand = FileComplaint | FollowComplaint | RequestLicense | RefuseLicense | TrackVerification


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """The complaint is recorded, durable together with this turn.

    Attributes:
        joined: number of the complaint that it was joined to.
    """

    number: str
    due_at: datetime | None = None
    due_rule: str = ""
    joined: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Duplicate:
    """A complaint of the same unit, matter and certificate in the last 30 days; the citizen may join it.

    Attributes:
        is_own: the same citizen filed it.
    """

    number: str
    filed_at: datetime
    is_own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineLine:
    """One thing that happened, in words for the citizen."""

    at: datetime
    label: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintView:
    """A complaint as its citizen may see it. `is_accepted`: 12345 has it, under `hotline_number`."""

    number: str
    title: str
    state: State
    outcome: str | None
    filed_at: datetime
    due_at: datetime | None
    due_rule: str
    is_accepted: bool
    hotline_number: str
    moves: tuple[Move, ...]
    timeline: tuple[TimelineLine, ...]
    rating: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """What became of the wish to follow.

    Attributes:
        found: the complaints that may be meant, the latest first; several where the citizen must say which.
        done: the act was carried out on the only one. refusal: why not, in words for the citizen.
        needs_phone: the number is not the citizen's own on this device; number and phone together would show it.
    """

    found: tuple[ComplaintView, ...] = ()
    done: bool = False
    refusal: str = ""
    needs_phone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LicenseOffered:
    """The look-up waits for the citizen's consent on a page, for so many minutes."""

    url: str
    minutes: int
    providers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LicenseRefused:
    """Nothing is looked up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VerificationLine:
    """One verification as its citizen may see it; `result` is empty until it is answered."""

    number: str
    certificate: str
    unit: str
    state: str
    result: str
    is_open: bool
    is_late: bool
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class VerificationsFound:
    """The citizen's own verifications, the latest first."""

    lines: tuple[VerificationLine, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NotHere:
    """There is no world to ask, as in a test run in the terminal."""


Result = Filed | Duplicate | Followed | LicenseOffered | LicenseRefused | VerificationsFound | NotHere
