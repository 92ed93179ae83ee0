"""Who is connected hears what others did about the own complaint, once."""

from collections.abc import Collection

import pytest

from bot.dialogue.errands import FollowAct
from bot.domain.complaint import Protection
from bot.domain.work_order import Move
from bot.services.complaints.announcing import Announcer, Notice
from bot.services.knowledge import LiveKnowledge
from tests.scripted import script_knowledge
from tests.unit.services.complaints.conftest import OPERATOR, Office, make_city

Told = list[tuple[str, str]]


@pytest.fixture
def told() -> Told:
    return []


async def _announcer(office: Office, told: Told, listeners: Collection[str] = ("xiaowang",)) -> Announcer:
    async def tell(owner: str, notice: Notice) -> None:
        told.append((owner, notice.text))

    return Announcer(
        complaints=office.complaints,
        knowledge=await LiveKnowledge.open(lambda: script_knowledge(make_city())),
        clock=office.clock,
        list_listeners=lambda: listeners,
        tell=tell,
    )


async def test_what_others_do_is_told_once_and_in_order(office: Office, told: Told) -> None:
    announcer = await _announcer(office, told)
    case = await office.file()
    await office.dispatch(case)
    for _ in range(2):
        await announcer.look_round()
    assert told == [("xiaowang", "已受理"), ("xiaowang", "已派给住房局办理")]


async def test_what_happened_long_before_is_not_told(office: Office, told: Told) -> None:
    await office.dispatch(await office.file())
    office.clock.move(hours=1)
    announcer = await _announcer(office, told)
    await announcer.look_round()
    assert told == []


async def test_ones_own_acts_and_internal_notes_are_not_told(office: Office, told: Told) -> None:
    announcer = await _announcer(office, told)
    case = await office.file()
    await office.follow(FollowAct.URGE)
    await office.move(case, Move.NOTE, OPERATOR, text="内部")
    await announcer.look_round()
    assert told == []


async def test_who_wants_to_stay_unknown_is_told_nothing(office: Office, told: Told) -> None:
    announcer = await _announcer(office, told)
    await office.dispatch(await office.file(protection=Protection.ANONYMOUS))
    await announcer.look_round()
    assert told == []


async def test_who_is_not_connected_is_told_nothing(office: Office, told: Told) -> None:
    announcer = await _announcer(office, told, ("somebody",))
    await office.dispatch(await office.file())
    await announcer.look_round()
    assert told == []
