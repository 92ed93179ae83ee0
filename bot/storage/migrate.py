"""Brings a database to the newest shape when the program starts."""

from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.storage.database import translated_errors

_MIGRATIONS: Final = Path(__file__).parents[2] / "migrations"
# Any number will do, as long as every process that migrates asks for the same.
_LOCK_NUMBER: Final = 20_200_901


async def upgrade_database(engine: AsyncEngine) -> None:
    """Runs what is missing; several processes may start at once. Raises UnavailableError."""
    with translated_errors():
        async with engine.begin() as connection:
            await connection.run_sync(_upgrade)


def _upgrade(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _LOCK_NUMBER})
    else:
        # Takes SQLite's write lock at once, and makes all of it one transaction.
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
