"""A citizen looks after a complaint: looks, urges, adds, withdraws, reopens, rates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from bot.dialogue.errands import ComplaintView, FollowAct, FollowComplaint, Followed
from bot.domain.complaint_case import ComplaintCase
from bot.domain.errors import ConflictError, InvalidInputError, NotFoundError, TooManyRequestsError
from bot.domain.numbers import read_number
from bot.domain.viewer import Viewer
from bot.domain.work_order import Actor, ActorRole, Event, Move, Step
from bot.ports import Clock, Complaints, RateLimiter
from bot.services.complaints.moving import OrderMoving
from bot.services.complaints.viewing import ComplaintViews
from bot.services.errands import Done, Occasion

_MOST_SHOWN: Final = 5
# Attempts to find a complaint by number and telephone number: of one person, and for one number from everywhere.
_WINDOW_SECONDS: Final = 15 * 60
_TRIES_OF_PERSON: Final = 10
_TRIES_OF_NUMBER: Final = 30
# Urged or told again within this time, it is the same message sent twice.
_SAME_MESSAGE: Final = timedelta(minutes=10)
_LONGEST_TEXT: Final = 2_000
_MOVES: Final[dict[FollowAct, Move]] = {act: Move(act.value) for act in FollowAct if act is not FollowAct.LOOK}
_NOTHING_FITS: Final = "没有找到：编号和手机号对不上，请再核对一下"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a citizen wants done, whichever way it came."""

    act: FollowAct
    text: str = ""
    rating: int | None = None

    @property
    def step(self) -> Step:
        """The move that carries it out."""
        return Step(move=_MOVES[self.act], text=self.text, rating=self.rating)


class ComplaintFollowing:
    """Shows citizens their complaints, and does with them what they may."""

    def __init__(
        self,
        *,
        complaints: Complaints,
        moving: OrderMoving,
        views: ComplaintViews,
        limiter: RateLimiter,
        clock: Clock,
    ) -> None:
        self._complaints = complaints
        self._moving = moving
        self._views = views
        self._limiter = limiter
        self._clock = clock

    async def run_errand(self, occasion: Occasion, errand: FollowComplaint) -> Done:
        """Handler of `FollowComplaint`. What is done is stored before it is told."""
        try:
            return await self._follow(occasion.viewer, errand), ()
        except TooManyRequestsError as error:
            return Followed(refusal=error.detail), ()

    async def list_own(self, viewer: Viewer, *, limit: int) -> tuple[ComplaintView, ...]:
        """The complaints of this token, the newest first."""
        return await self._draw_all(await self._complaints.list_own(viewer.id, limit=limit))

    async def find_own(self, viewer: Viewer, number: str) -> ComplaintCase | None:
        """The complaint of this number, where this token filed it."""
        case = await self._complaints.find(number)
        return case if case is not None and is_owner(viewer, case) else None

    async def get(self, viewer: Viewer, number: str, phone: str | None = None) -> ComplaintCase:
        """The complaint, where the token filed it or the telephone number proves it.

        Raises:
            NotFoundError: none that this person may know of. TooManyRequestsError: too many attempts.
        """
        read = read_number(number)
        case = await self.find_own(viewer, read) if read else None
        if case is None and phone:
            case = await self._find_proven(viewer, read or number, phone)
        if case is None:
            raise NotFoundError(_NOTHING_FITS if phone else "没有找到这件投诉")
        return case

    async def view(self, case: ComplaintCase) -> ComplaintView:
        """As its citizen may see it."""
        return await self._views.draw(case)

    async def act(self, case: ComplaintCase, wish: Wish) -> ComplaintCase:
        """The complaint after what its citizen wished; the same wish sent twice is carried out once.

        Raises:
            ConflictError, InvalidInputError: it cannot be done now, or not so.
        """
        if len(wish.text) > _LONGEST_TEXT:
            raise InvalidInputError("内容太长了", {"text": f"最多 {_LONGEST_TEXT} 个字"})
        actor = Actor(role=ActorRole.CITIZEN, id=case.complaint.owner_id)
        if case.erased_at:
            raise ConflictError("这件的个人信息已经删除，不能再办理")
        if await self._is_said(case, wish):
            return case
        return await self._moving.move(case, wish.step, actor)

    async def _follow(self, viewer: Viewer, errand: FollowComplaint) -> Followed:
        if errand.number is None:
            return await self._follow_among(await self._complaints.list_own(viewer.id, limit=_MOST_SHOWN), errand)
        number = read_number(errand.number)
        case = await self.find_own(viewer, number) if number else None
        if case is None and not errand.phone:
            # The same whether or not there is such a number, so that nobody learns which exist.
            return Followed(needs_phone=True)
        if case is None and errand.phone:
            case = await self._find_proven(viewer, number or errand.number, errand.phone)
        return Followed(refusal=_NOTHING_FITS) if case is None else await self._follow_one(case, errand)

    async def _follow_among(self, cases: Sequence[ComplaintCase], errand: FollowComplaint) -> Followed:
        """Does it with the only one that it can be done with; else says which there are."""
        if errand.act is FollowAct.LOOK:
            return Followed(found=await self._draw_all(cases), done=bool(cases))
        fitting = [case for case in cases if _MOVES[errand.act] in self._views.list_moves(case)]
        if len(fitting) == 1:
            return await self._follow_one(fitting[0], errand)
        if len(cases) == 1:
            return await self._follow_one(cases[0], errand)
        return Followed(found=await self._draw_all(fitting or cases))

    async def _follow_one(self, case: ComplaintCase, errand: FollowComplaint) -> Followed:
        if errand.act is FollowAct.LOOK:
            return Followed(found=(await self._views.draw(case),), done=True)
        try:
            case = await self.act(case, Wish(act=errand.act, text=errand.text, rating=errand.rating))
        except (ConflictError, InvalidInputError) as error:
            return Followed(found=(await self._views.draw(case),), refusal=error.detail)
        return Followed(found=(await self._views.draw(case),), done=True)

    async def _find_proven(self, viewer: Viewer, number: str, phone: str) -> ComplaintCase | None:
        """By number and telephone number; attempts are counted before anything is looked up."""
        await self._spend(f"follow:{viewer.id}", _TRIES_OF_PERSON)
        await self._spend(f"follow-number:{number[:32]}", _TRIES_OF_NUMBER)
        return await self._complaints.find_with_phone(number, phone)

    async def _spend(self, key: str, limit: int) -> None:
        await self._limiter.spend(key, limit=limit, window_seconds=_WINDOW_SECONDS)

    async def _is_said(self, case: ComplaintCase, wish: Wish) -> bool:
        """Whether the citizen has just said the same: a message may arrive twice when its first answer was lost."""
        events = await self._complaints.list_events(case.complaint.id)
        own = [event for event in events if event.actor.role is ActorRole.CITIZEN]
        return bool(own) and self._is_same(own[-1], wish)

    def _is_same(self, last: Event, wish: Wish) -> bool:
        is_recent = self._clock.now() - last.at < _SAME_MESSAGE
        return is_recent and last.move is _MOVES[wish.act] and last.text == wish.text.strip()

    async def _draw_all(self, cases: Sequence[ComplaintCase]) -> tuple[ComplaintView, ...]:
        return tuple([await self._views.draw(case) for case in cases])


def is_owner(viewer: Viewer, case: ComplaintCase) -> bool:
    """Whether this person's token filed the complaint."""
    return case.complaint.owner_id == viewer.id != ""
