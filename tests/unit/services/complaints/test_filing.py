"""Taking a complaint: what is stored, what 12345 is told, and what happens where somebody was there before."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.dialogue.errands import Duplicate, Filed, FollowAct
from bot.domain.complaint import Channel, Contact, Protection, Subject
from bot.domain.errors import InvalidInputError
from bot.domain.numbers import read_number
from bot.domain.picture import Picture
from bot.domain.work_order import Move, State
from bot.services.complaints.filing import Origin
from bot.services.complaints.following import Wish
from tests.builders import NOON, make_viewer
from tests.complaint_builders import NAME, PHONE, STORY, make_draft, make_subject
from tests.unit.services.complaints.conftest import OPERATOR, SUPERVISOR, XIAOWANG, Office

NEIGHBOUR = make_viewer("neighbour")


async def test_a_complaint_gets_a_number_its_evidence_and_a_term(office: Office) -> None:
    filed = await office.tell()
    assert isinstance(filed, Filed)
    assert read_number(filed.number) == filed.number
    case = await office.find(filed.number)
    evidence = case.complaint.evidence
    assert (evidence.items, evidence.lawful, evidence.version) == ((5,), False, "testversion1")
    assert evidence.entries == (("c1", "c1 | 公租房申请 | 无房证明 | 共享 | 规定第九条"),)
    assert case.order.state is State.RECORDED
    # Sunday noon; one working day to accept.
    assert case.order.due_at == NOON.replace(day=23, hour=17)
    assert "依据：桃源市规定1天" in filed.due_rule
    assert (filed.due_at, filed.due_rule) == (case.order.due_at, case.order.due_rule)


async def test_the_catalogue_is_asked_for_the_day_on_which_it_happened(office: Office) -> None:
    city = office.services.filing._knowledge.current.catalogue
    in_force = date(2026, 11, 20)
    entry = replace(city.entries["c1"], effective_from=in_force)
    city.entries["c1"] = city.by_pair["rent", "nohouse"] = entry

    before = await office.file(subject=make_subject(happened_on=date(2026, 11, 19)))
    after = await office.file(subject=make_subject(happened_on=in_force))

    assert (before.complaint.evidence.lawful, before.complaint.evidence.items) == (True, ())
    assert (after.complaint.evidence.lawful, after.complaint.evidence.items) == (False, (5,))


async def test_the_letter_to_12345_holds_what_it_needs(office: Office) -> None:
    case = await office.file()
    [(topic, key, body)] = await office.list_letters(case)
    assert (topic, key) == ("hotline.file", case.complaint.id)
    expected = {
        "number": case.complaint.number,
        "title": "住房局：办公租房申请要无房证明",
        "description": STORY,
        "name": NAME,
        "phone": PHONE,
        "wants_callback": True,
        "hide_from_unit": True,
        "unit_id": "housing",
        "unit_name": "住房局",
        "matter_name": "公租房申请",
        "certificate_names": ["无房证明"],
        "issuer_names": ["登记中心"],
        "happened_on": "2026-11-18",
        "article20_items": [5],
        "lawful": False,
        "version": "testversion1",
    }
    assert expected.items() <= body.items()


@pytest.mark.parametrize(
    ("protection", "name", "phone", "hides"),
    [
        (Protection.ANONYMOUS, "", "", True),
        (Protection.HIDDEN, NAME, PHONE, True),
        (Protection.OPEN, NAME, PHONE, False),
    ],
)
async def test_a_name_goes_out_only_as_its_owner_allows(
    office: Office, protection: Protection, name: str, phone: str, hides: bool
) -> None:
    case = await office.file(protection=protection)
    [(_topic, _key, body)] = await office.list_letters(case)
    assert (body["name"], body["phone"], body["hide_from_unit"]) == (name, phone, hides)
    assert (case.complaint.contact.name, case.complaint.contact.phone) == (name, phone)


async def test_numbers_inside_a_story_are_masked_before_it_goes_out(office: Office) -> None:
    case = await office.file(story=f"我是{NAME}，电话{PHONE}，非要无房证明", protection=Protection.ANONYMOUS)
    [(_topic, _key, body)] = await office.list_letters(case)
    assert PHONE not in body["description"]


async def test_a_name_inside_a_story_does_not_slip_out_with_it(office: Office) -> None:
    case = await office.file(story=f"我叫{NAME}，固定电话87654321", contact=Contact(name=NAME, phone="87654321"))
    await office.services.following.act(case, Wish(act=FollowAct.ADD, text=f"{NAME}再说一句"))
    words = str([body.get("description", body.get("text")) for _, _, body in await office.list_letters(case)])
    assert NAME not in words
    assert "87654321" not in words


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"story": "  \n"}, "story"),
        ({"subject": Subject()}, "unit"),
        ({"contact": Contact(name=NAME)}, "phone"),
    ],
)
async def test_what_is_not_enough_is_refused(office: Office, given: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidInputError) as raised:
        await office.tell(**given)
    assert list(raised.value.fields) == [field]


async def test_a_unit_in_the_citizens_own_words_is_enough(office: Office) -> None:
    case = await office.file(subject=Subject(unit_told="村口那个办事处", certificate_told="健在证明"))
    [(_topic, _key, body)] = await office.list_letters(case)
    assert body["title"] == "村口那个办事处：要健在证明"


async def test_the_same_thing_within_thirty_days_is_offered_for_joining(office: Office) -> None:
    first = await office.file()
    office.clock.move(days=29)
    assert await office.tell(NEIGHBOUR) == Duplicate(number=first.complaint.number, filed_at=NOON, is_own=False)
    own = await office.tell(XIAOWANG)
    assert isinstance(own, Duplicate)
    assert own.is_own
    office.clock.move(days=2)
    assert isinstance(await office.tell(NEIGHBOUR), Filed)


async def test_who_joins_keeps_an_own_number_and_both_letters_go_out_in_order(office: Office) -> None:
    first = await office.file()
    filed = await office.tell(NEIGHBOUR, joins=first.complaint.number)
    assert isinstance(filed, Filed)
    assert filed.joined == first.complaint.number
    case = await office.find(filed.number)
    assert (case.order.state, case.order.merged_into, case.order.due_at) == (State.MERGED, first.complaint.id, None)
    letters = await office.list_letters(case)
    assert [topic for topic, _key, _body in letters] == ["hotline.file", "hotline.update"]
    assert letters[1][2]["merged_into"] == first.complaint.number


async def test_joining_what_is_closed_or_about_another_unit_files_an_own_complaint(office: Office) -> None:
    closed = await office.close(await office.file())
    other = await office.file(subject=make_subject(unit_id=None, unit_told="别的局"))
    for joins in (closed.complaint.number, other.complaint.number, "TS26-0000-0000-0000"):
        filed = await office.tell(NEIGHBOUR, joins=joins)
        assert isinstance(filed, Filed)
        assert filed.joined is None
        assert (await office.find(filed.number)).order.state is State.RECORDED


async def test_joining_what_has_itself_joined_leads_to_the_first(office: Office) -> None:
    first, second = await office.file(), await office.file()
    await office.move(second, Move.MERGE, SUPERVISOR, target_id=first.complaint.id)
    filed = await office.tell(NEIGHBOUR, joins=second.complaint.number)
    assert isinstance(filed, Filed)
    assert filed.joined == first.complaint.number


async def test_a_complaint_of_an_operator_names_who_filed_it(office: Office) -> None:
    origin = Origin(channel=Channel.DESK, at=NOON, filed_by="op")
    filing = await office.services.filing.file(make_draft(), origin)
    case = await office.find(filing.complaint.number)
    assert (case.complaint.filed_by, case.complaint.owner_id) == ("op", "")
    assert (await office.complaints.list_events(case.complaint.id))[0].actor == OPERATOR


async def test_only_ones_own_pictures_are_attached_and_three_at_most(office: Office) -> None:
    for number in range(4):
        await office.pictures.add(_picture(f"p{number}", "xiaowang"))
    await office.pictures.add(_picture("foreign", "neighbour"))
    case = await office.file(pictures=("foreign", "gone", "p0", "p0", "p1", "p2", "p3"))
    assert case.complaint.pictures == ("p0", "p1", "p2")


async def test_numbers_differ_and_do_not_follow_each_other(office: Office) -> None:
    numbers = [(await office.file()).complaint.number for _ in range(20)]
    assert len(set(numbers)) == 20
    assert numbers != sorted(numbers)


def _picture(id_: str, owner: str) -> Picture:
    return Picture(id=id_, owner_id=owner, media_type="image/jpeg", content=b"picture", at=NOON)
