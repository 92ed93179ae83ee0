"""What every rate limiter must do; run in the process, over Redis, and over both together."""

import asyncio

import pytest

from bot.domain.errors import TooManyRequestsError
from bot.domain.identifiers import new_id
from bot.ports import RateLimiter
from bot.storage.fallback import FallbackLimiter, Outage
from bot.storage.local_state import LocalLimiter
from bot.storage.redis_state import KeyBuilder, RedisLimiter


@pytest.fixture(params=["local", *(pytest.param(name, marks=pytest.mark.redis) for name in ("redis", "both"))])
def limiter(request: pytest.FixtureRequest) -> RateLimiter:
    local = LocalLimiter()
    if request.param == "local":
        return local
    shared = RedisLimiter(request.getfixturevalue("redis_client"), KeyBuilder(f"test:{new_id()}"))
    return shared if request.param == "redis" else FallbackLimiter(shared, local, Outage())


async def test_the_limit_is_let_through_and_no_more(limiter: RateLimiter) -> None:
    for _ in range(3):
        await limiter.spend("one", limit=3, window_seconds=60)
    with pytest.raises(TooManyRequestsError) as refused:
        await limiter.spend("one", limit=3, window_seconds=60)
    assert 1 <= refused.value.retry_after <= 60


async def test_one_does_not_spend_for_another(limiter: RateLimiter) -> None:
    await limiter.spend("one", limit=1, window_seconds=60)
    await limiter.spend("other", limit=1, window_seconds=60)


async def test_a_new_window_begins_after_the_old_one(limiter: RateLimiter) -> None:
    await limiter.spend("one", limit=1, window_seconds=1)
    with pytest.raises(TooManyRequestsError):
        await limiter.spend("one", limit=1, window_seconds=1)
    await asyncio.sleep(1.1)
    await limiter.spend("one", limit=1, window_seconds=1)


async def test_requests_at_once_are_all_counted(limiter: RateLimiter) -> None:
    spends = (limiter.spend("one", limit=10, window_seconds=60) for _ in range(25))
    outcomes = await asyncio.gather(*spends, return_exceptions=True)
    assert sum(isinstance(outcome, TooManyRequestsError) for outcome in outcomes) == 15
