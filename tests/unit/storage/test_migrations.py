"""The migrations lead to exactly the tables that the program uses, in every kind of database."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.storage.database import open_database
from bot.storage.migrate import upgrade_database
from bot.storage.tables import METADATA


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[AsyncEngine]:
    engine = open_database(database_url)
    yield engine
    await engine.dispose()


async def test_a_migrated_database_has_the_shape_of_the_tables(database: AsyncEngine) -> None:
    await upgrade_database(database)
    async with database.connect() as connection:
        assert await connection.run_sync(_list_differences) == []


async def test_migrating_again_changes_nothing(database: AsyncEngine) -> None:
    await upgrade_database(database)
    await upgrade_database(database)


async def test_several_processes_may_migrate_at_once(database: AsyncEngine, database_url: str) -> None:
    others = [open_database(database_url) for _ in range(3)]
    await asyncio.gather(*(upgrade_database(engine) for engine in (database, *others)))
    async with database.connect() as connection:
        tables = await connection.run_sync(lambda sync: inspect(sync).get_table_names())
    for engine in others:
        await engine.dispose()
    assert set(METADATA.tables) <= set(tables)


def _list_differences(connection: Connection) -> list[object]:
    return list(compare_metadata(MigrationContext.configure(connection), METADATA))
