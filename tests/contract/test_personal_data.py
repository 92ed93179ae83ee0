"""Erasing personal data, whichever database holds it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Table, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.complaint import Draft, KeptDraft, Subject
from bot.domain.filing import Letter
from bot.domain.identifiers import new_id
from bot.domain.picture import Picture
from bot.domain.work_order import State
from bot.storage.complaint_rows import row_of_letter
from bot.storage.complaints import SqlComplaints
from bot.storage.conversations import SqlConversations, open_conversations
from bot.storage.database import open_database
from bot.storage.migrate import upgrade_database
from bot.storage.personal_data import SqlPersonalData
from bot.storage.pictures import SqlPictures
from bot.storage.tables import DRAFTS, OUTBOX, PICTURES
from tests.builders import CIPHER, NOON, make_answer, make_question
from tests.complaint_builders import PHONE, make_complaint, make_draft, make_event, make_filing, make_subject

YEAR_LATER = NOON + timedelta(days=365)


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """The stores of one database."""

    engine: AsyncEngine
    complaints: SqlComplaints
    conversations: SqlConversations
    pictures: SqlPictures
    data: SqlPersonalData

    async def count(self, table: Table) -> int:
        async with self.engine.connect() as connection:
            return int((await connection.execute(select(func.count()).select_from(table))).scalar_one())

    async def talk(self, at: datetime = NOON, draft: Draft | None = None) -> str:
        id_ = new_id()
        kept = (KeptDraft(conversation_id=id_, at=at, draft=draft),) if draft else ()
        question, answer = make_question(id_, "我的经过", at=at), make_answer(id_, at=at)
        await self.conversations.append_turn("xiaowang", question, answer, opens=True, records=kept)
        return id_

    async def read(self, conversation_id: str) -> list[str]:
        return [item.text for item in await self.conversations.list_messages(conversation_id, limit=9)]

    async def send_picture(self, at: datetime = NOON) -> str:
        id_ = new_id()
        await self.pictures.add(
            Picture(id=id_, owner_id="xiaowang", media_type="image/jpeg", content=b"picture", at=at)
        )
        return id_

    async def write_letter(self, subject: str, state: str, at: datetime = NOON) -> None:
        letter = Letter(id=new_id(), topic="hotline.file", subject_id=subject, key=new_id(), body=PHONE)
        row = row_of_letter(letter, at, CIPHER) | {"state": state}
        async with self.engine.begin() as connection:
            await connection.execute(insert(OUTBOX), row)
            if state == "delivered":
                await connection.execute(update(OUTBOX).where(OUTBOX.c.id == letter.id).values(delivered_at=at))

    async def list_bodies(self) -> list[str]:
        async with self.engine.connect() as connection:
            return list((await connection.execute(select(OUTBOX.c.body).order_by(OUTBOX.c.id))).scalars())


@pytest.fixture
async def house(database_url: str) -> AsyncIterator[House]:
    engine = open_database(database_url)
    await upgrade_database(engine)
    async with open_conversations(engine, CIPHER) as conversations:
        yield House(
            engine=engine,
            complaints=SqlComplaints(engine, CIPHER),
            conversations=conversations,
            pictures=SqlPictures(engine, CIPHER),
            data=SqlPersonalData(engine, CIPHER),
        )
    await engine.dispose()


async def test_an_erased_complaint_keeps_what_is_counted_and_nothing_of_its_person(house: House) -> None:
    talk, picture = await house.talk(draft=make_draft()), await house.send_picture()
    subject = make_subject(unit_told="他们", matter_told="那件事", certificate_told="那张纸", time_told="下午")
    complaint = make_complaint(conversation_id=talk, pictures=(picture,), subject=subject)
    filing = make_filing(complaint, state=State.CLOSED)
    filing = replace(filing, events=(make_event(filing.order, text="我的话"),))
    await house.complaints.file(filing)
    await house.write_letter(complaint.id, "delivered")
    await house.write_letter(complaint.id, "dead")

    await house.data.erase_complaint(complaint, YEAR_LATER)

    case = await house.complaints.get(complaint.id)
    assert case.erased_at == YEAR_LATER
    assert case.order == filing.order
    erased = case.complaint
    assert (erased.contact.name, erased.contact.phone, erased.story, erased.pictures) == ("", "", "", ())
    assert erased.subject == Subject(
        unit_id="housing", matter_id="rent", certificate_ids=("nohouse",), happened_on=subject.happened_on
    )
    assert (erased.number, erased.evidence) == (complaint.number, complaint.evidence)
    assert await house.complaints.find_with_phone(complaint.number, PHONE) is None
    assert [event.text for event in await house.complaints.list_events(complaint.id)] == [""]
    assert await house.read(talk) == ["（已按保存期限删除）"] * 2
    assert (await house.count(DRAFTS), await house.count(PICTURES)) == (0, 0)
    assert await house.list_bodies() == [""]


async def test_erasing_one_complaint_leaves_the_others_whole(house: House) -> None:
    talk, picture = await house.talk(draft=make_draft()), await house.send_picture()
    other = make_complaint(conversation_id=talk, pictures=(picture,))
    await house.complaints.file(make_filing(other))
    gone = make_complaint(conversation_id="")
    await house.complaints.file(make_filing(gone))

    await house.data.erase_complaint(gone, YEAR_LATER)

    assert (await house.complaints.get(other.id)).complaint == other
    assert await house.read(talk) == ["我的经过", "不用"]
    assert (await house.count(DRAFTS), await house.count(PICTURES)) == (1, 1)


@pytest.mark.parametrize(("state", "waits"), [("waiting", True), ("delivered", False), ("dead", False)])
async def test_only_a_letter_on_its_way_is_waited_for(house: House, state: str, waits: bool) -> None:
    await house.write_letter("c1", state)
    assert await house.data.has_waiting_letters("c1") is waits
    assert not await house.data.has_waiting_letters("c2")


async def test_what_ended_long_ago_is_listed_until_it_is_erased(house: House) -> None:
    ids: dict[State, str] = {}
    for state in State:
        complaint = make_complaint()
        await house.complaints.file(make_filing(complaint, state=state))
        ids[state] = complaint.id
    ended = {
        State.CLOSED, State.FOLLOWED_UP, State.RATED, State.REFUSED, State.WITHDRAWN, State.MERGED
    }  # fmt: skip
    assert set(await house.data.list_ended(YEAR_LATER)) == {ids[state] for state in ended}
    assert await house.data.list_ended(NOON) == ()
    await house.data.erase_complaint((await house.complaints.get(ids[State.CLOSED])).complaint, YEAR_LATER)
    assert ids[State.CLOSED] not in await house.data.list_ended(YEAR_LATER)


async def test_drafts_messages_pictures_and_letters_go_when_their_time_is_up(house: House) -> None:
    later = NOON + timedelta(days=2)
    old, new = await house.talk(draft=make_draft()), await house.talk(later, make_draft())
    used = await house.send_picture()
    await house.complaints.file(make_filing(make_complaint(pictures=(used,))))
    await house.send_picture()
    await house.send_picture(later)
    for state, at in (("delivered", NOON), ("delivered", later), ("waiting", NOON)):
        await house.write_letter("c1", state, at)

    before = NOON + timedelta(days=1)
    purged = (
        await house.data.purge_drafts(before),
        await house.data.purge_messages(before),
        await house.data.purge_pictures(before),
        await house.data.purge_letters(before),
    )

    assert purged == (1, 2, 1, 1)
    assert await house.read(old) == ["（已按保存期限删除）"] * 2
    assert await house.read(new) == ["我的经过", "不用"]
    assert (await house.count(DRAFTS), await house.count(PICTURES)) == (1, 2)
    assert [bool(body) for body in await house.list_bodies()] == [False, True, True]
    assert await house.data.purge_messages(before) == 0


async def test_own_conversations_are_listed_and_nobody_elses(house: House) -> None:
    ids = [await house.talk(), await house.talk(NOON + timedelta(minutes=1))]
    assert list(await house.data.list_conversations("xiaowang", limit=9)) == ids[::-1]
    assert await house.data.list_conversations("somebody", limit=9) == ()
