"""What one message does to the draft, by what the engine understands of it."""

from typing import Any

import pytest

from bot.dialogue.complaint_reading import ComplaintReader
from bot.domain.complaint import Draft, Field, Subject
from intents.understanding import Intent
from tests.city import TODAY, make_city
from tests.complaint_builders import make_draft, make_subject
from tests.unit.dialogue.talking import ScriptedEngine, make_understanding

STORY = "窗口非要我交证明，没有就不给办"


def read(draft: Draft, text: str, asked: str | None = None, **understood: Any) -> Draft:
    engine = ScriptedEngine()
    engine.understanding = make_understanding(Intent.COMPLAINT_FILE, **understood)
    return ComplaintReader(make_city(), engine).read(draft, text, asked, TODAY)[0]


def test_a_long_message_fills_what_it_tells_and_becomes_the_story() -> None:
    draft = read(Draft(), f"昨天办公租房，{STORY}", None, matter="rent", certificates=("nohouse",))
    subject = draft.subject
    assert (subject.unit_id, subject.matter_id, subject.certificate_ids) == ("housing", "rent", ("nohouse",))
    assert draft.story == f"昨天办公租房，{STORY}"


def test_a_bare_name_before_any_story_is_none() -> None:
    draft = read(Draft(), "投诉住房局", None, units=("housing",))
    assert (draft.subject.unit_id, draft.story) == ("housing", "")


def test_a_short_answer_is_no_part_of_a_story_that_was_told() -> None:
    draft = read(Draft(story=STORY), "公租房", Field.MATTER, matter="rent")
    assert (draft.subject.matter_id, draft.story) == ("rent", STORY)


def test_papers_without_a_demand_are_not_taken_for_what_was_demanded() -> None:
    draft = read(Draft(story=STORY), "我是来办居住证的", Field.MATTER, matter="rent", certificates=("id",))
    assert draft.subject.certificate_ids == ()


def test_what_the_catalogue_does_not_know_is_kept_in_the_citizens_words() -> None:
    assert read(Draft(story=STORY), "楼下那个窗口", Field.UNIT).subject.unit_told == "楼下那个窗口"
    assert read(Draft(story=STORY), "粮票", Field.CERTIFICATE).subject.certificate_told == "粮票"


def test_a_day_alone_is_no_name_of_anything() -> None:
    subject = read(Draft(story=STORY), "昨天", Field.CERTIFICATE).subject
    assert (subject.certificate_told, str(subject.happened_on)) == ("", "2026-11-21")


def test_a_unit_that_followed_from_the_matter_goes_with_it() -> None:
    before = Draft(story=STORY, subject=Subject(matter_id="rent", unit_id="housing"))
    after = read(before, "不对，是护照", "confirm", matter="passport").subject
    assert (after.matter_id, after.unit_id) == ("passport", "police")


def test_a_unit_that_was_told_stays_when_the_matter_is_mended() -> None:
    before = Draft(story=STORY, subject=Subject(matter_id="rent", unit_id="bank"))
    assert read(before, "不对，是护照", "confirm", matter="passport").subject.unit_id == "bank"


@pytest.mark.parametrize(("text", "unit"), [("不是住房局，是公安局", "police"), ("单位是公安局", "police")])
def test_at_the_summary_what_is_said_replaces_what_stands(text: str, unit: str) -> None:
    before = make_draft(subject=make_subject())
    assert read(before, text, "confirm", units=("police",)).subject.unit_id == unit


def test_a_bad_number_changes_nothing() -> None:
    assert read(Draft(story=STORY), "1390000123", Field.PHONE) == Draft(story=STORY)


def test_where_no_paper_was_demanded_none_is_asked_for() -> None:
    draft = read(Draft(), "不是要证明，是窗口骂人，态度太差了", Field.STORY)
    assert Field.CERTIFICATE in draft.skipped
