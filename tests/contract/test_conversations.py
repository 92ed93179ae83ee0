"""What every store of conversations must do; run over SQLite and PostgreSQL."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy import update

from bot.domain.conversation import Choice, Material, MaterialGroup, Part
from bot.domain.errors import ConflictError, NotFoundError
from bot.domain.identifiers import new_id
from bot.ports import ConversationStore
from bot.storage.conversations import open_conversations
from bot.storage.database import open_database
from bot.storage.migrate import upgrade_database
from bot.storage.tables import MESSAGES
from tests.builders import CIPHER, NOON, make_answer, make_question, make_reply


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[ConversationStore]:
    engine = open_database(database_url)
    await upgrade_database(engine)
    async with open_conversations(engine, CIPHER) as conversations:
        yield conversations
    await engine.dispose()


@pytest.fixture
async def reopened(store: ConversationStore, database_url: str) -> AsyncIterator[ConversationStore]:
    """The same database as another process sees it."""
    engine = open_database(database_url)
    async with open_conversations(engine, CIPHER) as conversations:
        yield conversations
    await engine.dispose()


async def _open(store: ConversationStore, owner: str = "xiaowang", client_message_id: str | None = None) -> str:
    id_ = new_id()
    question = make_question(id_, client_message_id=client_message_id)
    await store.append_turn(owner, question, make_answer(id_), opens=True)
    return id_


async def test_a_stored_turn_is_read_again_as_it_was(store: ConversationStore, reopened: ConversationStore) -> None:
    id_ = new_id()
    parts = (
        Part(type="verdict", text="不用", verdict="not_needed", basis=("规定第九条",), entries=("c1",), is_sample=True),
        Part(type="choices", text="选一个", choices=(Choice(label="公租房", value="matter:rent"),)),
        Part(type="materials", groups=(MaterialGroup(title="不用带", verdict="not_needed", items=(_material(),)),)),
    )
    question = make_question(id_, "办公租房要无房证明吗 😀\n第二行")
    answer = make_answer(id_, reply=make_reply(*parts))

    await store.append_turn("xiaowang", question, answer, opens=True)

    assert tuple(await reopened.list_messages(id_, limit=10)) == (question, answer)


async def test_the_owner_is_known_to_this_and_to_other_processes(
    store: ConversationStore, reopened: ConversationStore
) -> None:
    id_ = await _open(store, "xiaowang")
    assert await store.get_owner(id_) == "xiaowang"
    assert await reopened.get_owner(id_) == "xiaowang"
    with pytest.raises(NotFoundError):
        await reopened.get_owner("nothing")


async def test_the_latest_messages_come_in_the_order_they_were_said(store: ConversationStore) -> None:
    id_ = new_id()
    for number in range(5):
        at = NOON + timedelta(seconds=number)
        question = make_question(id_, f"问{number}", at=at)
        answer = make_answer(id_, f"答{number}", at=at + timedelta(milliseconds=1))
        await store.append_turn("xiaowang", question, answer, opens=number == 0)

    latest = [message.text for message in await store.list_messages(id_, limit=3)]
    earlier = [message.text for message in await store.list_messages(id_, limit=3, before=NOON + timedelta(seconds=2))]

    assert latest == ["答3", "问4", "答4"]
    assert earlier == ["答0", "问1", "答1"]


async def test_messages_of_one_instant_keep_their_order(store: ConversationStore) -> None:
    id_ = new_id()
    question, answer = make_question(id_, at=NOON), make_answer(id_, at=NOON)
    await store.append_turn("xiaowang", question, answer, opens=True)
    assert [message.id for message in await store.list_messages(id_, limit=9)] == [question.id, answer.id]


async def test_conversations_do_not_mix(store: ConversationStore) -> None:
    one, other = await _open(store), await _open(store)
    assert {message.conversation_id for message in await store.list_messages(one, limit=9)} == {one}
    assert {message.conversation_id for message in await store.list_messages(other, limit=9)} == {other}


async def test_a_client_message_is_found_with_the_answer_it_got(store: ConversationStore) -> None:
    id_ = await _open(store, "xiaowang")
    question = make_question(id_, client_message_id="m-1", at=NOON + timedelta(seconds=1))
    answer = make_answer(id_, "这是第二个回答", at=NOON + timedelta(seconds=1))
    await store.append_turn("xiaowang", question, answer, opens=False)

    assert await store.find_answer("xiaowang", "m-1") == answer
    assert await store.find_answer("xiaowang", "m-2") is None
    assert await store.find_answer("somebody", "m-1") is None


async def test_a_client_message_is_stored_once(store: ConversationStore, reopened: ConversationStore) -> None:
    id_ = await _open(store, "xiaowang", "m-1")

    for again in (store, reopened):
        repeated = make_question(id_, "再来", client_message_id="m-1")
        with pytest.raises(ConflictError):
            await again.append_turn("xiaowang", repeated, make_answer(id_), opens=False)

    assert len(await store.list_messages(id_, limit=9)) == 2
    await _open(store, "somebody", "m-1")


async def test_a_refused_first_turn_leaves_no_conversation(store: ConversationStore) -> None:
    await _open(store, "xiaowang", "m-1")
    id_ = new_id()
    repeated = make_question(id_, client_message_id="m-1")
    with pytest.raises(ConflictError):
        await store.append_turn("xiaowang", repeated, make_answer(id_), opens=True)
    with pytest.raises(NotFoundError):
        await store.get_owner(id_)


async def test_a_turn_of_a_conversation_that_is_gone_is_refused(store: ConversationStore) -> None:
    with pytest.raises(ConflictError):
        await store.append_turn("xiaowang", make_question("gone"), make_answer("gone"), opens=False)


async def test_one_bad_turn_among_many_at_once_does_not_harm_the_others(store: ConversationStore) -> None:
    await _open(store, "xiaowang", "taken")
    names = [f"m-{number}" for number in range(60)] + ["taken"] * 3 + [f"n-{number}" for number in range(60)]

    outcomes = await asyncio.gather(*(_open(store, "xiaowang", name) for name in names), return_exceptions=True)

    assert [name for name, outcome in zip(names, outcomes, strict=True) if isinstance(outcome, ConflictError)] == [
        "taken"
    ] * 3
    assert all([await store.find_answer("xiaowang", name) for name in set(names)])


async def test_the_same_message_many_times_at_once_is_stored_once(store: ConversationStore) -> None:
    outcomes = await asyncio.gather(*(_open(store, "xiaowang", "m-1") for _ in range(20)), return_exceptions=True)
    stored = [outcome for outcome in outcomes if isinstance(outcome, str)]
    assert len(stored) == 1
    answer = await store.find_answer("xiaowang", "m-1")
    assert answer is not None
    assert answer.conversation_id == stored[0]


async def test_a_reply_that_another_version_wrote_still_has_its_text(
    store: ConversationStore, database_url: str
) -> None:
    id_ = await _open(store)
    engine = open_database(database_url)
    async with engine.begin() as connection:
        await connection.execute(update(MESSAGES).values(reply='{"from": "the future"}'))
    await engine.dispose()
    answer = (await store.list_messages(id_, limit=1))[0]
    assert (answer.text, answer.reply) == ("不用", None)


def _material() -> Material:
    return Material(
        certificate="nohouse", name="无房证明", verdict="not_needed", measure="共享", action="不用开", entry="c1"
    )
