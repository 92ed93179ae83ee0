"""What happens while Redis is away: citizens are still answered.

Decision: rate limits are then counted in each process, and a conversation's memory is what this process last saved. In
the worst case, with several processes, the bot asks a question again. A turn that stored its messages is never failed
because of the state store.
"""

import logging
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from typing import Final

from bot.domain.conversation import Memory
from bot.ports import MemoryStore, RateLimiter
from bot.storage.redis_state import StoreDownError

_LOG: Final = logging.getLogger(__name__)


class Outage:
    """Remembers for a while that Redis is away, so that not every turn waits for its time-out.

    Attributes:
        count: how often it was noticed.
    """

    def __init__(self, *, pause: float = 5.0, now: Callable[[], float] = time.monotonic) -> None:
        self._pause = pause
        self._now = now
        self._until = 0.0
        self.count = 0

    @property
    def is_on(self) -> bool:
        """Whether Redis need not be tried now."""
        return self._now() < self._until

    def begin(self, error: StoreDownError) -> None:
        """Called by whoever notices."""
        self.count += 1
        self._until = self._now() + self._pause
        _LOG.warning("Redis is away (%s); state is kept in the process for now", error.__cause__)


class FallbackMemory:
    """Implements `MemoryStore` over a shared and a local one."""

    def __init__(self, shared: MemoryStore, local: MemoryStore, outage: Outage) -> None:
        self._shared = shared
        self._local = local
        self._outage = outage

    async def load(self, conversation_id: str) -> Memory:
        """See `MemoryStore`."""
        if not self._outage.is_on:
            try:
                return await self._shared.load(conversation_id)
            except StoreDownError as error:
                self._outage.begin(error)
        return await self._local.load(conversation_id)

    async def save(self, conversation_id: str, memory: Memory) -> None:
        """See `MemoryStore`. Saved in both, so that an outage finds this process prepared."""
        await self._local.save(conversation_id, memory)
        if not self._outage.is_on:
            try:
                await self._shared.save(conversation_id, memory)
            except StoreDownError as error:
                self._outage.begin(error)

    def lock(self, conversation_id: str) -> AbstractAsyncContextManager[None]:
        """See `MemoryStore`. The local lock comes first: it keeps the order, and one waiter a process asks Redis."""
        return self._hold(conversation_id)

    @asynccontextmanager
    async def _hold(self, conversation_id: str) -> AsyncIterator[None]:
        async with self._local.lock(conversation_id):
            stack = AsyncExitStack()
            if not self._outage.is_on:
                try:
                    await stack.enter_async_context(self._shared.lock(conversation_id))
                except StoreDownError as error:
                    self._outage.begin(error)
            try:
                yield
            finally:
                await self._release(stack)

    async def _release(self, stack: AsyncExitStack) -> None:
        """A lock that cannot be released expires by itself."""
        try:
            await stack.aclose()
        except StoreDownError as error:
            self._outage.begin(error)


class FallbackLimiter:
    """Implements `RateLimiter` over a shared and a local one."""

    def __init__(self, shared: RateLimiter, local: RateLimiter, outage: Outage) -> None:
        self._shared = shared
        self._local = local
        self._outage = outage

    async def spend(self, key: str, *, limit: int, window_seconds: int) -> None:
        """See `RateLimiter`."""
        if not self._outage.is_on:
            try:
                return await self._shared.spend(key, limit=limit, window_seconds=window_seconds)
            except StoreDownError as error:
                self._outage.begin(error)
        return await self._local.spend(key, limit=limit, window_seconds=window_seconds)
