"""Watches the terms of all work orders: warns while time runs out, and escalates what is overdue (督办)."""

import asyncio
import logging
from collections.abc import Awaitable
from datetime import datetime
from typing import Final

from bot.domain.complaint_case import ComplaintCase
from bot.domain.due import Due
from bot.domain.errors import ConflictError
from bot.domain.failure_report import describe_failure
from bot.domain.order_clock import is_answer_late
from bot.domain.work_order import SYSTEM, Move, State, Step
from bot.domain.work_order_moves import OPEN_STATES
from bot.ports import Clock, Complaints
from bot.services.complaints.moving import OrderMoving
from bot.services.complaints.noting import write_note
from bot.services.metrics import Metrics

_LOG: Final = logging.getLogger(__name__)
_PAUSE_SECONDS: Final = 20.0
_AT_ONCE: Final = 100
_ALL: Final = 100
_WARNED: Final = "时限已过{percent}%：{rule}"
_OVERDUE: Final = "到期没有办好，列入督办。{rule}"
_CLOSED: Final = "已经答复，到期自动办结"


class ClockKeeper:
    """One a process; several do no harm, since of two changes to one order only one is stored."""

    def __init__(self, *, complaints: Complaints, moving: OrderMoving, clock: Clock, metrics: Metrics) -> None:
        self._complaints = complaints
        self._moving = moving
        self._clock = clock
        self._metrics = metrics

    async def run(self) -> None:
        """Works until it is cancelled; an outage of the database is waited out."""
        while True:
            try:
                looked = await self.look_round()
            except Exception as error:  # noqa: BLE001 - the top of a background task
                _LOG.error("terms were not looked at: %s", describe_failure(error))
                looked = 0
            if looked < _AT_ONCE:
                await asyncio.sleep(_PAUSE_SECONDS)

    async def look_round(self) -> int:
        """Looks at every order whose time has come, and says how many. Raises UnavailableError."""
        now = self._clock.now()
        cases = await self._complaints.list_ticking(until=now, limit=_AT_ONCE)
        for case in cases:
            await self._attempt(self._look_at(case, now))
        for follower in await self._complaints.list_stranded(limit=_AT_ONCE):
            await self._attempt(self._moving.release(follower))
        return len(cases)

    async def _attempt(self, work: Awaitable[None]) -> None:
        try:
            await work
        except ConflictError:
            # Somebody has just moved it, or another process was faster: there is a next round.
            self._metrics.count("terms", outcome="outrun")

    async def _look_at(self, case: ComplaintCase, now: datetime) -> None:
        due = self._moving.order_clock.find_due(case.order)
        if due is None or due.level_at(now) < _ALL:
            await self._warn(case, due, now)
        elif case.order.state is State.ANSWERED:
            await self._moving.move(case, Step(move=Move.CLOSE, text=_CLOSED), SYSTEM)
            self._metrics.count("terms", outcome="closed")
        elif case.order.state in OPEN_STATES and not case.order.is_escalated:
            step = Step(move=Move.ESCALATE, text=_OVERDUE.format(rule=due.explanation))
            await self._moving.move(case, step, SYSTEM)
            self._metrics.count("terms", outcome="escalated")
        else:
            await self._warn(case, due, now)

    async def _warn(self, case: ComplaintCase, due: Due | None, now: datetime) -> None:
        """Notes how much of the term has run; so do orders whose term the policy table no longer has."""
        percent = due.level_at(now) if due else _ALL
        rule = due.explanation if due else case.order.due_rule
        left = [warning.at for warning in due.warnings if warning.percent > percent] if due else []
        event = write_note(case.order, _WARNED.format(percent=percent, rule=rule), SYSTEM, now)
        await self._moving.note(
            case,
            event,
            warned=percent,
            wake_at=min(left, default=None),
            is_late=is_answer_late(case.order, now),
        )
        self._metrics.count("terms", outcome=f"warned_{percent}")
