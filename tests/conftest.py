"""Fixtures that many tests share: settings of a fresh database, the stores to test against, and the running service."""

import os
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import asyncpg
import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient
from redis.asyncio import Redis
from redis.exceptions import RedisError

from bot.domain.identifiers import new_id
from bot.services.knowledge import Knowledge
from bot.settings import Settings
from server import build_app  # noqa: TID251
from tests.journeys.citizen import Citizen
from tests.scripted import script_knowledge

POSTGRES = os.environ.get("MIANZHENG_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432/postgres")
REDIS = os.environ.get("MIANZHENG_TEST_REDIS", "redis://127.0.0.1:6379/9")
# CI sets this: there, a test that cannot reach its store has failed.
_MUST_REACH = os.environ.get("MIANZHENG_TEST_REQUIRE_SERVICES") == "1"

Client = TestClient[web.Request, web.Application]
LoadKnowledge = Callable[[], Knowledge] | None
ServiceMaker = Callable[..., Awaitable[Client]]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Of a service on a new SQLite file."""
    return Settings.from_environ(
        {
            "MIANZHENG_DATABASE_URL": f"sqlite:///{tmp_path / 'test.db'}",
            "MIANZHENG_PID_FILE": str(tmp_path / "test.pid"),
            # Tests that want outside systems start them.
            "MIANZHENG_SANDBOX": "0",
        }
    )


@pytest.fixture
async def postgres_url() -> AsyncIterator[str]:
    """A new PostgreSQL database, dropped afterwards."""
    name = f"mianzheng_test_{new_id()}"
    try:
        connection = await asyncpg.connect(POSTGRES, timeout=5)
    except (OSError, asyncpg.PostgresError) as error:
        _give_up(f"PostgreSQL is not reachable at {POSTGRES}: {error}")
    await connection.execute(f"CREATE DATABASE {name}")
    yield POSTGRES.rsplit("/", 1)[0] + f"/{name}"
    await connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
    await connection.close()


@pytest.fixture
async def redis_client() -> AsyncIterator["Redis"]:
    """A client of a Redis that answers."""
    redis = Redis.from_url(REDIS)
    try:
        await redis.ping()
    except (RedisError, OSError) as error:
        await redis.aclose()
        _give_up(f"Redis is not reachable at {REDIS}: {error}")
    yield redis
    await redis.aclose()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database, of each kind in turn."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'test.db'}"
    url: str = request.getfixturevalue("postgres_url")
    return url


@pytest.fixture
def start_service(aiohttp_client: Callable[..., Awaitable[Client]], settings: Settings) -> ServiceMaker:
    """Starts the whole service with the scripted dialogue; takes other settings, and how to load the data."""

    async def start(settings: Settings = settings, load: LoadKnowledge = script_knowledge) -> Client:
        return await aiohttp_client(build_app(settings, load=load))

    return start


@pytest.fixture
async def service(start_service: ServiceMaker) -> Client:
    """The running service with default settings."""
    return await start_service()


@pytest.fixture
async def citizen(service: Client) -> Citizen:
    """Somebody with a guest token."""
    return await Citizen.arrive(service)


def _give_up(reason: str) -> None:
    if _MUST_REACH:
        pytest.fail(reason)
    pytest.skip(reason)
