"""Inserts rows of several tables in one transaction, the way that suits each kind of database."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

from sqlalchemy import Engine, Table, insert
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.storage.database import open_sqlite_writer, translated_errors

Row = Mapping[str, Any]
RowsByTable = Mapping[Table, Sequence[Row]]
# Stores all rows or none, parents first; raises ConflictError or UnavailableError.
CommitRows = Callable[[RowsByTable], Awaitable[None]]


@asynccontextmanager
async def open_commits(engine: AsyncEngine) -> AsyncIterator[CommitRows]:
    """The commits of this database. At most one of them may run at a time."""
    if engine.dialect.name != "sqlite":
        yield partial(_commit_rows, engine)
        return
    # A whole commit is one visit to one thread; aiosqlite visits its thread for each statement, at four times the cost.
    writer = open_sqlite_writer(engine)
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="sqlite-writer") as thread:
        yield partial(_commit_in_thread, thread, writer)
        thread.submit(writer.dispose)


async def _commit_rows(engine: AsyncEngine, rows: RowsByTable) -> None:
    with translated_errors():
        async with engine.begin() as connection:
            for table, of_table in rows.items():
                await connection.execute(insert(table), of_table)


async def _commit_in_thread(thread: ThreadPoolExecutor, writer: Engine, rows: RowsByTable) -> None:
    await asyncio.get_running_loop().run_in_executor(thread, _commit_plainly, writer, rows)


def _commit_plainly(writer: Engine, rows: RowsByTable) -> None:
    with translated_errors(), writer.begin() as connection:
        for table, of_table in rows.items():
            connection.execute(insert(table), of_table)
