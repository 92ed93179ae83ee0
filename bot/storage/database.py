"""Opens the database, SQLite or PostgreSQL, and turns its outages into `UnavailableError`."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import StaticPool

from bot.domain.errors import ConflictError, UnavailableError

_DRIVERS: Final = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg"}
_PATIENCE_SECONDS: Final = 10
_PAUSE_SECONDS: Final = 0.02
_PRAGMAS: Final = (
    f"busy_timeout={_PATIENCE_SECONDS * 1_000}",
    # Readers go on while a batch of turns is written.
    "journal_mode=WAL",
    # An acknowledged message survives a power cut, not only the death of the process. The price, one flush to disk a
    # commit, is shared by all turns that are committed together.
    "synchronous=FULL",
    "foreign_keys=ON",
)


def open_database(address: str) -> AsyncEngine:
    """The engine for a `sqlite:///FILE` or `postgresql://…` address; the directory of a file is made.

    Parameters are hidden from errors and logs: they hold what citizens wrote.
    """
    url = _with_driver(make_url(address))
    if url.get_backend_name() != "sqlite":
        return create_async_engine(
            url, pool_size=8, max_overflow=8, pool_timeout=_PATIENCE_SECONDS, pool_pre_ping=True, hide_parameters=True
        )
    if url.database and url.database != ":memory:":
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_async_engine(url, pool_timeout=_PATIENCE_SECONDS, hide_parameters=True)
    event.listen(engine.sync_engine, "connect", _set_pragmas)
    return engine


async def ping_database(engine: AsyncEngine) -> bool:
    """Whether the database answers now."""
    try:
        with translated_errors():
            async with engine.connect() as connection:
                await connection.execute(text("SELECT 1"))
    except UnavailableError:
        return False
    return True


@contextmanager
def translated_errors() -> Iterator[None]:
    """Turns what the driver raises into domain errors: broken rules into conflicts, all else into an outage."""
    try:
        yield
    except IntegrityError as error:
        raise ConflictError from error
    except (DBAPIError, PoolTimeoutError, OSError) as error:
        raise UnavailableError from error


def _with_driver(url: URL) -> URL:
    return url.set(drivername=_DRIVERS[url.get_backend_name()])


def open_sqlite_writer(engine: AsyncEngine) -> Engine:
    """A second, plain engine on the same SQLite file, for a thread that only writes."""
    writer = create_engine(engine.url.set(drivername="sqlite"), poolclass=StaticPool, hide_parameters=True)
    event.listen(writer, "connect", _set_pragmas)
    return writer


def _set_pragmas(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        _execute_patiently(cursor, f"PRAGMA {pragma}")
    cursor.close()


def _execute_patiently(cursor: Any, statement: str) -> None:
    """Executes once nobody else is in the way: SQLite does not wait itself where it turns a new file to WAL."""
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while True:
        try:
            cursor.execute(statement)
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(_PAUSE_SECONDS)
