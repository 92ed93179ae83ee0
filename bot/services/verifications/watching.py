"""Warns at 50, 80 and 100 per cent of a verification's time, and hands what is late to those who supervise."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Final

from bot.domain.errors import ConflictError
from bot.domain.failure_report import describe_failure
from bot.domain.running_time import NaturalTime, level_at, list_warnings
from bot.domain.verification import Verification, warn
from bot.license_ports import VerificationStore
from bot.ports import Clock
from bot.services.metrics import Metrics

_LOG: Final = logging.getLogger(__name__)
PAUSE_SECONDS: Final = 15.0
_AT_ONCE: Final = 500


class VerificationWatch:
    """Looks at every open request."""

    def __init__(self, *, verifications: VerificationStore, clock: Clock, metrics: Metrics) -> None:
        self._verifications = verifications
        self._clock = clock
        self._metrics = metrics

    async def warn_due(self) -> int:
        """Warns of what has reached its next level; says how many that were."""
        warned = 0
        for current in await self._verifications.list_open(_AT_ONCE):
            level = 100 if current.is_late_from_start else self._level_of(current)
            if level > current.warned:
                warned += await self._warn(current, level)
        return warned

    def _level_of(self, current: Verification) -> int:
        warnings = list_warnings(current.requested_at, current.due_at, (), NaturalTime())
        return level_at(warnings, self._clock.now())

    async def _warn(self, current: Verification, level: int) -> int:
        try:
            await self._verifications.change(warn(current, level), at=self._clock.now())
        except ConflictError:
            # Somebody has just answered it.
            return 0
        self._metrics.count("verification_warnings", level=str(level))
        if level >= 100:
            _LOG.warning("verification %s is overdue", current.number)
        return 1


async def repeat(work: Callable[[], Awaitable[object]], name: str, pause: float = PAUSE_SECONDS) -> None:
    """Does something again and again until it is cancelled; an outage is waited out."""
    while True:
        try:
            await work()
        except Exception as error:  # noqa: BLE001 - the top of a background task: it must go on
            _LOG.error("%s failed: %s", name, describe_failure(error))
        await asyncio.sleep(pause)
