"""What every store of public requests must do; run over SQLite and PostgreSQL."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.civic_request import CivicFilter, CivicStatus, ExtendedStatus
from bot.domain.errors import ConflictError
from bot.domain.work_order import Outcome, State
from bot.storage.civic_requests import SqlCivicRequests
from bot.storage.complaints import SqlComplaints
from bot.storage.database import open_database
from bot.storage.migrate import upgrade_database
from tests.builders import CIPHER, NOON
from tests.complaint_builders import make_complaint, make_filing


@pytest.fixture
async def engine(database_url: str) -> AsyncIterator[AsyncEngine]:
    engine = open_database(database_url)
    await upgrade_database(engine)
    yield engine
    await engine.dispose()


async def test_requests_are_found_by_id_time_and_status(engine: AsyncEngine) -> None:
    complaints, requests = SqlComplaints(engine, CIPHER), SqlCivicRequests(engine)
    old = make_filing(make_complaint(filed_at=NOON - timedelta(days=9)), state=State.ANSWERED, outcome=Outcome.SOLVED)
    new, withdrawn = make_filing(), make_filing(state=State.WITHDRAWN)
    for filing in (old, new, withdrawn):
        await complaints.file(filing)

    async def list_ids(chosen: CivicFilter) -> list[str]:
        return [found.id for found in await requests.list_requests(chosen, limit=10)]

    assert await list_ids(CivicFilter()) == [new.complaint.id, old.complaint.id]
    assert await list_ids(CivicFilter(since=NOON - timedelta(days=1))) == [new.complaint.id]
    assert await list_ids(CivicFilter(until=NOON - timedelta(days=1))) == [old.complaint.id]
    assert await list_ids(CivicFilter(statuses=(CivicStatus.OPEN,))) == [new.complaint.id]
    assert await list_ids(CivicFilter(ids=(old.complaint.id, withdrawn.complaint.id))) == [old.complaint.id]
    found = await requests.find_by_number(old.complaint.number)
    assert found is not None
    assert (found.status, found.extended_status) == (CivicStatus.CLOSED, ExtendedStatus.FIXED)
    assert await requests.find_by_number(withdrawn.complaint.number) is None


async def test_of_one_key_a_day_only_one_complaint_is_stored(engine: AsyncEngine) -> None:
    complaints, requests = SqlComplaints(engine, CIPHER), SqlCivicRequests(engine)
    first = replace(make_filing(), repeat_key="k")
    await complaints.file(first)
    with pytest.raises(ConflictError):
        await complaints.file(replace(make_filing(), repeat_key="k"))
    assert await requests.find_filed("k", since=NOON - timedelta(days=1)) == first.complaint.id
    assert await requests.find_filed("k", since=NOON) is None
    next_day = make_complaint(filed_at=NOON + timedelta(days=1))
    await complaints.file(replace(make_filing(next_day), repeat_key="k"))
