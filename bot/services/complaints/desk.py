"""Insiders at work on complaints: lists, one in full, moves, what is hidden until asked for with a reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.domain.complaint import Protection
from bot.domain.complaint_case import CaseFilter, CasePage, ComplaintCase
from bot.domain.errors import ConflictError, ForbiddenError, InvalidInputError, NotFoundError
from bot.domain.numbers import read_number
from bot.domain.personal_data import mask_personal_data
from bot.domain.viewer import Role, Viewer
from bot.domain.work_order import Event, Move, Step, actor_of
from bot.domain.work_order_moves import depends_on_state
from bot.ports import AuditTrail, Complaints
from bot.services.complaints.moving import OrderMoving

# Operators and supervisors see every complaint; a handler what the own unit has been given.
_SEE_ALL: Final = frozenset({Role.OPERATOR, Role.SUPERVISOR})
_SHORTEST_REASON: Final = 4
_LONGEST_LOGGED: Final = 200


class Secret(StrEnum):
    """What of a complainant is shown only to who says why."""

    NAME = "name"
    PHONE = "phone"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile:
    """One complaint as it lies on the desk.

    Attributes:
        moves: what this person may do now. secrets: what this person may ask to see.
        followers: complaints that were merged into it. leader: what it was merged into.
    """

    case: ComplaintCase
    events: Sequence[Event]
    moves: tuple[Move, ...]
    secrets: tuple[Secret, ...]
    followers: Sequence[ComplaintCase] = ()
    leader: ComplaintCase | None = None


class ComplaintDesk:
    """What operators, handlers and supervisors do with complaints."""

    def __init__(self, *, complaints: Complaints, moving: OrderMoving, audit: AuditTrail) -> None:
        self._complaints = complaints
        self._moving = moving
        self._audit = audit

    async def search(self, viewer: Viewer, chosen: CaseFilter, *, limit: int, before: str | None) -> CasePage:
        """The list, the newest first. Raises InvalidInputError for a page that was never given out."""
        return await self._complaints.search(viewer, chosen, limit=limit, before=before)

    async def open(self, viewer: Viewer, number: str) -> CaseFile:
        """One complaint; the look is on record. Raises NotFoundError, also where it is another unit's."""
        case = await self._get(viewer, number)
        await self._record(viewer, "complaint-opened", case)
        return await self._draw(viewer, case)

    async def _draw(self, viewer: Viewer, case: ComplaintCase) -> CaseFile:
        leader = case.order.merged_into
        return CaseFile(
            case=case,
            events=await self._complaints.list_events(case.complaint.id),
            moves=self._moving.list_moves(case.order, actor_of(viewer)),
            secrets=list_secrets(viewer, case),
            followers=await self._complaints.list_followers(case.complaint.id),
            leader=await self._complaints.get(leader) if leader else None,
        )

    async def move(
        self, viewer: Viewer, number: str, step: Step, *, version: int, target: str | None = None
    ) -> CaseFile:
        """Makes a move; the complaint as it lies on the desk after it, also where it has just left it.

        Args:
            version: of the order as the person saw it; heeded only by moves that depend on what it shows.
            target: number of the complaint to merge into.

        Raises:
            ConflictError: it has changed since. Others as `OrderMoving.move`.
        """
        case = await self._get(viewer, number)
        if case.order.version != version and depends_on_state(step.move):
            raise ConflictError("这件工单刚刚有变化，请刷新后再试")
        if target is not None:
            aim = await self._get(viewer, target)
            step = Step(move=step.move, text=step.text, target_id=aim.complaint.id)
        moved = await self._moving.move(case, step, actor_of(viewer))
        await self._record(viewer, f"complaint-{step.move.value}", case)
        return await self._draw(viewer, moved)

    async def reveal(self, viewer: Viewer, number: str, secret: Secret, reason: str) -> str:
        """A name or telephone number in full.

        Raises:
            ForbiddenError: the complainant wants it hidden from this person. InvalidInputError: no reason is given.
        """
        case = await self._get(viewer, number)
        if len(reason.strip()) < _SHORTEST_REASON:
            raise InvalidInputError("请写明为什么要看", {"reason": f"至少 {_SHORTEST_REASON} 个字"})
        detail = f"{secret.value}: {mask_personal_data(reason.strip())[:_LONGEST_LOGGED]}"
        if secret not in list_secrets(viewer, case):
            await self._record(viewer, "complaint-reveal-refused", case, detail)
            raise ForbiddenError("投诉人要求对办理单位保密，或者没有留")
        # On record before it is shown: what cannot be recorded is not shown.
        await self._record(viewer, "complaint-reveal", case, detail)
        return case.complaint.contact.name if secret is Secret.NAME else case.complaint.contact.phone

    async def _get(self, viewer: Viewer, number: str) -> ComplaintCase:
        read = read_number(number)
        case = await self._complaints.find(read) if read else None
        if case is None or not may_see(viewer, case):
            raise NotFoundError("没有找到这件投诉")
        return case

    async def _record(self, viewer: Viewer, action: str, case: ComplaintCase, detail: str = "") -> None:
        await self._audit.record(actor_id=viewer.id, action=action, target=case.complaint.number, detail=detail)


def may_see(viewer: Viewer, case: ComplaintCase) -> bool:
    """Whether this insider works on the complaint."""
    if viewer.role is Role.HANDLER:
        return viewer.unit_id is not None and case.order.unit_id == viewer.unit_id
    return viewer.role in _SEE_ALL


def list_secrets(viewer: Viewer, case: ComplaintCase) -> tuple[Secret, ...]:
    """What there is to reveal to this person: to the unit's own people only where the complainant is open about it."""
    complaint = case.complaint
    if not may_see(viewer, case) or (viewer.role is Role.HANDLER and complaint.protection is not Protection.OPEN):
        return ()
    given = {Secret.NAME: complaint.contact.name, Secret.PHONE: complaint.contact.phone}
    return tuple(secret for secret, value in given.items() if value)
