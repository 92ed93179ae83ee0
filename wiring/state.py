"""Dialogue state and request counts: in the process, or in Redis with the process to fall back on."""

from collections.abc import Mapping
from contextlib import AsyncExitStack
from functools import partial
from typing import Final

from bot.ports import MemoryStore, RateLimiter
from bot.services.metrics import Metrics
from bot.settings import Settings
from bot.storage.cipher import Cipher
from bot.storage.fallback import FallbackLimiter, FallbackMemory, Outage
from bot.storage.local_state import LocalLimiter, LocalMemory
from bot.storage.redis_state import KeyBuilder, RedisLimiter, RedisMemory, open_redis, ping_redis
from web import keys

# How long a turn waits for the one before it in the same conversation.
_TURN_PATIENCE_SECONDS: Final = 10.0

Checks = Mapping[str, keys.Check]


def open_state(
    settings: Settings, stack: AsyncExitStack, metrics: Metrics, cipher: Cipher
) -> tuple[MemoryStore, RateLimiter, Checks]:
    """Dialogue state and request counts: in the process, or in Redis with the process to fall back on."""
    lifetime = settings.memory_minutes * 60.0
    local_memory = LocalMemory(lifetime=lifetime, patience=_TURN_PATIENCE_SECONDS)
    local_limiter = LocalLimiter()
    if not settings.redis_url:
        return local_memory, local_limiter, {}
    redis = open_redis(settings.redis_url)
    stack.push_async_callback(redis.aclose)
    outage = Outage()
    metrics.watch("redis_outages_noticed", lambda: outage.count)
    names = KeyBuilder()
    shared_memory = RedisMemory(redis, names, cipher, lifetime=lifetime, patience=_TURN_PATIENCE_SECONDS)
    return (
        FallbackMemory(shared_memory, local_memory, outage),
        FallbackLimiter(RedisLimiter(redis, names), local_limiter, outage),
        {"redis": keys.Check(ping=partial(ping_redis, redis), is_required=False)},
    )
