"""What 12345 says: in order, out of order, twice, and when it fits nothing."""

import asyncio
import itertools
from datetime import timedelta
from typing import Any

import pytest

from bot.dialogue.errands import FollowAct
from bot.domain.complaint_case import ComplaintCase
from bot.domain.errors import NotFoundError
from bot.domain.hotline import HotlineNews, HotlineStatus
from bot.domain.work_order import Move, Outcome, State
from tests.builders import NOON
from tests.unit.services.complaints.conftest import HANDLER, OPERATOR, Office

STORY = (
    (HotlineStatus.ACCEPTED, "12345已受理"),
    (HotlineStatus.DISPATCHED, "已派到办理单位"),
    (HotlineStatus.HANDLING, "单位正在核查"),
    (HotlineStatus.ANSWERED, "已当面纠正"),
    (HotlineStatus.CLOSED, "已办结"),
)


def _news(case: ComplaintCase, status: HotlineStatus, minutes: int, text: str = "", **given: Any) -> HotlineNews:
    default: dict[str, Any] = {
        "id": f"{status}-{minutes}",
        "number": case.complaint.number,
        "status": status,
        "at": NOON + timedelta(minutes=minutes),
        "hotline_number": "NB123",
        "outcome": Outcome.SOLVED if status is HotlineStatus.ANSWERED else None,
        "text": text,
    }
    return HotlineNews(**default | given)


def _story(case: ComplaintCase) -> list[HotlineNews]:
    return [_news(case, status, minute, text) for minute, (status, text) in enumerate(STORY, 1)]


@pytest.fixture
async def case(office: Office) -> ComplaintCase:
    case = await office.file()
    office.clock.move(hours=1)
    return case


async def _hear(office: Office, *news: HotlineNews) -> None:
    for item in news:
        await office.services.hearing.hear(item)


async def test_news_in_order_moves_the_order_to_its_end(office: Office, case: ComplaintCase) -> None:
    await _hear(office, *_story(case))
    order = (await office.find(case.complaint.number)).order
    assert (order.state, order.outcome, order.hotline_number) == (State.CLOSED, Outcome.SOLVED, "NB123")
    assert order.unit_id == "housing"
    [view] = (await office.follow(FollowAct.LOOK)).found
    assert (view.is_accepted, view.hotline_number) == (True, "NB123")
    assert [line.text for line in view.timeline][1:] == [text for _status, text in STORY]
    # What 12345 says itself is not told to it.
    assert len(await office.list_letters(case)) == 1


async def test_news_in_any_order_ends_the_same_and_loses_no_word(office: Office) -> None:
    orders = list(itertools.permutations(range(5)))[::7]
    for places in orders:
        case = await office.file()
        office.clock.move(hours=1)
        story = [
            HotlineNews(
                id=f"{case.complaint.number}-{place}",
                number=case.complaint.number,
                status=STORY[place][0],
                at=case.complaint.filed_at + timedelta(minutes=place + 1),
                outcome=Outcome.SOLVED if STORY[place][0] is HotlineStatus.ANSWERED else None,
                text=STORY[place][1],
            )
            for place in places
        ]
        await _hear(office, *story, *story)
        order = (await office.find(case.complaint.number)).order
        assert (order.state, order.outcome) == (State.CLOSED, Outcome.SOLVED), places
        public = await office.list_texts(case, is_public=True)
        assert "已当面纠正" in public
        every = public + await office.list_texts(case, is_public=False)
        assert {text for _status, text in STORY} <= set(every)


async def test_repeated_news_changes_nothing_even_at_once(office: Office, case: ComplaintCase) -> None:
    news = _news(case, HotlineStatus.ACCEPTED, 1)
    await asyncio.gather(*(office.services.hearing.hear(news) for _ in range(5)))
    order = (await office.find(case.complaint.number)).order
    assert order.version == 2
    assert len(await office.complaints.list_events(case.complaint.id)) == 2


async def test_different_news_at_once_is_all_heard(office: Office, case: ComplaintCase) -> None:
    await asyncio.gather(*(office.services.hearing.hear(item) for item in _story(case)[:3]))
    order = (await office.find(case.complaint.number)).order
    assert order.state is State.HANDLING


async def test_a_closing_without_an_answer_does_not_claim_one(office: Office, case: ComplaintCase) -> None:
    await _hear(office, _news(case, HotlineStatus.CLOSED, 5, "已办结"))
    order = (await office.find(case.complaint.number)).order
    assert (order.state, order.outcome, order.hotline_number) == (State.RECORDED, None, "NB123")
    assert await office.list_texts(case, is_public=False) == ["已办结"]


async def test_news_from_before_a_reopening_does_not_close_it_again(office: Office, case: ComplaintCase) -> None:
    await _hear(office, *_story(case))
    await office.follow(FollowAct.REOPEN, text="又要了")
    await _hear(office, _news(case, HotlineStatus.ANSWERED, 6, "迟到的答复", id="late"))
    order = (await office.find(case.complaint.number)).order
    assert order.state is State.HANDLING
    assert "迟到的答复" in await office.list_texts(case, is_public=True)


async def test_an_unknown_unit_and_a_missing_outcome_do_not_lose_the_news(office: Office, case: ComplaintCase) -> None:
    await _hear(
        office,
        _news(case, HotlineStatus.DISPATCHED, 1, unit_id="nowhere"),
        _news(case, HotlineStatus.ANSWERED, 2, "", outcome=None),
    )
    order = (await office.find(case.complaint.number)).order
    assert (order.state, order.unit_id, order.outcome) == (State.ANSWERED, None, None)
    assert (await office.list_texts(case, is_public=True))[-1] == "12345没有写明"


async def test_an_extension_without_days_is_noted(office: Office, case: ComplaintCase) -> None:
    await _hear(office, _news(case, HotlineStatus.EXTENDED, 3, "要晚几天"))
    order = (await office.find(case.complaint.number)).order
    assert order.extension == 0
    assert await office.list_texts(case, is_public=False) == ["要晚几天"]


async def test_an_extension_moves_the_due_time(office: Office, case: ComplaintCase) -> None:
    before = (await office.dispatch(case)).order.due_at
    await _hear(office, _news(case, HotlineStatus.EXTENDED, 61, "要晚几天", days=2))
    after = (await office.find(case.complaint.number)).order.due_at
    assert before is not None
    assert after == before + timedelta(days=4)


async def test_what_insiders_did_meanwhile_stands(office: Office, case: ComplaintCase) -> None:
    await office.answer(case)
    await _hear(office, _news(case, HotlineStatus.ACCEPTED, 1, "12345已受理"))
    order = (await office.find(case.complaint.number)).order
    assert (order.state, order.hotline_number) == (State.ANSWERED, "NB123")


async def test_news_of_a_withdrawn_complaint_is_noted(office: Office, case: ComplaintCase) -> None:
    await office.follow(FollowAct.WITHDRAW)
    await _hear(office, _news(case, HotlineStatus.HANDLING, 61, "正在办"))
    assert (await office.find(case.complaint.number)).order.state is State.WITHDRAWN
    assert await office.list_texts(case, is_public=False) == ["正在办"]


async def test_news_of_an_unknown_number_is_refused(office: Office, case: ComplaintCase) -> None:
    with pytest.raises(NotFoundError):
        await _hear(office, _news(case, HotlineStatus.ACCEPTED, 1, number="TS26-4821-7730-5916"))


async def test_every_insiders_move_reaches_12345_but_notes_do_not(office: Office, case: ComplaintCase) -> None:
    await office.answer(case)
    await office.move(case, Move.NOTE, OPERATOR, text="内部")
    await office.move(case, Move.NOTE, HANDLER, text="内部")
    letters = await office.list_letters(case)
    assert [body["move"] for _topic, key, body in letters if ":" in key] == ["accept", "dispatch", "start", "answer"]
    assert [key for _topic, key, _body in letters] == [case.complaint.id] + [
        f"{case.complaint.id}:{n}" for n in (2, 3, 4, 5)
    ]
