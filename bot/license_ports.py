"""What the services of electronic licences and verifications need from the world; see `bot.ports`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.commitment import SignedCommitment
from bot.domain.e_license import License, LicenseRequest
from bot.domain.filing import Letter
from bot.domain.identity import Identity
from bot.domain.use_record import Use, UseRecord
from bot.domain.verification import Verification


class LicenseStore(Protocol):
    """Look-ups. What a citizen agreed to and what came are sealed, and gone when their time is over."""

    async def add(self, request: LicenseRequest, *uses: Use) -> None:
        """Stores a new look-up together with its use records."""
        ...

    async def change(
        self,
        request: LicenseRequest,
        *uses: Use,
        verification: Verification | None = None,
        letters: Sequence[Letter] = (),
    ) -> None:
        """Stores a change together with its use records, and the verification that an objection opens.

        Raises ConflictError where somebody else has changed it meanwhile.
        """
        ...

    async def get(self, request_id: str) -> LicenseRequest | None: ...

    async def find_by_token(self, token: str) -> LicenseRequest | None:
        """The look-up whose consent page has a token with this hash."""
        ...

    async def find_by_hand_over(self, token: str) -> LicenseRequest | None:
        """The look-up that waits for an APP to bring back a token with this hash."""
        ...

    async def find_open(self, owner_id: str, conversation_id: str) -> LicenseRequest | None:
        """The latest look-up of this conversation that has not ended."""
        ...

    async def list_over(self, now: datetime, limit: int) -> Sequence[LicenseRequest]:
        """Look-ups whose time is over but that are not closed yet."""
        ...


class VerificationStore(Protocol):
    """Requests for verification."""

    async def add(self, verification: Verification, *uses: Use, letters: Sequence[Letter] = ()) -> None:
        """Stores a new request with letters and use records. Raises ConflictError where its number is taken."""
        ...

    async def change(
        self, verification: Verification, *uses: Use, at: datetime, letters: Sequence[Letter] = ()
    ) -> None:
        """Stores a change. Raises ConflictError where somebody else has changed it meanwhile."""
        ...

    async def get(self, verification_id: str) -> Verification:
        """Raises NotFoundError."""
        ...

    async def find_by_number(self, number: str) -> Verification | None: ...

    async def list_of_owner(self, owner_id: str, limit: int) -> Sequence[Verification]:
        """Of one citizen, the latest first."""
        ...

    async def list_of_unit(self, unit_id: str | None, limit: int, *, only_open: bool) -> Sequence[Verification]:
        """Of one unit on either side, or of all; open ones by due time, else the latest first."""
        ...

    async def list_open(self, limit: int) -> Sequence[Verification]:
        """All that wait for an answer, the first due first."""
        ...

    async def list_between(self, since: datetime, until: datetime) -> Sequence[Verification]:
        """All that were asked within a span of time."""
        ...


class UseLedger(Protocol):
    """The chain of use records: only ever added to."""

    async def append(self, *uses: Use) -> None:
        """Adds records that go with no other change."""
        ...

    async def list_of_subject(self, subject_id: str, limit: int) -> Sequence[UseRecord]:
        """Of one citizen, the latest first."""
        ...

    async def list_about(self, about: str) -> Sequence[UseRecord]:
        """Of one look-up, verification or commitment, in order."""
        ...

    async def list_from(self, seq: int, limit: int) -> Sequence[UseRecord]:
        """From a number on, in order."""
        ...

    async def find_end(self) -> tuple[int, str]:
        """Number and hash of the last record; 0 and zeros where there is none."""
        ...


class IdentitySessions(Protocol):
    """Who has just logged in, by the hash of what the browser holds, for minutes."""

    async def open(self, session: str, identity: Identity, *, now: datetime, until: datetime) -> None: ...

    async def find(self, session: str, now: datetime) -> Identity | None: ...


class CommitmentStore(Protocol):
    """Signed letters of commitment."""

    async def add(self, signed: SignedCommitment, *uses: Use) -> None: ...

    async def find(self, commitment_id: str) -> SignedCommitment | None: ...


class LoginSystem(Protocol):
    """A system outside that says who a citizen is."""

    def make_login_url(self, return_url: str) -> str:
        """Where the citizen logs in; comes back to `return_url` with a one-time ticket."""
        ...

    async def identify(self, ticket: str) -> Identity:
        """Who logged in. Raises UnauthenticatedError for a ticket that is not good, UnavailableError."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """What an APP brings back when its user has decided.

    Attributes:
        token: the one-time token of the hand-over. code: opens the licence, once; empty where the user said no.
        holder_number: whose APP it was, so that nobody opens another one's licence.
    """

    token: str
    code: str
    holder_number: str


class LicenseProvider(Protocol):
    """Where electronic licences are kept."""

    def make_hand_over(self, request: LicenseRequest, token: str, return_url: str) -> str | None:
        """A signed address that opens the APP; None where the citizen's consent here is enough."""
        ...

    async def fetch(self, request: LicenseRequest, code: str, *, requester: str) -> License:
        """The licence that was agreed to.

        Args:
            code: of the grant; empty where there was no hand-over. requester: name of the unit, for the watermark.

        Raises:
            NotFoundError: the holder has none. ForbiddenError: the grant or consent is not accepted.
            UnavailableError: the system does not answer.
        """
        ...


class TrustSource(Protocol):
    """The only source that may say of somebody that a false promise has not been made good."""

    async def has_false_promise(self, identity: Identity) -> bool:
        """Raises UnavailableError."""
        ...
