"""One unit asks another whether a certificate's fact is true: what is asked, by when, and where it stands. Pure.

2020 rules, article 14 (3) sets the clock, article 16 forbids to refuse: there is no such move. A unit that does not
hold the fact says so with its reason, which ends the request and tells the asking unit where to look next.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from bot.domain.catalogue import Handling
from bot.domain.errors import ConflictError, ForbiddenError, InvalidInputError
from bot.domain.viewer import Role, Viewer
from bot.domain.watermark import SealKind, Watermark

SHORTEST_REASON: Final = 5


class VerificationState(StrEnum):
    """Where a request stands."""

    SENT = "sent"
    ACCEPTED = "accepted"
    ANSWERED = "answered"
    CANNOT_VERIFY = "cannot_verify"

    @property
    def label(self) -> str:
        """The state in Chinese."""
        return _STATES[self]


_STATES: Final = {
    VerificationState.SENT: "已发给出证单位",
    VerificationState.ACCEPTED: "出证单位正在核实",
    VerificationState.ANSWERED: "已核实",
    VerificationState.CANNOT_VERIFY: "出证单位查不到",
}
OPEN_STATES: Final = frozenset({VerificationState.SENT, VerificationState.ACCEPTED})


class VerificationMove(StrEnum):
    """What can be done with a request. Refusing is none of it (article 16)."""

    ACCEPT = "accept"
    ANSWER = "answer"
    CANNOT_VERIFY = "cannot_verify"


_RULES: Final[Mapping[VerificationMove, tuple[frozenset[VerificationState], VerificationState]]] = {
    VerificationMove.ACCEPT: (frozenset({VerificationState.SENT}), VerificationState.ACCEPTED),
    VerificationMove.ANSWER: (OPEN_STATES, VerificationState.ANSWERED),
    VerificationMove.CANNOT_VERIFY: (OPEN_STATES, VerificationState.CANNOT_VERIFY),
}


class Finding(StrEnum):
    """What the issuing unit found."""

    TRUE = "true"
    FALSE = "false"
    PARTLY = "partly"

    @property
    def label(self) -> str:
        """The finding in Chinese."""
        return _FINDINGS[self]


_FINDINGS: Final = {Finding.TRUE: "情况属实", Finding.FALSE: "与记录不符", Finding.PARTLY: "部分属实"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is to be verified, about whom. Never shown in `repr`.

    Attributes:
        number: citizen number or 统一社会信用代码. facts: in words. field: of a licence that its holder disputes.
    """

    name: str = field(repr=False)
    number: str = field(repr=False)
    facts: str = field(repr=False)
    field: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedCertificate:
    """The electronic certificate that answers: what was found, under which seal (article 14)."""

    finding: Finding
    facts: str = field(repr=False)
    watermark: Watermark


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """One request.

    Attributes:
        owner_id: the citizen whom it concerns, where he asked through this service.
        license_id: the look-up whose value is disputed. warned: per cent of the time already warned of.
        rule: what set the due time, in Chinese.
    """

    id: str
    number: str
    owner_id: str
    matter_id: str
    certificate_id: str
    entry_id: str
    case_number: str
    requesting_unit_id: str
    issuing_unit_id: str
    requested_by: str
    requested_at: datetime
    handling: Handling
    due_at: datetime
    rule: str
    question: Question
    is_late_from_start: bool = False
    license_id: str = ""
    state: VerificationState = VerificationState.SENT
    accepted_at: datetime | None = None
    ended_at: datetime | None = None
    ended_by: str = ""
    answer: SealedCertificate | None = None
    reason: str = field(default="", repr=False)
    warned: int = 0
    is_escalated: bool = False
    version: int = 1

    @property
    def is_open(self) -> bool:
        """Whether the issuing unit still owes an answer."""
        return self.state in OPEN_STATES

    def is_late(self, now: datetime) -> bool:
        """Whether it was answered late, or is late now."""
        return (self.ended_at or now) > self.due_at


def list_moves(verification: Verification, viewer: Viewer) -> tuple[VerificationMove, ...]:
    """What this person may do with it now: only people of the issuing unit move it."""
    if viewer.role is not Role.HANDLER or viewer.unit_id != verification.issuing_unit_id:
        return ()
    return tuple(name for name, (states, _) in _RULES.items() if verification.state in states)


def may_see(verification: Verification, viewer: Viewer) -> bool:
    """People of the two units, and those who watch over all of them."""
    if viewer.role in {Role.STAFF, Role.SUPERVISOR}:
        return True
    units = {verification.requesting_unit_id, verification.issuing_unit_id}
    return viewer.role is Role.HANDLER and viewer.unit_id in units


def require_issuer(verification: Verification, viewer: Viewer) -> None:
    """Raises ForbiddenError unless the person works for the issuing unit."""
    if viewer.role is not Role.HANDLER or viewer.unit_id != verification.issuing_unit_id:
        raise ForbiddenError("只有出证单位的人能答复这条核实")


def accept(verification: Verification, at: datetime) -> Verification:
    """The issuing unit has taken it in hand. Raises ConflictError."""
    return replace(_advance(verification, VerificationMove.ACCEPT), accepted_at=at)


def answer(
    verification: Verification, finding: Finding, facts: str, *, requester: str, producer: str, by: str, at: datetime
) -> Verification:
    """The issuing unit sends the sealed electronic certificate.

    Args:
        requester, producer: names of the two units, for the watermark.

    Raises:
        ConflictError: it was answered before. InvalidInputError: nothing was said.
    """
    moved = _advance(verification, VerificationMove.ANSWER)
    if not facts.strip():
        raise InvalidInputError("请写明核实到的内容", {"facts": "缺少这一项"})
    watermark = Watermark(requester=requester, producer=producer, at=at, seal=SealKind.VERIFICATION)
    certificate = SealedCertificate(finding=finding, facts=facts.strip(), watermark=watermark)
    return replace(moved, answer=certificate, ended_at=at, ended_by=by)


def cannot_verify(verification: Verification, reason: str, *, by: str, at: datetime) -> Verification:
    """The issuing unit does not hold the fact. Raises ConflictError, InvalidInputError without a reason."""
    moved = _advance(verification, VerificationMove.CANNOT_VERIFY)
    if len(reason.strip()) < SHORTEST_REASON:
        raise InvalidInputError("查不到的，要写明原因（依规定不能拒绝核实）", {"reason": "请写明原因"})
    return replace(moved, reason=reason.strip(), ended_at=at, ended_by=by)


def warn(verification: Verification, level: int) -> Verification:
    """So much of the time has run; at 100 per cent it goes to those who watch over both units."""
    escalated = verification.is_escalated or level >= 100
    return replace(verification, warned=level, is_escalated=escalated, version=verification.version + 1)


def _advance(verification: Verification, name: VerificationMove) -> Verification:
    states, state = _RULES[name]
    if verification.state not in states:
        raise ConflictError(f"这条核实现在是“{verification.state.label}”，不能再这样操作")
    return replace(verification, state=state, version=verification.version + 1)
