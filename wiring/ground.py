"""What every part of the service stands on, and loops in the background."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.ports import AuditTrail, RateLimiter
from bot.services.clock import SystemClock
from bot.services.knowledge import LiveKnowledge
from bot.services.metrics import Metrics
from bot.storage.cipher import Cipher


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What every part of the service stands on."""

    engine: AsyncEngine
    cipher: Cipher
    knowledge: LiveKnowledge
    limiter: RateLimiter
    audit: AuditTrail
    clock: SystemClock
    metrics: Metrics


@asynccontextmanager
async def running(work: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """A loop in the background; it is cancelled on the way out."""
    task = asyncio.create_task(work)
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
