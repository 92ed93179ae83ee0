"""Tells citizens who are connected right now what others have done about their complaints."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.domain.complaint import Protection
from bot.domain.complaint_case import ComplaintCase
from bot.domain.conversation import Reply
from bot.domain.failure_report import describe_failure
from bot.domain.work_order import ActorRole, State
from bot.domain.working_time import china_moment
from bot.ports import Clock, Complaints
from bot.services.complaints.notices import describe_event, name_notice
from bot.services.complaints.viewing import write_text
from bot.services.knowledge import LiveKnowledge

_LOG: Final = logging.getLogger(__name__)
_PAUSE_SECONDS: Final = 2.0
# Clocks of several machines differ a little; what was announced is remembered so long.
_OVERLAP: Final = timedelta(seconds=10)
# A callback of 12345 may come late; what it tells is news all the same, up to a point.
_STILL_NEWS: Final = timedelta(minutes=10)
_MOST_REMEMBERED: Final = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One thing that happened to somebody's complaint, in words for its citizen.

    Attributes:
        conversation_id: where it was told; empty where it was not told in the chat.
        message_id, reply: the message that stands in that conversation.
    """

    number: str
    state: State
    label: str
    text: str
    at: datetime
    conversation_id: str
    message_id: str
    reply: Reply


# Hands a notice to the connections of one citizen.
Tell = Callable[[str, Notice], Awaitable[None]]


class Announcer:
    """One a process. It looks for changes whoever made them, so that it does not matter in which process they were.

    Args:
        list_listeners: ids of the citizens who are connected; where there are none, nothing is looked up.
    """

    def __init__(
        self,
        *,
        complaints: Complaints,
        knowledge: LiveKnowledge,
        clock: Clock,
        list_listeners: Callable[[], Collection[str]],
        tell: Tell,
    ) -> None:
        self._complaints = complaints
        self._knowledge = knowledge
        self._clock = clock
        self._list_listeners = list_listeners
        self._tell = tell
        self._started_at = self._looked_at = clock.now()
        # Event ids, in the order in which they were announced.
        self._announced: dict[str, None] = {}

    async def run(self) -> None:
        """Works until it is cancelled."""
        while True:
            await asyncio.sleep(_PAUSE_SECONDS)
            try:
                await self.look_round()
            except Exception as error:  # noqa: BLE001 - the top of a background task
                _LOG.error("changes were not announced: %s", describe_failure(error))

    async def look_round(self) -> None:
        """Announces what has changed since the last look. Raises UnavailableError."""
        since, now = self._looked_at - _OVERLAP, self._clock.now()
        listeners = self._list_listeners()
        changed = await self._complaints.list_changed(listeners, since=since) if listeners else ()
        for case in changed:
            await self._announce(case, max(self._started_at, now - _STILL_NEWS))
        self._looked_at = now
        for old in tuple(self._announced)[:-_MOST_REMEMBERED]:
            del self._announced[old]

    async def _announce(self, case: ComplaintCase, since: datetime) -> None:
        """Not what the citizen did, and nothing to somebody who wanted to stay unknown."""
        if case.complaint.protection is Protection.ANONYMOUS:
            return
        for event in await self._complaints.list_events(case.complaint.id):
            is_news = event.is_public and event.at >= since and event.actor.role is not ActorRole.CITIZEN
            if event.move is None or not is_news or event.id in self._announced:
                continue
            self._announced[event.id] = None
            catalogue = self._knowledge.current.catalogue
            notice = Notice(
                number=case.complaint.number,
                state=event.state,
                label=event.move.label,
                text=write_text(catalogue, event),
                at=china_moment(event.at),
                conversation_id=case.complaint.conversation_id,
                message_id=name_notice(case, event),
                reply=describe_event(catalogue, case, event),
            )
            await self._tell(case.complaint.owner_id, notice)
