"""Dialogue state, locks and request counts inside the process: for one process, or while Redis is away."""

import asyncio
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Final
from weakref import WeakValueDictionary

from bot.domain.conversation import Memory
from bot.domain.errors import TooManyRequestsError, UnavailableError
from bot.storage.memory_format import decode_memory, encode_memory

# About 50 MB; beyond it the conversations that rested longest are forgotten first.
_MOST_MEMORIES: Final = 200_000
_MOST_WINDOWS: Final = 200_000


class LocalMemory:
    """Implements `MemoryStore`.

    Args:
        lifetime: how long a memory is kept after it was saved, in seconds.
        patience: how long a turn waits for the one before it, in seconds.
    """

    def __init__(self, *, lifetime: float, patience: float, now: Callable[[], float] = time.monotonic) -> None:
        self._lifetime = lifetime
        self._patience = patience
        self._now = now
        self._memories: OrderedDict[str, tuple[float, bytes]] = OrderedDict()
        # A lock lives as long as somebody holds it or waits for it.
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def load(self, conversation_id: str) -> Memory:
        """See `MemoryStore`."""
        expires, content = self._memories.get(conversation_id, (0.0, b""))
        return decode_memory(content) if self._now() < expires else Memory()

    async def save(self, conversation_id: str, memory: Memory) -> None:
        """See `MemoryStore`."""
        self._memories[conversation_id] = (self._now() + self._lifetime, encode_memory(memory))
        self._memories.move_to_end(conversation_id)
        self._forget_oldest()

    def lock(self, conversation_id: str) -> AbstractAsyncContextManager[None]:
        """See `MemoryStore`."""
        return self._hold(conversation_id)

    @asynccontextmanager
    async def _hold(self, conversation_id: str) -> AsyncIterator[None]:
        lock = self._locks.get(conversation_id)
        if lock is None:
            lock = self._locks[conversation_id] = asyncio.Lock()
        if lock.locked():
            await self._wait_for(lock)
        else:
            await lock.acquire()
        try:
            yield
        finally:
            lock.release()

    async def _wait_for(self, lock: asyncio.Lock) -> None:
        try:
            async with asyncio.timeout(self._patience):
                await lock.acquire()
        except TimeoutError as error:
            raise UnavailableError("上一句话还在处理，请稍等再发") from error

    def _forget_oldest(self) -> None:
        """All live equally long, so the first saved expire first."""
        while self._memories:
            conversation_id, (expires, _) = next(iter(self._memories.items()))
            if len(self._memories) <= _MOST_MEMORIES and self._now() < expires:
                return
            del self._memories[conversation_id]


class LocalLimiter:
    """Implements `RateLimiter` with fixed windows that begin at the first request."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._windows: dict[str, tuple[float, int]] = {}

    async def spend(self, key: str, *, limit: int, window_seconds: int) -> None:
        """See `RateLimiter`."""
        now = self._now()
        ends, count = self._windows.get(key, (0.0, 0))
        if now >= ends:
            self._make_room(now)
            ends, count = now + window_seconds, 0
        if count >= limit:
            raise TooManyRequestsError(retry_after=max(1, round(ends - now)))
        self._windows[key] = (ends, count + 1)

    def _make_room(self, now: float) -> None:
        if len(self._windows) >= _MOST_WINDOWS:
            self._windows = {key: window for key, window in self._windows.items() if now < window[0]}
