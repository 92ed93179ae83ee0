"""The courier over a real database, with carriers that fail in every way."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.errors import InvalidInputError, UnavailableError
from bot.domain.filing import Letter
from bot.domain.identifiers import new_id
from bot.domain.outbox import MOST_ATTEMPTS, LetterState, pause_after
from bot.services.delivery import Courier
from bot.services.metrics import Metrics
from bot.storage.complaint_rows import row_of_letter
from bot.storage.database import open_database
from bot.storage.migrate import upgrade_database
from bot.storage.outbox import SqlOutbox
from bot.storage.tables import OUTBOX
from tests.builders import CIPHER, NOON


class Desk:
    """Carries letters, and fails as it is told; its clock is the courier's."""

    def __init__(self) -> None:
        self.carried: list[str] = []
        self.failures: list[Exception] = []
        self.time = NOON

    def now(self) -> datetime:
        return self.time

    async def carry(self, letter: Letter) -> None:
        if self.failures:
            raise self.failures.pop(0)
        self.carried.append(letter.body)


@pytest.fixture
async def engine(tmp_path: Path) -> AsyncIterator[AsyncEngine]:
    engine = open_database(f"sqlite:///{tmp_path / 'test.db'}")
    await upgrade_database(engine)
    yield engine
    await engine.dispose()


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def outbox(engine: AsyncEngine, desk: Desk) -> SqlOutbox:
    return SqlOutbox(engine, desk, CIPHER)


@pytest.fixture
def courier(outbox: SqlOutbox, desk: Desk) -> Courier:
    return Courier(outbox=outbox, carriers={"hotline": desk.carry}, clock=desk, metrics=Metrics())


async def _write(engine: AsyncEngine, body: str = "{}", topic: str = "hotline.file") -> None:
    letter = Letter(id=new_id(), topic=topic, subject_id=new_id(), key=new_id(), body=body)
    async with engine.begin() as connection:
        await connection.execute(insert(OUTBOX), row_of_letter(letter, NOON, CIPHER))


async def test_a_letter_is_carried_once(engine: AsyncEngine, courier: Courier, desk: Desk) -> None:
    await _write(engine, "一封")
    assert await courier.carry_due() == 1
    assert await courier.carry_due() == 0
    assert desk.carried == ["一封"]


async def test_an_outage_is_waited_out_and_the_letter_carried(
    engine: AsyncEngine, courier: Courier, desk: Desk
) -> None:
    await _write(engine)
    desk.failures = [UnavailableError(), ZeroDivisionError()]
    await courier.carry_due()
    assert await courier.carry_due() == 0
    for _ in range(2):
        desk.time += timedelta(minutes=1)
        await courier.carry_due()
    assert desk.carried == ["{}"]


async def test_a_refusal_for_good_is_an_alarm_and_can_be_sent_again_by_hand(
    engine: AsyncEngine, courier: Courier, desk: Desk, outbox: SqlOutbox, caplog: pytest.LogCaptureFixture
) -> None:
    await _write(engine, '{"phone": "13900001234"}')
    desk.failures = [InvalidInputError("字段不对")]
    await courier.carry_due()
    (dead,) = await outbox.list_dead()
    assert dead.last_error == "字段不对"
    assert "given up" in caplog.text
    assert "13900001234" not in caplog.text
    assert await outbox.revive(dead.id)
    await courier.carry_due()
    assert desk.carried


async def test_a_system_that_never_comes_back_is_given_up_in_the_end(
    engine: AsyncEngine, courier: Courier, desk: Desk, outbox: SqlOutbox
) -> None:
    await _write(engine)
    desk.failures = [UnavailableError("连不上") for _ in range(MOST_ATTEMPTS)]
    for _ in range(MOST_ATTEMPTS):
        await courier.carry_due()
        desk.time += timedelta(hours=1)
    assert await outbox.count(LetterState.DEAD) == 1


async def test_a_letter_for_a_system_that_is_not_connected_waits(
    engine: AsyncEngine, courier: Courier, outbox: SqlOutbox
) -> None:
    await _write(engine, topic="pigeon.post")
    await courier.carry_due()
    assert await outbox.count(LetterState.WAITING) == 1


def test_pauses_grow_and_stay_within_bounds() -> None:
    pauses = [pause_after(number, 0.5) for number in range(1, MOST_ATTEMPTS)]
    assert pauses == sorted(pauses)
    assert pauses[0] < timedelta(seconds=3)
    assert max(pauses) <= timedelta(minutes=30)
    assert sum(pauses, timedelta()) > timedelta(days=1)
