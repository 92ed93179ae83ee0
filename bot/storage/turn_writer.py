"""Commits the turns of many conversations together, while each caller waits for the commit that holds its own turn."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Table

from bot.domain.errors import ConflictError, DomainError, UnavailableError
from bot.domain.failure_report import describe_failure
from bot.storage.row_commits import CommitRows, Row

_LOG: Final = logging.getLogger(__name__)
_LARGEST_BATCH: Final = 256
# Beyond this the database is so far behind that one more turn would only wait in vain.
_LONGEST_QUEUE: Final = 10_000


@dataclass(frozen=True, slots=True)
class _Waiting:
    """The rows of one turn by table, parents first, and who waits for them."""

    rows: Sequence[tuple[Table, Sequence[Row]]]
    done: "asyncio.Future[None]"


class TurnWriter:
    """One writer a process. While a batch is being committed the next one gathers, so that load makes batches larger
    instead of queues longer."""

    def __init__(self, commit_rows: CommitRows) -> None:
        self._commit_rows = commit_rows
        self._queue: list[_Waiting] = []
        self._wake = asyncio.Event()
        self._is_closing = False

    async def write(self, rows: Sequence[tuple[Table, Sequence[Row]]]) -> None:
        """Returns when the rows are durable. Raises ConflictError or UnavailableError, and then stored none of them."""
        if len(self._queue) >= _LONGEST_QUEUE:
            raise UnavailableError
        done = asyncio.get_running_loop().create_future()
        self._queue.append(_Waiting(rows, done))
        self._wake.set()
        await done

    async def run(self) -> None:
        """Works until `close` was called and all that was handed in is decided."""
        while self._queue or not self._is_closing:
            await self._wake.wait()
            # Whoever is ready to run in this round of the loop joins the batch.
            await asyncio.sleep(0)
            batch, self._queue = self._queue[:_LARGEST_BATCH], self._queue[_LARGEST_BATCH:]
            if not self._queue and not self._is_closing:
                self._wake.clear()
            await self._commit(batch)

    def close(self) -> None:
        """Lets `run` end after the turns that wait now."""
        self._is_closing = True
        self._wake.set()

    async def _commit(self, batch: Sequence[_Waiting]) -> None:
        try:
            await self._insert(batch)
        except ConflictError as error:
            if len(batch) == 1:
                _fail(batch, ConflictError, error)
                return
            # One turn breaks a rule: halve the batch until it stands alone, so that the others are stored.
            middle = len(batch) // 2
            await self._commit(batch[:middle])
            await self._commit(batch[middle:])
        except UnavailableError as error:
            _fail(batch, UnavailableError, error)
        except Exception as error:  # noqa: BLE001 - the top of a background task: it must go on for the others
            _LOG.error("a batch of turns was not stored: %s", describe_failure(error))
            _fail(batch, UnavailableError, error)
        else:
            for waiting in batch:
                if not waiting.done.done():
                    waiting.done.set_result(None)

    async def _insert(self, batch: Sequence[_Waiting]) -> None:
        together: dict[Table, list[Row]] = {}
        for waiting in batch:
            for table, rows in waiting.rows:
                together.setdefault(table, []).extend(rows)
        await self._commit_rows({table: together[table] for table in sorted(together, key=_parents_first)})


def _parents_first(table: Table) -> int:
    return len(table.foreign_keys)


def _fail(batch: Sequence[_Waiting], kind: type[DomainError], cause: Exception) -> None:
    """Every caller gets an error of its own, because a raised one carries its caller's traceback."""
    for waiting in batch:
        if not waiting.done.done():
            error = kind()
            error.__cause__ = cause
            waiting.done.set_exception(error)
