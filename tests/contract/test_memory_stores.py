"""What every store of dialogue state must do; run in the process, over Redis, and over both together."""

import asyncio
from collections.abc import Callable

import pytest

from bot.domain.conversation import Memory, State
from bot.domain.errors import UnavailableError
from bot.domain.identifiers import new_id
from bot.ports import MemoryStore
from bot.storage.fallback import FallbackMemory, Outage
from bot.storage.local_state import LocalMemory
from bot.storage.redis_state import KeyBuilder, RedisMemory
from tests.builders import CIPHER

MakeStore = Callable[..., MemoryStore]
REMEMBERED = Memory(
    state=State.COMPLAINT,
    matter="rent",
    certificates=("nohouse", "income"),
    asks="phone",
    offered=("a:b",),
    clarified=2,
)


@pytest.fixture(params=["local", *(pytest.param(name, marks=pytest.mark.redis) for name in ("redis", "both"))])
def make_store(request: pytest.FixtureRequest) -> MakeStore:
    """Makes a store; stores of one test share what they remember where they are of Redis."""
    keys = KeyBuilder(f"test:{new_id()}")
    redis = None if request.param == "local" else request.getfixturevalue("redis_client")

    def make(*, lifetime: float = 60.0, patience: float = 5.0) -> MemoryStore:
        local = LocalMemory(lifetime=lifetime, patience=patience)
        if redis is None:
            return local
        shared = RedisMemory(redis, keys, CIPHER, lifetime=lifetime, patience=patience)
        return shared if request.param == "redis" else FallbackMemory(shared, local, Outage())

    return make


@pytest.fixture
def store(make_store: MakeStore) -> MemoryStore:
    return make_store()


async def test_what_was_saved_is_loaded(store: MemoryStore) -> None:
    await store.save("one", REMEMBERED)
    assert await store.load("one") == REMEMBERED


async def test_an_unknown_conversation_has_a_fresh_memory(store: MemoryStore) -> None:
    await store.save("one", REMEMBERED)
    assert await store.load("other") == Memory()


async def test_the_last_save_counts(store: MemoryStore) -> None:
    await store.save("one", REMEMBERED)
    await store.save("one", Memory(matter="allowance"))
    assert await store.load("one") == Memory(matter="allowance")


async def test_a_memory_is_forgotten_when_its_time_is_over(make_store: MakeStore) -> None:
    store = make_store(lifetime=0.05)
    await store.save("one", REMEMBERED)
    await asyncio.sleep(0.1)
    assert await store.load("one") == Memory()


async def test_a_locked_conversation_has_one_holder_at_a_time(store: MemoryStore) -> None:
    holders = 0
    most = 0

    async def hold() -> None:
        nonlocal holders, most
        async with store.lock("one"):
            holders += 1
            most = max(most, holders)
            await asyncio.sleep(0.005)
            holders -= 1

    await asyncio.gather(*(hold() for _ in range(10)))
    assert most == 1


async def test_conversations_do_not_wait_for_each_other(store: MemoryStore) -> None:
    async with store.lock("one"), asyncio.timeout(1), store.lock("other"):
        pass


async def test_who_waits_too_long_is_told(make_store: MakeStore) -> None:
    store = make_store(patience=0.05)
    async with store.lock("one"):
        with pytest.raises(UnavailableError):
            async with store.lock("one"):
                pass
    async with store.lock("one"):
        pass


async def test_a_lock_is_released_when_the_work_in_it_fails(store: MemoryStore) -> None:
    with pytest.raises(ZeroDivisionError):
        async with store.lock("one"):
            raise ZeroDivisionError
    async with asyncio.timeout(1), store.lock("one"):
        pass


async def test_a_waiter_that_gives_up_leaves_the_lock_usable(store: MemoryStore) -> None:
    async with store.lock("one"):
        waiter = asyncio.create_task(_hold_once(store))
        await asyncio.sleep(0.03)
        waiter.cancel()
        await asyncio.gather(waiter, return_exceptions=True)
    async with asyncio.timeout(1), store.lock("one"):
        pass


async def _hold_once(store: MemoryStore) -> None:
    async with store.lock("one"):
        pass
