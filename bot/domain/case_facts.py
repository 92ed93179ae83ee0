"""What statistics are made of: facts of complaints and typed events, without a word or a person in them."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.domain.work_order import ActorRole, Move, Outcome, State
from bot.domain.working_time import CHINA_TIME


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Days in China, both included."""

    first: date
    last: date

    @property
    def since(self) -> datetime:
        """Its first moment."""
        return datetime.combine(self.first, time(), CHINA_TIME)

    @property
    def until(self) -> datetime:
        """The first moment after it."""
        return datetime.combine(self.last, time(), CHINA_TIME) + timedelta(days=1)

    def has(self, at: datetime) -> bool:
        """Whether a moment lies in it."""
        return self.since <= at < self.until


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFact:
    """A complaint. `about_unit_id`: that it is about; `unit_id`: that handles it; `lawful`: as judged when filed."""

    id: str
    about_unit_id: str | None
    unit_id: str | None
    certificate_ids: tuple[str, ...]
    lawful: bool | None
    state: State
    outcome: Outcome | None
    rating: int | None
    reopened: int
    returns: int
    due_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventFact:
    """One event of a complaint. `rating`: of the complaint, which is given once."""

    complaint_id: str
    at: datetime
    move: Move | None
    state: State
    actor: ActorRole
    unit_id: str | None
    rating: int | None

    @property
    def ran_late(self) -> bool:
        """Whether it tells that a term ran out: the clock itself escalates then."""
        return self.move is Move.ESCALATE and self.actor is ActorRole.SYSTEM
