"""While Redis is away, citizens are answered from what the process knows, and not every turn waits for a time-out."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot.domain.conversation import Memory
from bot.domain.errors import TooManyRequestsError
from bot.storage.fallback import FallbackLimiter, FallbackMemory, Outage
from bot.storage.local_state import LocalLimiter, LocalMemory
from bot.storage.redis_state import KeyBuilder, RedisLimiter, RedisMemory, StoreDownError, open_redis, ping_redis
from tests.builders import CIPHER

REMEMBERED = Memory(matter="rent", clarified=1)


class FailingMemory:
    """A shared store that can be switched off; counts how often it was asked."""

    def __init__(self) -> None:
        self.inner = LocalMemory(lifetime=60, patience=1)
        self.is_down = False
        self.asked = 0

    async def load(self, conversation_id: str) -> Memory:
        self._ask()
        return await self.inner.load(conversation_id)

    async def save(self, conversation_id: str, memory: Memory) -> None:
        self._ask()
        await self.inner.save(conversation_id, memory)

    @asynccontextmanager
    async def lock(self, conversation_id: str) -> AsyncIterator[None]:
        self._ask()
        async with self.inner.lock(conversation_id):
            yield
        self._ask()

    def _ask(self) -> None:
        self.asked += 1
        if self.is_down:
            raise StoreDownError


class Time:
    """Seconds that pass when told."""

    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def shared() -> FailingMemory:
    return FailingMemory()


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def store(shared: FailingMemory, time: Time) -> FallbackMemory:
    return FallbackMemory(shared, LocalMemory(lifetime=60, patience=1), Outage(pause=5, now=time))


async def test_an_outage_is_not_noticed_in_a_conversation_of_this_process(
    store: FallbackMemory, shared: FailingMemory
) -> None:
    async with store.lock("one"):
        await store.save("one", REMEMBERED)
    shared.is_down = True
    async with store.lock("one"):
        assert await store.load("one") == REMEMBERED
        await store.save("one", Memory(matter="allowance"))
    assert await store.load("one") == Memory(matter="allowance")


async def test_a_conversation_of_another_process_begins_anew_during_an_outage(
    store: FallbackMemory, shared: FailingMemory
) -> None:
    await shared.inner.save("other", REMEMBERED)
    shared.is_down = True
    assert await store.load("other") == Memory()


async def test_during_an_outage_the_store_is_left_alone_and_then_tried_again(
    store: FallbackMemory, shared: FailingMemory, time: Time
) -> None:
    shared.is_down = True
    for _ in range(10):
        await store.load("one")
    assert shared.asked == 1
    shared.is_down = False
    time.seconds += 6
    await shared.inner.save("one", REMEMBERED)
    assert await store.load("one") == REMEMBERED


async def test_turns_stay_one_at_a_time_when_the_store_goes_away_in_between(
    store: FallbackMemory, shared: FailingMemory
) -> None:
    order: list[str] = []

    async def take(name: str) -> None:
        async with store.lock("one"):
            order.append(f"{name} begins")
            shared.is_down = True
            await asyncio.sleep(0.01)
            order.append(f"{name} ends")

    await asyncio.gather(take("first"), take("second"))
    assert order == ["first begins", "first ends", "second begins", "second ends"]


async def test_turns_of_one_process_are_taken_in_order(store: FallbackMemory) -> None:
    order: list[int] = []

    async def take(number: int) -> None:
        async with store.lock("one"):
            order.append(number)
            await asyncio.sleep(0)

    await asyncio.gather(*(take(number) for number in range(30)))
    assert order == list(range(30))


async def test_limits_are_counted_in_the_process_during_an_outage(unused_tcp_port: int) -> None:
    redis = open_redis(f"redis://127.0.0.1:{unused_tcp_port}/0")
    outage = Outage()
    limiter = FallbackLimiter(RedisLimiter(redis, KeyBuilder()), LocalLimiter(), outage)
    for _ in range(2):
        await limiter.spend("one", limit=2, window_seconds=60)
    with pytest.raises(TooManyRequestsError):
        await limiter.spend("one", limit=2, window_seconds=60)
    assert outage.count == 1
    assert not await ping_redis(redis)
    await redis.aclose()


async def test_a_redis_that_does_not_answer_is_an_outage(unused_tcp_port: int) -> None:
    redis = open_redis(f"redis://127.0.0.1:{unused_tcp_port}/0")
    memory = RedisMemory(redis, KeyBuilder(), CIPHER, lifetime=1, patience=1)
    with pytest.raises(StoreDownError):
        await memory.load("one")
    with pytest.raises(StoreDownError):
        async with memory.lock("one"):
            pass
    await redis.aclose()
