"""What every store of accounts, and the audit trail beside it, must do; run over SQLite and PostgreSQL."""

import time
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.errors import ConflictError, InvalidInputError
from bot.domain.viewer import Role, Viewer
from bot.storage.accounts import SqlAccounts
from bot.storage.audit import SqlAuditTrail
from bot.storage.database import open_database
from bot.storage.migrate import upgrade_database
from bot.storage.tables import ACCOUNTS, AUDIT
from tests.builders import NOON, SetClock

PASSWORD = "correct horse battery"


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[AsyncEngine]:
    engine = open_database(database_url)
    await upgrade_database(engine)
    yield engine
    await engine.dispose()


@pytest.fixture
def accounts(database: AsyncEngine) -> SqlAccounts:
    return SqlAccounts(database, SetClock())


async def test_who_signs_in_is_known_by_role_name_and_unit(accounts: SqlAccounts) -> None:
    id_ = await accounts.create(login=" Wang ", name="王小云", password=PASSWORD, role=Role.STAFF, unit_id="housing")

    expected = Viewer(id=id_, role=Role.STAFF, name="王小云", unit_id="housing")

    assert await accounts.check("wang", PASSWORD) == expected
    assert await accounts.check("WANG ", PASSWORD) == expected


@pytest.mark.parametrize(
    ("login", "password"), [("wang", "wrong"), ("li", PASSWORD), ("", ""), ("wang\u0000", PASSWORD)]
)
async def test_what_does_not_fit_is_nobody(accounts: SqlAccounts, login: str, password: str) -> None:
    await accounts.create(login="wang", name="王小云", password=PASSWORD, role=Role.OPERATOR)
    assert await accounts.check(login, password) is None


async def test_an_account_that_was_closed_is_nobody(accounts: SqlAccounts, database: AsyncEngine) -> None:
    await accounts.create(login="wang", name="王小云", password=PASSWORD, role=Role.OPERATOR)
    async with database.begin() as connection:
        await connection.execute(update(ACCOUNTS).values(is_active=False))
    assert await accounts.check("wang", PASSWORD) is None


async def test_a_login_is_taken_once(accounts: SqlAccounts) -> None:
    await accounts.create(login="wang", name="王小云", password=PASSWORD, role=Role.OPERATOR)
    with pytest.raises(ConflictError, match="wang"):
        await accounts.create(login="Wang", name="王大云", password=PASSWORD, role=Role.OPERATOR)


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("password", {"password": "short"}),
        ("password", {"password": "aaaaaaaaaaaa"}),
        ("password", {"password": "wang-20261122"}),
        ("login", {"login": " "}),
        ("login", {"login": "x" * 65}),
        ("name", {"name": ""}),
        ("name", {"name": "王\u0000"}),
    ],
)
async def test_a_weak_account_is_refused(accounts: SqlAccounts, field: str, given: dict[str, str]) -> None:
    with pytest.raises(InvalidInputError) as refused:
        await accounts.create(
            **{"login": "wang", "name": "王小云", "password": PASSWORD, "role": Role.OPERATOR} | given
        )
    assert list(refused.value.fields) == [field]


async def test_no_password_is_stored(accounts: SqlAccounts, database: AsyncEngine) -> None:
    await accounts.create(login="wang", name="王小云", password=PASSWORD, role=Role.OPERATOR)
    async with database.connect() as connection:
        row = (await connection.execute(select(ACCOUNTS))).one()
    assert PASSWORD not in str(tuple(row))
    assert row.password_hash.startswith("$argon2id$")


async def test_an_unknown_login_takes_as_long_as_a_wrong_password(accounts: SqlAccounts) -> None:
    await accounts.create(login="wang", name="王小云", password=PASSWORD, role=Role.OPERATOR)
    await accounts.check("nobody", "warm up")

    async def seconds_for(login: str) -> float:
        started = time.process_time()
        for _ in range(3):
            await accounts.check(login, "not the password")
        return time.process_time() - started

    known, unknown = await seconds_for("wang"), await seconds_for("nobody")
    assert 0.4 < unknown / known < 2.5


async def test_an_act_is_recorded_with_its_time(database: AsyncEngine) -> None:
    await SqlAuditTrail(database, SetClock()).record(actor_id="a1", action="reload", target="v1", detail="详情")
    async with database.connect() as connection:
        row = (await connection.execute(select(AUDIT))).one()
    assert (row.actor_id, row.action, row.target, row.detail, row.at) == ("a1", "reload", "v1", "详情", NOON)
