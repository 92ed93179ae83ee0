"""What every outbox must do; run over SQLite and PostgreSQL."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.filing import Letter
from bot.domain.identifiers import new_id
from bot.domain.outbox import LetterState
from bot.storage.complaint_rows import row_of_letter
from bot.storage.database import open_database
from bot.storage.migrate import upgrade_database
from bot.storage.outbox import SqlOutbox
from bot.storage.tables import OUTBOX
from tests.builders import CIPHER, NOON


class HandClock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.time = NOON

    def now(self) -> datetime:
        return self.time


@pytest.fixture
async def engine(database_url: str) -> AsyncIterator[AsyncEngine]:
    engine = open_database(database_url)
    await upgrade_database(engine)
    yield engine
    await engine.dispose()


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def outbox(engine: AsyncEngine, clock: HandClock) -> SqlOutbox:
    return SqlOutbox(engine, clock, CIPHER)


async def _write(engine: AsyncEngine, subject: str, body: str = "{}") -> str:
    letter = Letter(id=new_id(), topic="hotline.file", subject_id=subject, key=new_id(), body=body)
    async with engine.begin() as connection:
        await connection.execute(insert(OUTBOX), row_of_letter(letter, NOON, CIPHER))
    return letter.id


async def test_a_letter_is_claimed_as_it_was_written_and_then_by_nobody_else(
    engine: AsyncEngine, outbox: SqlOutbox
) -> None:
    id_ = await _write(engine, "c1", '{"phone": "13900001234"}')
    (attempt,) = await outbox.claim(10)
    assert (attempt.letter.id, attempt.letter.body, attempt.number) == (id_, '{"phone": "13900001234"}', 1)
    assert await outbox.claim(10) == ()


async def test_a_letter_is_sealed_in_the_database(engine: AsyncEngine) -> None:
    await _write(engine, "c1", '{"phone": "13900001234"}')
    async with engine.connect() as connection:
        body = (await connection.execute(select(OUTBOX.c.body))).scalar_one()
    assert "13900001234" not in body


async def test_letters_of_one_subject_go_in_order_and_a_stuck_one_holds_the_next(
    engine: AsyncEngine, outbox: SqlOutbox
) -> None:
    first, second = await _write(engine, "c1"), await _write(engine, "c1")
    other = await _write(engine, "c2")
    assert {attempt.letter.id for attempt in await outbox.claim(10)} == {first, other}
    await outbox.bury(first, error="拒收")
    await outbox.settle(other)
    assert await outbox.claim(10) == ()
    assert [letter.id for letter in await outbox.list_dead()] == [first]
    assert await outbox.revive(first)
    (again,) = await outbox.claim(10)
    await outbox.settle(again.letter.id)
    assert [attempt.letter.id for attempt in await outbox.claim(10)] == [second]


async def test_a_postponed_letter_waits_for_its_time(engine: AsyncEngine, outbox: SqlOutbox, clock: HandClock) -> None:
    id_ = await _write(engine, "c1")
    await outbox.claim(1)
    await outbox.postpone(id_, until=clock.now() + timedelta(minutes=5), error="连不上")
    assert await outbox.claim(1) == ()
    clock.time += timedelta(minutes=5)
    (attempt,) = await outbox.claim(1)
    assert attempt.number == 2


async def test_a_worker_that_died_gives_its_letters_back(
    engine: AsyncEngine, outbox: SqlOutbox, clock: HandClock
) -> None:
    await _write(engine, "c1")
    await outbox.claim(1)
    clock.time += timedelta(minutes=2)
    assert len(await outbox.claim(1)) == 1


async def test_many_workers_never_claim_the_same_letter(engine: AsyncEngine, outbox: SqlOutbox) -> None:
    written = {await _write(engine, f"c{number}") for number in range(20)}
    claims = await asyncio.gather(*(outbox.claim(5) for _ in range(8)))
    claimed = [attempt.letter.id for claim in claims for attempt in claim]
    assert len(claimed) == len(set(claimed))
    while more := await outbox.claim(5):
        claimed += [attempt.letter.id for attempt in more]
    assert set(claimed) == written


async def test_only_a_dead_letter_is_revived(engine: AsyncEngine, outbox: SqlOutbox) -> None:
    id_ = await _write(engine, "c1")
    assert not await outbox.revive(id_)
    assert await outbox.count(LetterState.WAITING) == 1
