"""The citizen hears in the conversation that a verification has ended."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.identifiers import new_id
from bot.domain.verification import VerificationState
from bot.services.clock import SystemClock
from bot.services.knowledge import LiveKnowledge
from bot.services.verification_notices import VerificationNotices
from bot.storage.conversations import SqlConversations, open_conversations
from bot.storage.database import open_database
from bot.storage.migrate import upgrade_database
from tests.builders import CIPHER, make_answer, make_question
from tests.city import make_city
from tests.license_builders import make_verification
from tests.scripted import script_knowledge

ENDED = replace(
    make_verification(),
    owner_id="xiaowang",
    certificate_id="kin",
    issuing_unit_id="police",
    state=VerificationState.ANSWERED,
)


@pytest.fixture
async def conversations(tmp_path: Path) -> AsyncIterator[SqlConversations]:
    engine = open_database(f"sqlite:///{tmp_path / 'test.db'}")
    await upgrade_database(engine)
    async with open_conversations(engine, CIPHER) as conversations:
        yield conversations
    await engine.dispose()


@pytest.fixture
async def notices(conversations: SqlConversations) -> VerificationNotices:
    knowledge = await LiveKnowledge.open(lambda: script_knowledge(make_city()))
    return VerificationNotices(conversations=conversations, knowledge=knowledge, clock=SystemClock())


async def _talk(conversations: SqlConversations, owner: str) -> str:
    id_ = new_id()
    await conversations.append_turn(owner, make_question(id_), make_answer(id_), opens=True)
    return id_


async def test_the_end_stands_in_the_conversation(
    conversations: SqlConversations, notices: VerificationNotices
) -> None:
    mine, others = await _talk(conversations, "xiaowang"), await _talk(conversations, "xiaoli")
    await notices.tell_end(ENDED)
    last = (await conversations.list_messages(mine, limit=1))[-1]
    for word in (ENDED.number, "亲属关系证明", "桃源市公安局", ENDED.state.label):
        assert word in last.text
    assert len(await conversations.list_messages(others, limit=9)) == 2


async def test_told_twice_it_stands_there_once(conversations: SqlConversations, notices: VerificationNotices) -> None:
    mine = await _talk(conversations, "xiaowang")
    await notices.tell_end(ENDED)
    await notices.tell_end(ENDED)
    assert len(await conversations.list_messages(mine, limit=9)) == 3


async def test_who_never_talked_or_is_not_known_is_told_nothing(notices: VerificationNotices) -> None:
    await notices.tell_end(ENDED)
    await notices.tell_end(replace(ENDED, owner_id=""))
