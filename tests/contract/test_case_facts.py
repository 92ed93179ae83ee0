"""What every store of facts for statistics must do; run over SQLite and PostgreSQL."""

from collections.abc import AsyncIterator
from datetime import date, timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.case_facts import Period
from bot.domain.filing import Change
from bot.domain.work_order import SYSTEM, Move, State
from bot.storage.case_facts import SqlCaseFacts
from bot.storage.complaints import SqlComplaints
from bot.storage.database import open_database
from bot.storage.migrate import upgrade_database
from tests.builders import CIPHER, NOON
from tests.complaint_builders import make_complaint, make_event, make_filing, make_order

TODAY = Period(first=NOON.date(), last=NOON.date())


@pytest.fixture
async def engine(database_url: str) -> AsyncIterator[AsyncEngine]:
    engine = open_database(database_url)
    await upgrade_database(engine)
    yield engine
    await engine.dispose()


async def test_cases_and_events_of_a_period(engine: AsyncEngine) -> None:
    store, facts = SqlComplaints(engine, CIPHER), SqlCaseFacts(engine)
    assert await facts.find_first_day() is None
    old = make_filing(make_complaint(filed_at=NOON - timedelta(days=40)))
    new = make_filing(state=State.HANDLING, unit_id="housing", rating=2)
    await store.file(old)
    await store.file(new)
    assert await facts.find_first_day() == date(2026, 10, 13)
    (case,) = await facts.list_cases(TODAY)
    assert (case.id, case.about_unit_id, case.unit_id) == (new.complaint.id, "housing", "housing")
    assert (case.certificate_ids, case.lawful, case.rating) == (("nohouse",), False, 2)
    (event,) = await facts.list_events(TODAY)
    assert (event.complaint_id, event.move, event.rating) == (new.complaint.id, None, 2)

    # What happens to an old complaint today brings its whole history along.
    order = make_order(old.complaint.id, version=2)
    late = make_event(order, NOON, move=Move.ESCALATE, state=State.HANDLING, actor=SYSTEM, unit_id="housing")
    await store.save(Change(order=order, events=(late,)))
    history = [event for event in await facts.list_events(TODAY) if event.complaint_id == old.complaint.id]
    assert [event.ran_late for event in history] == [False, True]


async def test_a_day_begins_and_ends_in_china(engine: AsyncEngine) -> None:
    store, facts = SqlComplaints(engine, CIPHER), SqlCaseFacts(engine)
    midnight = NOON.replace(hour=0)
    for at in (midnight - timedelta(seconds=1), midnight, midnight + timedelta(days=1)):
        await store.file(make_filing(make_complaint(filed_at=at)))
    assert len(await facts.list_cases(TODAY)) == 1
