"""When a store is away, citizens are answered if that can be done honestly, and told so if not."""

import asyncio
from pathlib import Path

import asyncpg
import pytest

from bot.domain.errors import DataFindingsError, DomainError, Finding
from bot.services.knowledge import Knowledge
from bot.settings import Settings
from server import build_app  # noqa: TID251
from tests.conftest import REDIS, ServiceMaker
from tests.journeys.citizen import Citizen, read_problem


def _settings(tmp_path: Path, **more: str) -> Settings:
    environ = {"MIANZHENG_DATABASE_URL": f"sqlite:///{tmp_path / 'test.db'}"} | more
    return Settings.from_environ(environ)


async def test_without_its_redis_the_service_still_answers(
    start_service: ServiceMaker, tmp_path: Path, unused_tcp_port: int
) -> None:
    url = f"redis://127.0.0.1:{unused_tcp_port}/0"
    service = await start_service(_settings(tmp_path, MIANZHENG_REDIS_URL=url))
    citizen = await Citizen.arrive(service)
    await citizen.say("你好")

    assert (await citizen.say("在吗"))["reply"][0]["text"] == "第2句：在吗"
    ready = await service.get("/health/ready")
    assert ready.status == 200
    assert (await ready.json())["checks"] == {"database": True, "redis": False}
    assert "mianzheng_redis_outages_noticed 1" in await (await service.get("/metrics")).text()


@pytest.mark.redis
@pytest.mark.postgres
async def test_two_processes_share_conversations_over_postgres_and_redis(
    start_service: ServiceMaker, tmp_path: Path, postgres_url: str, redis_client: object
) -> None:
    settings = _settings(tmp_path, MIANZHENG_REDIS_URL=REDIS, MIANZHENG_DATABASE_URL=postgres_url)
    one, other = await start_service(settings), await start_service(settings)
    citizen = await Citizen.arrive(one)
    await citizen.say("你好")
    faces = [citizen, Citizen(other, citizen.token)]
    faces[1].conversation_id = citizen.conversation_id

    answers = await asyncio.gather(*(faces[number % 2].say(f"话{number}") for number in range(20)))

    numbers = {answer["reply"][0]["text"].split("句")[0] for answer in answers}
    assert numbers == {f"第{number}" for number in range(2, 22)}


@pytest.mark.postgres
async def test_a_database_that_goes_away_is_told_and_comes_back(
    start_service: ServiceMaker, tmp_path: Path, postgres_url: str
) -> None:
    service = await start_service(_settings(tmp_path, MIANZHENG_DATABASE_URL=postgres_url))
    citizen = await Citizen.arrive(service)
    await citizen.say("你好")
    name = postgres_url.rsplit("/", 1)[1]
    admin = await asyncpg.connect(postgres_url.rsplit("/", 1)[0] + "/postgres")
    await admin.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
    await admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", name)

    response = await citizen.post({"conversation_id": citizen.conversation_id, "text": "在吗"})
    problem = await read_problem(response, 503, "unavailable")
    ready = await service.get("/health/ready")

    assert "稍后再试" in problem["detail"]
    assert (ready.status, (await ready.json())["status"]) == (503, "unavailable")
    await admin.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
    await admin.close()
    assert (await citizen.say("在吗"))["reply"][0]["text"] == "第2句：在吗"


async def test_a_failed_start_closes_what_was_opened(tmp_path: Path) -> None:
    def load() -> Knowledge:
        raise DataFindingsError([Finding("a.csv", "坏了")])

    app = build_app(_settings(tmp_path), load=load)
    app.freeze()
    with pytest.raises(DomainError):
        await app.startup()
    await app.cleanup()
    assert len(asyncio.all_tasks()) == 1
