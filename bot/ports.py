"""What the services need from the world, as Protocols; `bot.storage` and `integrations` implement them."""

from collections.abc import Collection, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import date, datetime
from typing import Protocol

from bot.domain.case_facts import CaseFact, EventFact, Period
from bot.domain.civic_request import CivicFilter, CivicRequest
from bot.domain.complaint import Complaint, Draft
from bot.domain.complaint_case import CaseFilter, CasePage, ComplaintCase
from bot.domain.conversation import Memory, Message
from bot.domain.filing import Change, Filing, Letter, Record
from bot.domain.forms import Form, FormBatch, Saved
from bot.domain.hotline import HotlineNews
from bot.domain.outbox import Attempt, LetterState, StuckLetter
from bot.domain.picture import Picture
from bot.domain.viewer import Role, Viewer
from bot.domain.work_order import Event


class Clock(Protocol):
    """The time, so that tests can set it. Always timezone-aware."""

    def now(self) -> datetime: ...


class ConversationStore(Protocol):
    """Conversations and messages that survive the process: what `append_turn` has returned from is durable."""

    async def get_owner(self, conversation_id: str) -> str:
        """The owner's id. Raises NotFoundError."""
        ...

    async def append_turn(
        self, owner_id: str, question: Message, answer: Message, *, opens: bool, records: Sequence[Record] = ()
    ) -> None:
        """Stores both messages of a turn, the conversation too where the turn opens one, and what the turn brought
        about; all or nothing.

        Raises ConflictError where this owner has sent this `client_message_id` before, or the conversation is gone.
        """
        ...

    async def find_latest(self, owner_id: str) -> str | None:
        """The conversation that this person opened last, or None."""
        ...

    async def append_notice(self, notice: Message) -> None:
        """Stores a message that nobody asked for.

        Raises ConflictError where it is stored already, or the conversation is gone.
        """
        ...

    async def find_answer(self, owner_id: str, client_message_id: str) -> Message | None:
        """The bot's answer that was given to this client message of this owner before, or None."""
        ...

    async def find_draft(self, conversation_id: str) -> Draft | None:
        """The complaint that is being taken in this conversation, or None."""
        ...

    async def list_messages(
        self, conversation_id: str, *, limit: int, before: datetime | None = None
    ) -> Sequence[Message]:
        """The latest messages in the order they were said."""
        ...


class MemoryStore(Protocol):
    """Dialogue state with a time to live, and one turn at a time per conversation."""

    async def load(self, conversation_id: str) -> Memory:
        """The memory of a conversation; a fresh one where there is none or it has expired."""
        ...

    async def save(self, conversation_id: str, memory: Memory) -> None:
        """Remembers until the time to live runs out."""
        ...

    def lock(self, conversation_id: str) -> AbstractAsyncContextManager[None]:
        """Holds the conversation for one turn; others wait in order. Raises UnavailableError after a time-out."""
        ...


class RateLimiter(Protocol):
    """How many requests somebody may make."""

    async def spend(self, key: str, *, limit: int, window_seconds: int) -> None:
        """Counts one request. Raises TooManyRequestsError with the seconds to wait."""
        ...


class Accounts(Protocol):
    """Operators and staff who sign in with a password."""

    async def create(self, *, login: str, name: str, password: str, role: Role, unit_id: str | None = None) -> str:
        """The new account's id.

        Raises ConflictError where the login is taken, InvalidInputError where the password is weak.
        """
        ...

    async def check(self, login: str, password: str) -> Viewer | None:
        """Who it is where login and password fit, else None; takes the same time for both."""
        ...


class FormImports(Protocol):
    """What units reported in annex 2 and 3. Of one unit and form the last import is current; older ones stay."""

    async def save_all(self, batches: Sequence[FormBatch]) -> tuple[Saved, ...]:
        """Stores all batches or none, and says of each what became of it; the same content is stored once."""
        ...

    async def find_current(self, unit_id: str, form: Form) -> FormBatch | None:
        """The unit's last report, or None."""
        ...

    async def list_batches(self, unit_id: str, form: Form) -> Sequence[FormBatch]:
        """All reports of a unit, the newest first."""
        ...


class Complaints(Protocol):
    """Complaints with their work orders. What has returned from `file` or `save` is durable."""

    async def file(self, filing: Filing) -> None:
        """Stores a new complaint with all that belongs to it. Raises ConflictError where its number is taken."""
        ...

    async def get(self, complaint_id: str) -> ComplaintCase:
        """Raises NotFoundError."""
        ...

    async def find(self, number: str) -> ComplaintCase | None:
        """By the number that the citizen was told."""
        ...

    async def find_with_phone(self, number: str, phone: str) -> ComplaintCase | None:
        """By number, where this telephone number was given with it."""
        ...

    async def find_with_picture(self, picture_id: str) -> ComplaintCase | None:
        """The complaint that a picture was sent with."""
        ...

    async def list_own(self, owner_id: str, *, limit: int) -> Sequence[ComplaintCase]:
        """The complaints that somebody's token filed, the newest first."""
        ...

    async def list_followers(self, complaint_id: str) -> Sequence[ComplaintCase]:
        """The complaints that were merged into this one, the oldest first."""
        ...

    async def list_at_hotline(self) -> Sequence[tuple[str, str]]:
        """Our number and 12345's of every complaint that it has and has not answered."""
        ...

    async def list_stranded(self, *, limit: int) -> Sequence[ComplaintCase]:
        """Complaints that were merged into one that its citizen has withdrawn."""
        ...

    async def list_events(self, complaint_id: str) -> Sequence[Event]:
        """What happened, the oldest first."""
        ...

    async def list_changed(self, owner_ids: Collection[str], *, since: datetime) -> Sequence[ComplaintCase]:
        """Complaints of these citizens that changed since then."""
        ...

    async def find_event(self, event_id: str) -> Event | None:
        """Whether something has been noted before."""
        ...

    async def save(self, *changes: Change) -> None:
        """Stores the changes of one or several work orders, all or none.

        Raises ConflictError where one of them was changed by somebody else meanwhile, or an event is stored already.
        """
        ...

    async def search(self, viewer: Viewer, chosen: CaseFilter, *, limit: int, before: str | None = None) -> CasePage:
        """What this viewer may see of all complaints, the newest first; a handler only those of the own unit.

        Args:
            before: `next_before` of the page before.

        Raises InvalidInputError for a `before` that was never given out.
        """
        ...

    async def find_duplicates(
        self, unit_id: str, matter_id: str, certificate_ids: Sequence[str], *, since: datetime
    ) -> Sequence[ComplaintCase]:
        """Complaints filed since then that are still worked on, about the same unit, matter and one of the
        certificates; the oldest first."""
        ...

    async def list_ticking(self, *, until: datetime, limit: int) -> Sequence[ComplaintCase]:
        """Complaints that the clock keeper must have looked at by then, those that wait longest first."""
        ...


class CivicRequests(Protocol):
    """Complaints as the public may see them; those that were withdrawn or erased are not there."""

    async def list_requests(self, chosen: CivicFilter, *, limit: int) -> Sequence[CivicRequest]:
        """The newest first."""
        ...

    async def find_by_number(self, number: str) -> CivicRequest | None:
        """By the number that the citizen was told."""
        ...

    async def find_filed(self, repeat_key: str, *, since: datetime) -> str | None:
        """The id of the complaint that was filed with this key since then."""
        ...


class CaseFacts(Protocol):
    """What statistics are made of."""

    async def list_cases(self, period: Period) -> Sequence[CaseFact]:
        """The complaints that were filed in the period."""
        ...

    async def list_events(self, period: Period) -> Sequence[EventFact]:
        """Every event, the oldest first, of the complaints to which something happened in the period."""
        ...

    async def find_first_day(self) -> date | None:
        """The day in China of the first complaint."""
        ...


class Pictures(Protocol):
    """Pictures sent with complaints; sealed at rest."""

    async def add(self, picture: Picture) -> None:
        """Stores a picture; durable when it returns."""
        ...

    async def get(self, picture_id: str) -> Picture:
        """Raises NotFoundError."""
        ...

    async def find_owner(self, picture_id: str) -> str | None:
        """Who sent it; None where there is no such picture."""
        ...


class PersonalData(Protocol):
    """Erases what tells of persons; what is counted stays."""

    async def erase_complaint(self, complaint: Complaint, at: datetime) -> None:
        """Name, telephone number, story, pictures, words of the timeline, the talk it was told in; all or nothing."""
        ...

    async def has_waiting_letters(self, complaint_id: str) -> bool:
        """Whether something about the complaint is still on its way to another system."""
        ...

    async def list_ended(self, before: datetime) -> Sequence[str]:
        """Ids of complaints that ended before then and still have their content; some of them, the oldest first."""
        ...

    async def list_conversations(self, owner_id: str, *, limit: int) -> Sequence[str]:
        """Ids of somebody's conversations, the latest first."""
        ...

    async def purge_drafts(self, before: datetime) -> int:
        """Deletes drafts last changed before then; says how many changes."""
        ...

    async def purge_messages(self, before: datetime) -> int:
        """Empties messages said before then; says how many."""
        ...

    async def purge_pictures(self, before: datetime) -> int:
        """Deletes pictures sent before then that no complaint took; says how many."""
        ...

    async def purge_letters(self, before: datetime) -> int:
        """Empties letters delivered before then; says how many."""
        ...

    async def purge_verifications(self, before: datetime) -> int:
        """Deletes verifications that ended before, and says how many."""
        ...

    async def purge_commitments(self, before: datetime) -> int:
        """Deletes letters of commitment signed before, and says how many."""
        ...


class Outbox(Protocol):
    """Letters that other systems must get. What is to be sent is written by whoever stores what it tells of."""

    async def claim(self, limit: int) -> Sequence[Attempt]:
        """Letters that are due, for this worker alone for a while; of each subject only the first that is not
        delivered."""
        ...

    async def settle(self, letter_id: str) -> None:
        """The letter is delivered."""
        ...

    async def postpone(self, letter_id: str, *, until: datetime, error: str) -> None:
        """To be tried again."""
        ...

    async def bury(self, letter_id: str, *, error: str) -> None:
        """Given up until a person looks at it."""
        ...

    async def revive(self, letter_id: str) -> bool:
        """A letter that was given up is due again; False where there is none."""
        ...

    async def list_dead(self) -> Sequence[StuckLetter]:
        """Letters that were given up, the oldest first."""
        ...

    async def count(self, state: LetterState) -> int:
        """How many letters are in a state."""
        ...


class HotlineGateway(Protocol):
    """12345, as we speak to it. Delivering the same letter twice is harmless."""

    async def deliver(self, letter: Letter) -> HotlineNews | None:
        """Hands over a letter; what 12345 says at once, or None where it will call back.

        Raises:
            UnavailableError: it does not answer now; try again later.
            DomainError: it refuses this letter for good.
        """
        ...


class HotlineDesk(Protocol):
    """What is done with news from 12345."""

    async def hear(self, news: HotlineNews) -> None:
        """Moves the work order as the news says; news heard before is harmless, news that does not fit is kept as a
        note. Raises NotFoundError where no complaint has the number."""
        ...


class AuditTrail(Protocol):
    """What people with rights did, for those who must be able to ask later. Never holds words of citizens."""

    async def record(self, *, actor_id: str, action: str, target: str = "", detail: str = "") -> None:
        """Stores one act; durable when it returns."""
        ...
