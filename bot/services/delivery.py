"""Carries letters to other systems until they are accepted: the other half of the outbox."""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Final

from bot.domain.errors import DomainError, UnavailableError
from bot.domain.failure_report import describe_failure
from bot.domain.filing import Letter
from bot.domain.outbox import MOST_ATTEMPTS, Attempt, pause_after
from bot.ports import Clock, Outbox
from bot.services.metrics import Metrics

_LOG: Final = logging.getLogger(__name__)
_IDLE_SECONDS: Final = 0.5
_AT_ONCE: Final = 16

# Carries one letter. Raises UnavailableError where it should be tried again, another DomainError where that is no use.
Carrier = Callable[[Letter], Awaitable[None]]


class Courier:
    """One a process; several processes share the work, since each letter is claimed before it is carried.

    Args:
        carriers: by the first word of a letter's topic.
    """

    def __init__(self, *, outbox: Outbox, carriers: Mapping[str, Carrier], clock: Clock, metrics: Metrics) -> None:
        self._outbox = outbox
        self._carriers = carriers
        self._clock = clock
        self._metrics = metrics

    async def run(self) -> None:
        """Works until it is cancelled; an outage of the database is waited out."""
        while True:
            try:
                carried = await self.carry_due()
            except Exception as error:  # noqa: BLE001 - the top of a background task: letters must go on
                _LOG.error("letters were not carried: %s", describe_failure(error))
                carried = 0
            if not carried:
                await asyncio.sleep(_IDLE_SECONDS)

    async def carry_due(self) -> int:
        """Carries what is due now, and says how many letters that were. Raises UnavailableError."""
        attempts: Sequence[Attempt] = await self._outbox.claim(_AT_ONCE)
        await asyncio.gather(*(self._carry(attempt) for attempt in attempts))
        return len(attempts)

    async def _carry(self, attempt: Attempt) -> None:
        letter = attempt.letter
        carrier = self._carriers.get(letter.topic.partition(".")[0])
        try:
            if carrier is None:
                raise UnavailableError(f"没有接好发送“{letter.topic}”的系统")
            await carrier(letter)
        except UnavailableError as error:
            await self._postpone(attempt, error)
        except DomainError as error:
            await self._bury(letter, error)
        except Exception as error:  # noqa: BLE001 - a fault of ours with one letter must not lose it or stop the others
            _LOG.error("letter %s of %s was not carried: %s", letter.id, letter.topic, describe_failure(error))
            await self._postpone(attempt, UnavailableError())
        else:
            await self._outbox.settle(letter.id)
            self._metrics.count("letters", topic=letter.topic, outcome="delivered")

    async def _postpone(self, attempt: Attempt, error: DomainError) -> None:
        if attempt.number >= MOST_ATTEMPTS:
            await self._bury(attempt.letter, error)
            return
        until = self._clock.now() + pause_after(attempt.number, random.random())
        await self._outbox.postpone(attempt.letter.id, until=until, error=error.detail)
        self._metrics.count("letters", topic=attempt.letter.topic, outcome="postponed")

    async def _bury(self, letter: Letter, error: DomainError) -> None:
        await self._outbox.bury(letter.id, error=error.detail)
        # An alarm: the log line is an error, the metric is watched, and the supervisor's desk lists it.
        _LOG.error("letter %s of %s was given up: %s", letter.id, letter.topic, error.code)
        self._metrics.count("letters", topic=letter.topic, outcome="dead")
