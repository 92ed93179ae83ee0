"""What the process keeps does not grow without end."""

from bot.domain.conversation import Memory
from bot.storage import local_state
from bot.storage.local_state import LocalLimiter, LocalMemory


async def test_expired_memories_are_dropped() -> None:
    seconds = 0.0
    store = LocalMemory(lifetime=10, patience=1, now=lambda: seconds)
    for number in range(5):
        await store.save(str(number), Memory(clarified=number))
    seconds = 20.0
    await store.save("new", Memory())
    assert len(store._memories) == 1


async def test_locks_nobody_holds_are_dropped() -> None:
    store = LocalMemory(lifetime=10, patience=1)
    async with store.lock("one"):
        assert len(store._locks) == 1
    assert len(store._locks) == 0


async def test_windows_that_are_over_make_room() -> None:
    seconds = 0.0
    limiter = LocalLimiter(now=lambda: seconds)
    limiter._windows = {str(number): (1.0, 1) for number in range(local_state._MOST_WINDOWS)}
    seconds = 2.0
    await limiter.spend("one", limit=1, window_seconds=1)
    assert len(limiter._windows) == 1
