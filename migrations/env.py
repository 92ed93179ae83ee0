"""Alembic's entry: uses the connection that the program hands over; from its own command line, the set database."""

import asyncio
import os

from alembic import context
from sqlalchemy import Connection

from bot.settings import Settings
from bot.storage.database import open_database
from bot.storage.tables import METADATA


def _run(connection: Connection) -> None:
    # SQLite changes a column only by copying its table.
    context.configure(connection=connection, target_metadata=METADATA, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()


async def _run_on_set_database() -> None:
    engine = open_database(Settings.from_environ(os.environ).database_url)
    async with engine.begin() as connection:
        await connection.run_sync(_run)
    await engine.dispose()


if given := context.config.attributes.get("connection"):
    _run(given)
else:
    asyncio.run(_run_on_set_database())
