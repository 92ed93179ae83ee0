"""What is asked for next, and what a draft takes in."""

from dataclasses import replace
from datetime import date

import pytest

from bot.dialogue.complaint_form import (
    add_contact,
    add_story,
    fill_subject,
    find_next,
    is_filled,
    make_anonymous,
    mark_asked,
    skip_field,
)
from bot.dialogue.complaint_told import Told
from bot.domain.complaint import Contact, Draft, Field, Protection, Subject
from tests.complaint_builders import make_draft, make_subject

PHONE = "13900001234"


def test_a_full_draft_asks_for_nothing() -> None:
    assert find_next(make_draft()) is None


def test_an_empty_draft_is_asked_for_in_order_until_only_what_is_needed_is_left() -> None:
    draft, asked = Draft(), []
    for _ in range(8):
        field = find_next(draft)
        assert field is not None
        asked.append(field)
        draft = mark_asked(draft, field)
        if field is Field.STORY:
            draft = add_story(draft, "窗口不给办")
        if field is Field.UNIT:
            draft = fill_subject(draft, Subject(unit_id="housing"), overrides=False)
        if field is Field.PHONE:
            break
    assert asked == [Field.STORY, Field.UNIT, Field.MATTER, Field.CERTIFICATE, Field.DATE, Field.PHONE]
    assert find_next(draft) is Field.PHONE
    assert find_next(make_anonymous(draft)) is None


@pytest.mark.parametrize("field", [Field.STORY, Field.UNIT])
def test_what_is_needed_cannot_be_skipped(field: Field) -> None:
    assert skip_field(Draft(), field) == Draft()


def test_skipping_the_telephone_number_makes_it_anonymous() -> None:
    draft = skip_field(make_draft(contact=Contact()), Field.PHONE)
    assert draft.protection is Protection.ANONYMOUS
    assert is_filled(draft, Field.PHONE)


def test_who_becomes_anonymous_is_forgotten() -> None:
    draft = add_contact(make_draft(), Told(protection=Protection.ANONYMOUS))
    assert draft.contact == Contact(wants_callback=False)


def test_a_number_told_later_ends_anonymity() -> None:
    draft = add_contact(make_anonymous(make_draft()), Told(phone=PHONE))
    assert (draft.protection, draft.contact.phone) == (Protection.HIDDEN, PHONE)


def test_an_open_complaint_stays_open_when_the_number_is_mended() -> None:
    draft = add_contact(make_draft(protection=Protection.OPEN), Told(phone="13900005678"))
    assert (draft.protection, draft.contact.phone) == (Protection.OPEN, "13900005678")


def test_the_same_words_are_kept_once_and_numbers_masked() -> None:
    draft = add_story(add_story(Draft(), "窗口不给办"), "窗口不给办")
    assert draft.story == "窗口不给办"
    assert "330203195001011234" not in add_story(draft, "身份证330203195001011234").story


def test_a_story_has_an_end() -> None:
    assert len(add_story(Draft(), "长" * 9_000).story) == 4_000


def test_gaps_are_filled_and_what_stands_is_left() -> None:
    told = Subject(unit_id="police", matter_id="passport", place="一楼")
    filled = fill_subject(make_draft(subject=make_subject(matter_id=None, place="")), told, overrides=False).subject
    assert (filled.unit_id, filled.matter_id, filled.place) == ("housing", "passport", "一楼")


def test_a_correction_replaces_whole_slots_only() -> None:
    before = make_draft()
    told = Subject(unit_told="荣安物业公司", happened_on=date(2026, 11, 20))
    after = fill_subject(before, told, overrides=True).subject
    assert after == replace(
        before.subject, unit_id=None, unit_told="荣安物业公司", happened_on=date(2026, 11, 20), time_told=""
    )
