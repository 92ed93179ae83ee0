"""What the stores of licences, verifications, logins and use records must do; run over SQLite and PostgreSQL."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.commitment import find_letter, sign_letter
from bot.domain.e_license import expire
from bot.domain.errors import ConflictError, NotFoundError
from bot.domain.filing import Letter
from bot.domain.identifiers import new_id
from bot.domain.use_record import UseAct, find_breaches
from bot.domain.verification import Verification, VerificationState, accept
from bot.storage.commitments import SqlCommitments
from bot.storage.database import open_database
from bot.storage.identities import SqlIdentitySessions
from bot.storage.licenses import SqlLicenses
from bot.storage.migrate import upgrade_database
from bot.storage.outbox import SqlOutbox
from bot.storage.personal_data import SqlPersonalData
from bot.storage.tables import METADATA
from bot.storage.use_records import SqlUseLedger
from bot.storage.verifications import SqlVerifications
from tests.builders import CIPHER, NOON, SetClock
from tests.city import make_city
from tests.license_builders import HOLDER, NUMBER, make_fetched, make_request, make_use, make_verification


@pytest.fixture
async def engine(database_url: str) -> AsyncIterator[AsyncEngine]:
    engine = open_database(database_url)
    await upgrade_database(engine)
    yield engine
    await engine.dispose()


@pytest.fixture
def licenses(engine: AsyncEngine) -> SqlLicenses:
    return SqlLicenses(engine, CIPHER)


@pytest.fixture
def verifications(engine: AsyncEngine) -> SqlVerifications:
    return SqlVerifications(engine, CIPHER)


@pytest.fixture
def ledger(engine: AsyncEngine) -> SqlUseLedger:
    return SqlUseLedger(engine)


async def test_a_look_up_is_found_as_it_was_stored(licenses: SqlLicenses) -> None:
    request = make_fetched(hand_over="")
    await licenses.add(request)
    assert await licenses.get(request.id) == request
    assert await licenses.find_by_token(request.token) == request
    assert await licenses.find_open("citizen", "talk") == request
    assert await licenses.find_by_token("other") is None


async def test_an_empty_hand_over_token_finds_nothing(licenses: SqlLicenses) -> None:
    await licenses.add(make_request())
    assert await licenses.find_by_hand_over("") is None


async def test_of_two_changes_at_once_one_holds(licenses: SqlLicenses, ledger: SqlUseLedger) -> None:
    request = make_request()
    await licenses.add(request)
    changed = replace(request, failure="x", version=2)
    await licenses.change(changed, make_use())
    with pytest.raises(ConflictError):
        await licenses.change(replace(request, version=2), make_use())
    assert await ledger.find_end() != (2, "")
    assert (await ledger.find_end())[0] == 1


async def test_what_is_over_is_listed_until_it_is_closed(licenses: SqlLicenses) -> None:
    request = make_fetched()
    await licenses.add(request)
    assert await licenses.list_over(NOON, 10) == ()
    later = NOON + timedelta(hours=1)
    assert await licenses.list_over(later, 10) == (request,)
    await licenses.change(expire(request))
    assert await licenses.list_over(later, 10) == ()


async def test_an_objection_is_stored_with_its_verification_and_letter(
    engine: AsyncEngine, licenses: SqlLicenses, verifications: SqlVerifications
) -> None:
    request = make_fetched()
    await licenses.add(request)
    asked = make_verification(license_id=request.id)
    letter = Letter(id=new_id(), topic="verification.request", subject_id=asked.id, key=asked.id, body="{}")
    await licenses.change(replace(request, version=request.version + 1), verification=asked, letters=(letter,))
    assert await verifications.get(asked.id) == asked
    (attempt,) = await SqlOutbox(engine, SetClock(), CIPHER).claim(5)
    assert attempt.letter == letter


async def test_verifications_are_listed_by_unit_and_owner(verifications: SqlVerifications) -> None:
    late = make_verification(due_at=NOON + timedelta(hours=3))
    soon = make_verification()
    other = make_verification(requesting_unit_id="police", issuing_unit_id="bank", owner_id="")
    for asked in (late, soon, other):
        await verifications.add(asked)
    assert await verifications.list_of_unit("registry", 10, only_open=True) == (soon, late)
    assert await verifications.list_of_unit("housing", 10, only_open=True) == (soon, late)
    assert set(await verifications.list_of_unit(None, 10, only_open=False)) == {late, soon, other}
    assert await verifications.list_of_owner("citizen", 10) == (soon, late)
    assert await verifications.list_of_owner("", 10) == ()
    assert await verifications.find_by_number(other.number) == other


async def test_of_two_answers_at_once_one_holds(verifications: SqlVerifications) -> None:
    asked = make_verification()
    await verifications.add(asked)
    await verifications.change(accept(asked, NOON), at=NOON)
    with pytest.raises(ConflictError):
        await verifications.change(accept(asked, NOON), at=NOON)
    with pytest.raises(NotFoundError):
        await verifications.get("nothing")


async def test_the_same_number_is_not_given_twice(verifications: SqlVerifications) -> None:
    asked = make_verification()
    await verifications.add(asked)
    with pytest.raises(ConflictError):
        await verifications.add(replace(asked, id=new_id()))


async def test_many_writers_make_one_unbroken_chain(ledger: SqlUseLedger) -> None:
    await asyncio.gather(*(ledger.append(make_use(about=f"r{number}")) for number in range(20)))
    records = await ledger.list_from(1, 100)
    assert len(records) == 20
    assert find_breaches(records) == ()
    assert await ledger.find_end() == (20, records[-1].hash)


async def test_a_row_changed_behind_our_back_breaks_the_chain(engine: AsyncEngine, ledger: SqlUseLedger) -> None:
    await ledger.append(make_use(), make_use(UseAct.CONSENT), make_use(UseAct.FETCH))
    async with engine.begin() as connection:
        await connection.execute(
            text("UPDATE use_records SET content = replace(content, 'consent', 'refuse') WHERE seq = 2")
        )
    assert [breach.seq for breach in find_breaches(await ledger.list_from(1, 10))] == [2]


async def test_uses_are_listed_for_whom_they_concern(ledger: SqlUseLedger) -> None:
    await ledger.append(make_use(subject_id="me"), make_use(UseAct.SHOW, subject_id="me"), make_use(subject_id="you"))
    assert [record.seq for record in await ledger.list_of_subject("me", 10)] == [2, 1]
    assert [record.seq for record in await ledger.list_about("r1")] == [1, 2, 3]


async def test_a_login_ends_by_itself(engine: AsyncEngine) -> None:
    sessions = SqlIdentitySessions(engine, CIPHER)
    await sessions.open("s", HOLDER, now=NOON, until=NOON + timedelta(minutes=15))
    assert await sessions.find("s", NOON) == HOLDER
    assert await sessions.find("s", NOON + timedelta(minutes=15)) is None
    assert await sessions.find("other", NOON) is None


async def test_a_signed_commitment_is_found_again(engine: AsyncEngine) -> None:
    signed = sign_letter(
        find_letter(make_city(), "rent-income"),
        id_=new_id(),
        number="CN26-1",
        owner_id="o",
        name="王小明",
        holder=NUMBER,
        level=2,
        at=NOON,
    )
    store = SqlCommitments(engine, CIPHER)
    await store.add(signed, make_use(UseAct.SIGN))
    assert await store.find(signed.id) == signed
    assert await store.find("nothing") is None


async def test_nothing_personal_lies_open_in_any_table(
    engine: AsyncEngine, licenses: SqlLicenses, verifications: SqlVerifications
) -> None:
    await licenses.add(make_fetched(), make_use())
    asked: Verification = make_verification()
    await verifications.add(asked, make_use(UseAct.VERIFY_REQUEST))
    await SqlIdentitySessions(engine, CIPHER).open("s", HOLDER, now=NOON, until=NOON)
    async with engine.connect() as connection:
        stored = [str((await connection.execute(select(table))).all()) for table in METADATA.sorted_tables]
    for word in ("王小明", NUMBER, "13900001234", "3302-2026", "名下是否有房"):
        assert not [rows for rows in stored if word in rows]


async def test_what_ended_long_ago_is_deleted_and_what_is_open_stays(
    engine: AsyncEngine, verifications: SqlVerifications
) -> None:
    ended = replace(make_verification(), state=VerificationState.ANSWERED, ended_at=NOON)
    still_open = replace(make_verification(), id=new_id(), number="HS26-9", ended_at=None)
    for item in (ended, still_open):
        await verifications.add(item)
    letter = find_letter(make_city(), "rent-income")
    signed = sign_letter(
        letter, id_=new_id(), number="CN26-2", owner_id="o", name="王小明", holder=NUMBER, level=2, at=NOON
    )
    await SqlCommitments(engine, CIPHER).add(signed, make_use(UseAct.SIGN))
    data = SqlPersonalData(engine, CIPHER)

    assert (await data.purge_verifications(NOON), await data.purge_commitments(NOON)) == (0, 0)
    later = NOON + timedelta(seconds=1)
    assert (await data.purge_verifications(later), await data.purge_commitments(later)) == (1, 1)
    assert await verifications.get(still_open.id) == still_open
    with pytest.raises(NotFoundError):
        await verifications.get(ended.id)
