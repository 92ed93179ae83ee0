"""The people of both units, and the platform, move a verification; every look at what it says is recorded."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from typing import Final

import msgspec

from bot.domain import verification as rules
from bot.domain.errors import ConflictError, ForbiddenError, NotFoundError
from bot.domain.filing import Letter
from bot.domain.identifiers import new_id
from bot.domain.use_record import UseAct
from bot.domain.verification import Finding, Verification, VerificationMove, VerificationState
from bot.domain.verification_news import UPDATE_TOPIC, VerificationNews, VerificationStatus
from bot.domain.viewer import Viewer
from bot.license_ports import UseLedger, VerificationStore
from bot.ports import Clock
from bot.services.knowledge import LiveKnowledge
from bot.services.verifications.opening import record_verification

PLATFORM: Final = "platform"
# What a certificate may be used for (article 17 (3)).
LAWFUL_PURPOSE: Final = "办理申请的事项"
_ACTS: Final = {
    VerificationState.ACCEPTED: (UseAct.VERIFY_ACCEPT, VerificationStatus.ACCEPTED),
    VerificationState.ANSWERED: (UseAct.VERIFY_ANSWER, VerificationStatus.ANSWERED),
    VerificationState.CANNOT_VERIFY: (UseAct.VERIFY_NO_ANSWER, VerificationStatus.CANNOT_VERIFY),
}
# Told of every verification that has ended: whoever pushes news to citizens.
TellEnd = Callable[[Verification], Awaitable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveWords:
    """What goes with a move."""

    finding: Finding | None = None
    facts: str = field(default="", repr=False)
    reason: str = field(default="", repr=False)


async def tell_nobody(_verification: Verification) -> None:
    """Where nobody is to be told."""


class VerificationAnswering:
    """Moves requests.

    Args:
        tell_end: is told of each that has ended.
    """

    def __init__(
        self,
        *,
        verifications: VerificationStore,
        ledger: UseLedger,
        knowledge: LiveKnowledge,
        clock: Clock,
        tell_end: TellEnd = tell_nobody,
    ) -> None:
        self._verifications = verifications
        self._ledger = ledger
        self._knowledge = knowledge
        self._clock = clock
        self._tell_end = tell_end

    async def move(
        self, viewer: Viewer, verification_id: str, name: VerificationMove, words: MoveWords
    ) -> Verification:
        """A move by somebody of the issuing unit.

        Raises:
            NotFoundError: none that this person may know of. ForbiddenError: not of the issuing unit.
            ConflictError, InvalidInputError: see `bot.domain.verification`.
        """
        current = await self.find(viewer, verification_id)
        rules.require_issuer(current, viewer)
        return await self._move(current, name, words, by=viewer.id, is_ours=True)

    async def hear(self, news: VerificationNews) -> None:
        """News of the platform; what was heard before is harmless, what comes after the end is refused.

        Raises NotFoundError, ConflictError, InvalidInputError.
        """
        current = await self._verifications.find_by_number(news.number)
        if current is None:
            raise NotFoundError("没有这个编号的核实")
        name = {
            VerificationStatus.ACCEPTED: VerificationMove.ACCEPT,
            VerificationStatus.ANSWERED: VerificationMove.ANSWER,
            VerificationStatus.CANNOT_VERIFY: VerificationMove.CANNOT_VERIFY,
        }[news.status]
        words = MoveWords(finding=news.finding, facts=news.facts, reason=news.reason)
        await self._move(current, name, words, by=PLATFORM, is_ours=False)

    async def find(self, viewer: Viewer, verification_id: str) -> Verification:
        """One that this person may know of. Raises NotFoundError."""
        current = await self._verifications.get(verification_id)
        if not rules.may_see(current, viewer):
            raise NotFoundError("没有找到这条核实")
        return current

    async def read(self, viewer: Viewer, verification_id: str, purpose: str) -> Verification:
        """What is asked and answered, in full, for a lawful purpose only; the look is recorded either way.

        Raises ForbiddenError for any other purpose (article 17 (3)), NotFoundError.
        """
        current = await self.find(viewer, verification_id)
        is_lawful = purpose == LAWFUL_PURPOSE
        act = UseAct.READ_ANSWER if is_lawful else UseAct.TURNED_AWAY
        use = record_verification(current, act, actor=viewer.id, unit=viewer.unit_id or "", purpose=purpose)
        await self._ledger.append(replace(use, at=self._clock.now(), actor_role=viewer.role.value))
        if not is_lawful:
            raise ForbiddenError("核实结果只能用于办理申请的事项，不能挪作他用（若干规定第十七条、第二十条第八项）")
        return current

    async def _move(
        self, current: Verification, name: VerificationMove, words: MoveWords, *, by: str, is_ours: bool
    ) -> Verification:
        now = self._clock.now()
        match name:
            case VerificationMove.ACCEPT:
                moved = rules.accept(current, now)
            case VerificationMove.ANSWER:
                moved = self._answer(current, words, by)
            case VerificationMove.CANNOT_VERIFY:
                moved = rules.cannot_verify(current, words.reason, by=by, at=now)
        act, _ = _ACTS[moved.state]
        use = record_verification(moved, act, actor=by, unit=moved.issuing_unit_id)
        letters = (_write_news(moved, words),) if is_ours else ()
        await self._verifications.change(moved, replace(use, at=now), at=now, letters=letters)
        if not moved.is_open:
            await self._tell_end(moved)
        return moved

    def _answer(self, current: Verification, words: MoveWords, by: str) -> Verification:
        if words.finding is None:
            raise ConflictError("请选核实的结果：属实、不符还是部分属实")
        units = self._knowledge.current.catalogue.units
        requester, producer = units.get(current.requesting_unit_id), units.get(current.issuing_unit_id)
        return rules.answer(
            current,
            words.finding,
            words.facts,
            requester=requester.name if requester else current.requesting_unit_id,
            producer=producer.name if producer else current.issuing_unit_id,
            by=by,
            at=self._clock.now(),
        )


def _write_news(verification: Verification, words: MoveWords) -> Letter:
    _, status = _ACTS[verification.state]
    news = VerificationNews(
        id=new_id(),
        number=verification.number,
        status=status,
        at=verification.ended_at or verification.accepted_at or verification.requested_at,
        finding=words.finding,
        facts=words.facts,
        reason=words.reason,
    )
    return Letter(
        id=news.id,
        topic=UPDATE_TOPIC,
        subject_id=verification.id,
        key=f"{verification.id}:{status.value.lower()}",
        body=msgspec.json.encode(news).decode(),
    )
