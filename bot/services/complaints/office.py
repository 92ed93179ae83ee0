"""All services of complaints, put together."""

from dataclasses import dataclass
from typing import Self

from bot.ports import Clock, Complaints, Pictures, RateLimiter
from bot.services.complaints.clock_keeper import ClockKeeper
from bot.services.complaints.filing import ComplaintFiling
from bot.services.complaints.following import ComplaintFollowing
from bot.services.complaints.hearing import HotlineHearing
from bot.services.complaints.moving import OrderMoving
from bot.services.complaints.notices import KeepNotices, keep_none
from bot.services.complaints.viewing import ComplaintViews
from bot.services.knowledge import LiveKnowledge
from bot.services.metrics import Metrics


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintOffice:
    """What faces and loops call; `hearing` implements `HotlineDesk`."""

    filing: ComplaintFiling
    following: ComplaintFollowing
    moving: OrderMoving
    hearing: HotlineHearing
    clock_keeper: ClockKeeper

    @classmethod
    def open(
        cls,
        *,
        complaints: Complaints,
        pictures: Pictures,
        knowledge: LiveKnowledge,
        limiter: RateLimiter,
        clock: Clock,
        metrics: Metrics,
        keep_notices: KeepNotices = keep_none,
    ) -> Self:
        """The services over these stores."""
        moving = OrderMoving(complaints=complaints, knowledge=knowledge, clock=clock, keep_notices=keep_notices)
        views = ComplaintViews(complaints=complaints, knowledge=knowledge, clock=clock)
        return cls(
            filing=ComplaintFiling(complaints=complaints, pictures=pictures, knowledge=knowledge),
            following=ComplaintFollowing(
                complaints=complaints, moving=moving, views=views, limiter=limiter, clock=clock
            ),
            moving=moving,
            hearing=HotlineHearing(complaints=complaints, moving=moving, knowledge=knowledge, clock=clock),
            clock_keeper=ClockKeeper(complaints=complaints, moving=moving, clock=clock, metrics=metrics),
        )
