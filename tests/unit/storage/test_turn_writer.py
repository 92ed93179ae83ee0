"""Turns are committed together, and each caller learns the fate of its own."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest

from bot.domain.errors import ConflictError, UnavailableError
from bot.storage.row_commits import RowsByTable
from bot.storage.tables import CONVERSATIONS
from bot.storage.turn_writer import TurnWriter


class Commits:
    """Keeps what was committed; breaks as a test asks."""

    def __init__(self, check: Callable[[set[str]], None] = lambda ids: None) -> None:
        self.batches: list[set[str]] = []
        self._check = check

    async def commit(self, rows: RowsByTable) -> None:
        ids = {row["id"] for row in rows[CONVERSATIONS]}
        await asyncio.sleep(0.005)
        self._check(ids)
        self.batches.append(ids)


@asynccontextmanager
async def running(commits: Commits) -> AsyncIterator[TurnWriter]:
    writer = TurnWriter(commits.commit)
    task = asyncio.create_task(writer.run())
    yield writer
    writer.close()
    await task


async def write(writer: TurnWriter, id_: str) -> None:
    await writer.write([(CONVERSATIONS, [{"id": id_}])])


async def test_turns_at_once_are_committed_together() -> None:
    commits = Commits()
    async with running(commits) as writer:
        await asyncio.gather(*(write(writer, str(number)) for number in range(100)))
    assert len(commits.batches) <= 2


async def test_a_batch_has_a_largest_size() -> None:
    commits = Commits()
    async with running(commits) as writer:
        await asyncio.gather(*(write(writer, str(number)) for number in range(1_000)))
    assert max(map(len, commits.batches)) <= 256
    assert sum(map(len, commits.batches)) == 1_000


async def test_a_caller_waits_for_its_own_commit() -> None:
    commits = Commits()
    async with running(commits) as writer:
        await write(writer, "one")
        assert commits.batches == [{"one"}]


async def test_only_the_turn_that_breaks_a_rule_fails() -> None:
    def refuse(ids: set[str]) -> None:
        if "bad" in ids:
            raise ConflictError

    commits = Commits(refuse)
    names = [str(number) for number in range(50)] + ["bad"]
    async with running(commits) as writer:
        outcomes = await asyncio.gather(*(write(writer, name) for name in names), return_exceptions=True)
    assert [name for name, outcome in zip(names, outcomes, strict=True) if outcome] == ["bad"]
    assert set().union(*commits.batches) == set(names) - {"bad"}


@pytest.mark.parametrize("error", [UnavailableError(), ZeroDivisionError("secret words")])
async def test_an_outage_fails_all_that_wait_and_then_goes_on(
    error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    is_broken = True

    def break_down(_ids: set[str]) -> None:
        if is_broken:
            raise error

    async with running(Commits(break_down)) as writer:
        outcomes = await asyncio.gather(*(write(writer, name) for name in "abc"), return_exceptions=True)
        assert all(isinstance(outcome, UnavailableError) for outcome in outcomes)
        is_broken = False
        await write(writer, "later")
    assert "secret words" not in caplog.text


async def test_a_caller_that_left_does_not_disturb_the_others() -> None:
    commits = Commits()
    async with running(commits) as writer:
        leaving = asyncio.create_task(write(writer, "leaving"))
        staying = asyncio.create_task(write(writer, "staying"))
        await asyncio.sleep(0)
        leaving.cancel()
        await staying
        await asyncio.gather(leaving, return_exceptions=True)


async def test_what_was_handed_in_is_committed_before_the_writer_ends() -> None:
    commits = Commits()
    async with running(commits) as writer:
        waiting = [asyncio.create_task(write(writer, str(number))) for number in range(300)]
        await asyncio.sleep(0)
    await asyncio.gather(*waiting)
    assert sum(map(len, commits.batches)) == 300
