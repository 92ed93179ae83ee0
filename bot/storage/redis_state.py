"""Dialogue state, locks and request counts in Redis: for several processes."""

import asyncio
import random
import secrets
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import Final

from redis.asyncio import BlockingConnectionPool, Redis
from redis.exceptions import RedisError

from bot.domain.conversation import Memory
from bot.domain.errors import TooManyRequestsError, UnavailableError
from bot.storage.cipher import Cipher, SealBrokenError
from bot.storage.memory_format import decode_memory, encode_memory

_TIMEOUT_SECONDS: Final = 1.0
_CONNECTIONS: Final = 64
# A holder that died must not keep a conversation from being answered. A turn takes far less.
_LOCK_LIFETIME_MS: Final = 15_000
_LOCK_POLL_SECONDS: Final = 0.02

# Only the holder may release: its lock may have expired and be another's by now.
_RELEASE: Final = """
if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
return 0
"""
# Counts a request, starts the window at the first one; answers count and remaining milliseconds.
_COUNT: Final = """
local count = redis.call('INCR', KEYS[1])
if count == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
return {count, redis.call('PTTL', KEYS[1])}
"""


class StoreDownError(UnavailableError):
    """Redis does not answer; never leaves `bot.storage`, where something else steps in."""


@dataclass(frozen=True, slots=True)
class KeyBuilder:
    """The one place where keys are made; the prefix keeps installations and tests apart."""

    prefix: str = "mianzheng"

    def memory(self, conversation_id: str) -> str:
        """Of a conversation's memory."""
        return f"{self.prefix}:memory:{conversation_id}"

    def lock(self, conversation_id: str) -> str:
        """Of a conversation's lock."""
        return f"{self.prefix}:lock:{conversation_id}"

    def window(self, key: str) -> str:
        """Of a count of requests."""
        return f"{self.prefix}:window:{key}"


def open_redis(url: str) -> "Redis":
    """A client that gives up soon, because something else can step in; connects when first used."""
    pool = BlockingConnectionPool.from_url(
        url,
        max_connections=_CONNECTIONS,
        timeout=_TIMEOUT_SECONDS,
        socket_timeout=_TIMEOUT_SECONDS,
        socket_connect_timeout=_TIMEOUT_SECONDS,
    )
    return Redis.from_pool(pool)


async def ping_redis(redis: "Redis") -> bool:
    """Whether Redis answers now."""
    try:
        with _translated_errors():
            return bool(await redis.ping())
    except StoreDownError:
        return False


class RedisMemory:
    """Implements `MemoryStore`; every method raises StoreDownError while Redis is away.

    What is remembered may hold a complaint in the making, so it is sealed.
    """

    def __init__(self, redis: "Redis", keys: KeyBuilder, cipher: Cipher, *, lifetime: float, patience: float) -> None:
        self._redis = redis
        self._keys = keys
        self._cipher = cipher
        self._lifetime_ms = round(lifetime * 1_000)
        self._patience = patience
        self._release = redis.register_script(_RELEASE)

    async def load(self, conversation_id: str) -> Memory:
        """See `MemoryStore`."""
        with _translated_errors():
            content = await self._redis.get(self._keys.memory(conversation_id))
        if not isinstance(content, bytes):
            return Memory()
        try:
            return decode_memory(self._cipher.open_bytes(content.decode(), self._keys.memory(conversation_id)))
        except SealBrokenError:
            # Its key is gone: as good as forgotten.
            return Memory()

    async def save(self, conversation_id: str, memory: Memory) -> None:
        """See `MemoryStore`."""
        key = self._keys.memory(conversation_id)
        with _translated_errors():
            await self._redis.set(key, self._cipher.seal_bytes(encode_memory(memory), key), px=self._lifetime_ms)

    def lock(self, conversation_id: str) -> AbstractAsyncContextManager[None]:
        """See `MemoryStore`."""
        return self._hold(self._keys.lock(conversation_id))

    @asynccontextmanager
    async def _hold(self, key: str) -> AsyncIterator[None]:
        token = secrets.token_hex(16)
        try:
            async with asyncio.timeout(self._patience):
                while not await self._try_lock(key, token):
                    await asyncio.sleep(_LOCK_POLL_SECONDS * (0.5 + random.random()))
        except TimeoutError as error:
            raise UnavailableError("上一句话还在处理，请稍等再发") from error
        try:
            yield
        finally:
            with _translated_errors():
                await self._release(keys=[key], args=[token])

    async def _try_lock(self, key: str, token: str) -> bool:
        with _translated_errors():
            return bool(await self._redis.set(key, token, nx=True, px=_LOCK_LIFETIME_MS))


class RedisLimiter:
    """Implements `RateLimiter`; raises StoreDownError while Redis is away."""

    def __init__(self, redis: "Redis", keys: KeyBuilder) -> None:
        self._keys = keys
        self._count = redis.register_script(_COUNT)

    async def spend(self, key: str, *, limit: int, window_seconds: int) -> None:
        """See `RateLimiter`."""
        with _translated_errors():
            count, remaining_ms = await self._count(keys=[self._keys.window(key)], args=[window_seconds * 1_000])
        if count > limit:
            raise TooManyRequestsError(retry_after=max(1, round(remaining_ms / 1_000)))


@contextmanager
def _translated_errors() -> Iterator[None]:
    try:
        yield
    except (RedisError, OSError) as error:
        raise StoreDownError from error
