"""What every store of complaints must do; run over SQLite and PostgreSQL."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.complaint import Contact, Protection
from bot.domain.complaint_case import CaseFilter
from bot.domain.errors import ConflictError, InvalidInputError, NotFoundError
from bot.domain.filing import Change, Filing, Letter
from bot.domain.identifiers import new_id
from bot.domain.viewer import Role
from bot.domain.work_order import Move, Outcome, State, WorkOrder
from bot.storage.complaints import SqlComplaints
from bot.storage.database import open_database
from bot.storage.migrate import upgrade_database
from bot.storage.tables import COMPLAINT_PICTURES, OUTBOX
from tests.builders import CIPHER, NOON, make_viewer
from tests.complaint_builders import PHONE, make_complaint, make_event, make_filing, make_subject

SUPERVISOR = make_viewer(role=Role.SUPERVISOR)


@pytest.fixture
async def engine(database_url: str) -> AsyncIterator[AsyncEngine]:
    engine = open_database(database_url)
    await upgrade_database(engine)
    yield engine
    await engine.dispose()


@pytest.fixture
def store(engine: AsyncEngine) -> SqlComplaints:
    return SqlComplaints(engine, CIPHER)


async def _file(store: SqlComplaints, filing: Filing | None = None) -> Filing:
    filing = filing or make_filing()
    await store.file(filing)
    return filing


async def _file_with(store: SqlComplaints, *, order: dict[str, Any] | None = None, **complaint: Any) -> str:
    return (await _file(store, make_filing(make_complaint(**complaint), **order or {}))).complaint.id


def _list_ids(cases: Any) -> list[str]:
    return [case.complaint.id for case in cases]


async def test_a_filed_complaint_is_read_again_as_it_was(store: SqlComplaints) -> None:
    order = {
        "state": State.HANDLING,
        "outcome": Outcome.PARTLY,
        "unit_id": "housing",
        "due_at": NOON + timedelta(days=5),
        "due_rule": "五天",
        "paused_at": NOON,
        "paused_spans": ((NOON, NOON + timedelta(hours=1)),),
        "is_late": True,
    }
    filing = await _file(store, make_filing(**order))

    case = await store.get(filing.complaint.id)

    assert (case.complaint, case.order, case.erased_at) == (filing.complaint, filing.order, None)
    assert await store.find(filing.complaint.number) == case
    assert tuple(await store.list_events(filing.complaint.id)) == filing.events


async def test_what_was_never_filed_is_not_found(store: SqlComplaints) -> None:
    assert await store.find("TS26-0000-0000-0000") is None
    assert await store.find_event("nothing") is None
    with pytest.raises(NotFoundError):
        await store.get("nothing")


async def test_a_number_is_given_once(store: SqlComplaints) -> None:
    filing = await _file(store)
    with pytest.raises(ConflictError):
        await _file(store, make_filing(make_complaint(number=filing.complaint.number)))


async def test_own_complaints_come_the_newest_first_and_nobody_elses(store: SqlComplaints) -> None:
    ids = [await _file_with(store) for _ in range(3)]
    await _file_with(store, owner_id="somebody")
    assert _list_ids(await store.list_own("xiaowang", limit=2)) == ids[:0:-1]


@pytest.mark.parametrize(
    "phone", [PHONE, "139 0000 1234", "139-0000-1234", "+86 13900001234", "１３９００００１２３４"]
)
async def test_number_and_phone_together_find_a_complaint_however_the_phone_is_written(
    store: SqlComplaints, phone: str
) -> None:
    filing = await _file(store)
    case = await store.find_with_phone(filing.complaint.number, phone)
    assert case is not None
    assert case.complaint == filing.complaint


async def test_another_phone_or_none_finds_nothing(store: SqlComplaints) -> None:
    filing = await _file(store)
    nameless = await _file(store, make_filing(make_complaint(contact=Contact(), protection=Protection.ANONYMOUS)))
    assert await store.find_with_phone(filing.complaint.number, "13900001235") is None
    assert await store.find_with_phone(nameless.complaint.number, PHONE) is None
    assert await store.find_with_phone(nameless.complaint.number, "") is None


async def test_a_change_is_stored_with_its_events_and_letters(store: SqlComplaints, engine: AsyncEngine) -> None:
    filing = await _file(store)
    moved = replace(filing.order, state=State.ACCEPTED, version=2, changed_at=NOON + timedelta(hours=1))
    event = make_event(moved, move=Move.ACCEPT, state=State.ACCEPTED, text="已受理")
    letter = Letter(id=new_id(), topic="hotline.update", subject_id=moved.complaint_id, key="c:2", body="{}")

    await store.save(Change(order=moved, events=(event,), letters=(letter,)))

    assert (await store.get(moved.complaint_id)).order == moved
    assert (await store.list_events(moved.complaint_id))[-1] == event
    assert await store.find_event(event.id) == event
    async with engine.connect() as connection:
        assert (await connection.execute(select(OUTBOX.c.key))).scalars().all() == ["c:2"]


async def test_of_two_changes_at_once_one_wins_and_the_other_leaves_nothing(store: SqlComplaints) -> None:
    filing = await _file(store)
    changes = [_change(filing.order) for _ in range(6)]

    outcomes = await asyncio.gather(*(store.save(change) for change in changes), return_exceptions=True)

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["ConflictError"] * 5 + ["NoneType"]
    assert len(await store.list_events(filing.complaint.id)) == 2


async def test_several_changes_are_stored_all_or_none(store: SqlComplaints) -> None:
    one, other = await _file(store), await _file(store)
    stale = Change(order=replace(other.order, version=7))
    with pytest.raises(ConflictError):
        await store.save(_change(one.order), stale)
    assert (await store.get(one.complaint.id)).order == one.order


async def test_an_event_is_noted_once(store: SqlComplaints) -> None:
    filing = await _file(store)
    with pytest.raises(ConflictError):
        await store.save(Change(order=replace(filing.order, version=2), events=filing.events))


async def test_pictures_are_stored_with_their_complaint(store: SqlComplaints, engine: AsyncEngine) -> None:
    id_ = await _file_with(store, pictures=("p1", "p2"))
    async with engine.connect() as connection:
        rows = (await connection.execute(select(COMPLAINT_PICTURES))).all()
    assert sorted((row.complaint_id, row.picture_id) for row in rows) == [(id_, "p1"), (id_, "p2")]


async def test_a_handler_sees_what_the_own_unit_handles_and_never_another_units(store: SqlComplaints) -> None:
    own = await _file_with(store, order={"state": State.HANDLING, "unit_id": "housing"})
    await _file_with(store, order={"state": State.HANDLING, "unit_id": "police"})
    # About the unit, but not passed on to it yet.
    await _file_with(store, order={"state": State.ACCEPTED})

    handler = make_viewer(role=Role.HANDLER, unit_id="housing")

    assert _list_ids((await store.search(handler, CaseFilter(), limit=9)).cases) == [own]
    assert _list_ids((await store.search(handler, CaseFilter(unit_id="police"), limit=9)).cases) == []


@pytest.mark.parametrize(
    ("role", "unit", "seen"),
    [
        (Role.OPERATOR, None, 1),
        (Role.SUPERVISOR, None, 1),
        (Role.CITIZEN, None, 0),
        (Role.STAFF, None, 0),
        (Role.HANDLER, None, 0),
    ],
)
async def test_only_who_works_on_complaints_sees_them(
    store: SqlComplaints, role: Role, unit: str | None, seen: int
) -> None:
    await _file_with(store, order={"state": State.HANDLING, "unit_id": "housing"})
    assert len((await store.search(make_viewer(role=role, unit_id=unit), CaseFilter(), limit=9)).cases) == seen


@pytest.mark.parametrize(
    "chosen",
    [
        CaseFilter(states=(State.HANDLING, State.RETURNED)),
        CaseFilter(unit_id="police"),
        CaseFilter(due_before=NOON),
        CaseFilter(is_escalated=True),
        CaseFilter(is_poorly_rated=True),
        CaseFilter(protection=Protection.ANONYMOUS),
        CaseFilter(filed_from=date(2026, 11, 24)),
        CaseFilter(filed_from=date(2026, 11, 24), filed_to=date(2026, 11, 24)),
    ],
)
async def test_each_filter_leaves_what_it_names(store: SqlComplaints, chosen: CaseFilter) -> None:
    wanted = await _file_with(
        store,
        filed_at=NOON + timedelta(days=2),
        protection=Protection.ANONYMOUS,
        subject=make_subject(unit_id="police"),
        order={
            "state": State.HANDLING,
            "due_at": NOON - timedelta(hours=1),
            "is_escalated": True,
            "rating": 2,
        },
    )
    await _file_with(store, order={"due_at": NOON, "rating": 3})
    assert _list_ids((await store.search(SUPERVISOR, chosen, limit=9)).cases) == [wanted]


async def test_a_list_is_read_page_by_page_without_gap_or_repeat(store: SqlComplaints) -> None:
    # Several of one instant, so that a page may end among them.
    ids = [await _file_with(store, filed_at=NOON + timedelta(seconds=number // 3)) for number in range(8)]
    seen: list[str] = []
    before: str | None = None
    while True:
        page = await store.search(SUPERVISOR, CaseFilter(), limit=3, before=before)
        seen += _list_ids(page.cases)
        before = page.next_before
        if before is None:
            break
    assert seen == ids[::-1]


@pytest.mark.parametrize("mark", ["", "abc", "5Lit5paH", "MjAyNi0xMS0yMg=="])
async def test_a_page_that_was_never_given_out_is_refused(store: SqlComplaints, mark: str) -> None:
    with pytest.raises(InvalidInputError):
        await store.search(SUPERVISOR, CaseFilter(), limit=3, before=mark)


async def test_duplicates_are_about_the_same_unit_matter_and_certificate_and_still_worked_on(
    store: SqlComplaints,
) -> None:
    first = await _file_with(store)
    second = await _file_with(store, subject=make_subject(certificate_ids=("income", "nohouse")))
    await _file_with(store, subject=make_subject(unit_id="police"))
    await _file_with(store, subject=make_subject(matter_id="allowance"))
    await _file_with(store, subject=make_subject(certificate_ids=("income",)))
    await _file_with(store, order={"state": State.CLOSED})
    await _file_with(store, order={"state": State.MERGED, "merged_into": first})
    await _file_with(store, filed_at=NOON - timedelta(days=31))

    found = await store.find_duplicates("housing", "rent", ("nohouse",), since=NOON - timedelta(days=30))

    assert _list_ids(found) == [first, second]


async def test_followers_of_a_complaint_are_those_merged_into_it(store: SqlComplaints) -> None:
    first = await _file_with(store)
    follower = await _file_with(store, order={"state": State.MERGED, "merged_into": first})
    assert _list_ids(await store.list_followers(first)) == [follower]


async def test_what_changed_lately_is_listed_for_those_who_are_asked_about(store: SqlComplaints) -> None:
    lately = {"filed_at": NOON + timedelta(minutes=1)}
    wanted = await _file_with(store, **lately)
    await _file_with(store, owner_id="somebody", **lately)
    await _file_with(store)
    assert _list_ids(await store.list_changed(("xiaowang", "nobody"), since=NOON + timedelta(minutes=1))) == [wanted]


async def test_a_complaint_is_found_by_its_picture(store: SqlComplaints) -> None:
    id_ = await _file_with(store, pictures=("p1", "p2"))
    await _file_with(store, pictures=("p3",))
    case = await store.find_with_picture("p2")
    assert case is not None
    assert case.complaint.id == id_
    assert await store.find_with_picture("p4") is None


async def test_what_the_clock_keeper_must_look_at_comes_the_longest_waiting_first(store: SqlComplaints) -> None:
    late = await _file_with(store, order={"wake_at": NOON + timedelta(hours=2)})
    soon = await _file_with(store, order={"wake_at": NOON + timedelta(hours=1)})
    await _file_with(store, order={"wake_at": NOON + timedelta(days=3)})
    await _file_with(store)
    assert _list_ids(await store.list_ticking(until=NOON + timedelta(hours=2), limit=9)) == [soon, late]


def _change(order: WorkOrder, at: datetime = NOON) -> Change:
    moved = replace(order, state=State.ACCEPTED, version=order.version + 1, changed_at=at)
    return Change(order=moved, events=(make_event(moved, move=Move.ACCEPT),))
