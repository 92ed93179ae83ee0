"""What only a lock in Redis can get wrong: it expires, and only its holder may release it."""

import asyncio

import pytest
from redis.asyncio import Redis

from bot.domain.conversation import Memory
from bot.domain.identifiers import new_id
from bot.storage.redis_state import KeyBuilder, RedisMemory
from tests.builders import CIPHER

pytestmark = pytest.mark.redis


async def test_a_lock_that_expired_and_is_anothers_is_not_released(redis_client: "Redis") -> None:
    keys = KeyBuilder(f"test:{new_id()}")
    memory = RedisMemory(redis_client, keys, CIPHER, lifetime=60, patience=1)
    async with memory.lock("one"):
        await redis_client.set(keys.lock("one"), "somebody else")
    assert await redis_client.get(keys.lock("one")) == b"somebody else"
    await redis_client.delete(keys.lock("one"))


async def test_a_lock_whose_holder_died_expires(redis_client: "Redis") -> None:
    keys = KeyBuilder(f"test:{new_id()}")
    memory = RedisMemory(redis_client, keys, CIPHER, lifetime=60, patience=1)
    async with memory.lock("one"):
        assert 0 < await redis_client.pttl(keys.lock("one")) <= 15_000
        await redis_client.pexpire(keys.lock("one"), 50)
        async with asyncio.timeout(1), memory.lock("one"):
            pass


async def test_what_another_version_wrote_is_a_fresh_memory(redis_client: "Redis") -> None:
    keys = KeyBuilder(f"test:{new_id()}")
    memory = RedisMemory(redis_client, keys, CIPHER, lifetime=60, patience=1)
    await redis_client.set(keys.memory("one"), b"\x00 not ours", px=10_000)
    assert await memory.load("one") == Memory()
