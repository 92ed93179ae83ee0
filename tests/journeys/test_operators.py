"""Operators and staff sign in, look up what to tell a caller, and bring edited data in."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.errors import DataFindingsError, Finding
from bot.domain.viewer import Role
from bot.services.knowledge import Knowledge
from bot.settings import Settings
from bot.storage.accounts import SqlAccounts
from bot.storage.database import open_database
from bot.storage.tables import AUDIT
from tests.builders import SetClock
from tests.conftest import Client, ServiceMaker
from tests.journeys.citizen import API, Citizen, read_problem
from tests.scripted import script_knowledge

PASSWORD = "correct horse battery"


@pytest.fixture
async def database(service: Client, settings: Settings) -> AsyncIterator[AsyncEngine]:
    """The database of the running service."""
    engine = open_database(settings.database_url)
    yield engine
    await engine.dispose()


async def sign_in(service: Client, settings: Settings, role: Role) -> dict[str, str]:
    """Headers of somebody with this role."""
    engine = open_database(settings.database_url)
    await SqlAccounts(engine, SetClock()).create(login=role.value, name="王小云", password=PASSWORD, role=role)
    await engine.dispose()
    async with service.post(f"{API}/auth/sign-in", json={"login": role.value, "password": PASSWORD}) as response:
        assert response.status == 200, await response.text()
        return {"Authorization": f"Bearer {(await response.json())['token']}"}


async def _list_acts(database: AsyncEngine) -> list[str]:
    async with database.connect() as connection:
        return list((await connection.execute(select(AUDIT.c.action).order_by(AUDIT.c.at))).scalars())


async def test_an_operator_signs_in_and_looks_up_what_a_caller_asks(service: Client, settings: Settings) -> None:
    headers = await sign_in(service, settings, Role.OPERATOR)

    async with service.get(f"{API}/desk/search", params={"q": "公租房要带什么"}, headers=headers) as response:
        found = await response.json()

    assert found["say"] == "第1句：公租房要带什么"
    assert found["reply"] == [{"type": "text", "text": "第1句：公租房要带什么"}]
    assert found["version"] == "testversion1"
    assert found["trace"]["mentions"][0]["name"] == "公租房申请"
    assert found["trace"]["scores"]["matter"] == [{"id": "rent", "score": 0.9, "name": "公租房申请"}]
    assert found["trace"]["scores"]["faq"][0]["name"] == "什么是无证明城市？"
    assert found["trace"]["decided_by"] == ["scripted"]


async def test_what_the_operator_knows_and_chose_is_played_to_the_dialogue(service: Client, settings: Settings) -> None:
    headers = await sign_in(service, settings, Role.OPERATOR)
    query = {"q": "要带什么", "person": "agent", "matter": "rent"}

    async with service.get(f"{API}/desk/search", params=query, headers=headers) as response:
        found = await response.json()

    assert found["say"] == "第2句：matter:rent"
    assert found["understood"]["verdict"] == "agent"


async def test_a_search_is_counted_and_not_kept(service: Client, settings: Settings) -> None:
    headers = await sign_in(service, settings, Role.OPERATOR)
    await service.get(f"{API}/desk/search", params={"q": "我叫王五住在桃源路"}, headers=headers)

    metrics = await (await service.get("/metrics")).text()

    assert 'mianzheng_desk_searches_total{status="answered",intent="smalltalk"} 1' in metrics
    assert "王五" not in metrics


@pytest.mark.parametrize("query", [{}, {"q": "好", "person": "nobody"}, {"q": "好", "matter": "x" * 65}])
async def test_a_search_with_a_wrong_field_is_refused(
    service: Client, settings: Settings, query: dict[str, str]
) -> None:
    headers = await sign_in(service, settings, Role.OPERATOR)
    response = await service.get(f"{API}/desk/search", params=query, headers=headers)
    await read_problem(response, 422, "invalid-input")


async def test_citizens_may_not_search_nor_reload(citizen: Citizen) -> None:
    search = await citizen.client.get(f"{API}/desk/search", params={"q": "好"}, headers=citizen.headers)
    reload = await citizen.client.post(f"{API}/staff/reload", headers=citizen.headers)
    await read_problem(search, 403, "forbidden")
    await read_problem(reload, 403, "forbidden")


async def test_operators_may_not_reload(service: Client, settings: Settings) -> None:
    headers = await sign_in(service, settings, Role.OPERATOR)
    await read_problem(await service.post(f"{API}/staff/reload", headers=headers), 403, "forbidden")


async def test_a_wrong_password_and_an_unknown_login_are_told_alike(
    service: Client, settings: Settings, database: AsyncEngine
) -> None:
    await sign_in(service, settings, Role.OPERATOR)
    problems = []
    for login, password in (("operator", "not the password"), ("nobody", PASSWORD), ("a\u0000b", PASSWORD)):
        response = await service.post(f"{API}/auth/sign-in", json={"login": login, "password": password})
        problems.append(await read_problem(response, 401, "wrong-credentials"))

    assert problems[0] == problems[1] == problems[2]
    assert await _list_acts(database) == ["sign-in", *["sign-in-refused"] * 3]


async def test_guessing_passwords_is_slowed_down(service: Client, settings: Settings) -> None:
    await sign_in(service, settings, Role.OPERATOR)
    guess = {"login": "operator", "password": "not the password"}
    statuses = [(await service.post(f"{API}/auth/sign-in", json=guess)).status for _ in range(11)]
    assert statuses == [401] * 9 + [429] * 2


async def test_staff_bring_a_good_version_in_while_the_service_runs(
    start_service: ServiceMaker, settings: Settings
) -> None:
    versions = iter(["one", "two"])
    service = await start_service(load=lambda: script_knowledge(version=next(versions)))
    headers = await sign_in(service, settings, Role.STAFF)

    async with service.post(f"{API}/staff/reload", headers=headers) as response:
        outcome = await response.json()

    assert outcome == {"version": "two", "matters": 2, "certificates": 2, "entries": 3}
    assert (await (await service.get("/health/ready")).json())["version"] == "two"


async def test_a_bad_version_is_refused_and_the_old_one_goes_on(
    start_service: ServiceMaker, settings: Settings, database: AsyncEngine
) -> None:
    findings = [Finding("matters.csv 第3行", "“name”一列是空的，请补上")]
    attempts: list[Knowledge | Exception] = [script_knowledge(version="one"), DataFindingsError(findings)]

    def load() -> Knowledge:
        attempt = attempts.pop(0)
        if isinstance(attempt, Exception):
            raise attempt
        return attempt

    service = await start_service(load=load)
    headers = await sign_in(service, settings, Role.STAFF)

    problem = await read_problem(await service.post(f"{API}/staff/reload", headers=headers), 422, "data-findings")

    assert problem["findings"] == [{"place": "matters.csv 第3行", "message": "“name”一列是空的，请补上"}]
    assert (await (await service.get("/health/ready")).json())["version"] == "one"
    assert (await (await Citizen.arrive(service)).say("你好"))["reply"]
    assert await _list_acts(database) == ["sign-in", "reload-refused"]
