"""What the catalogue says of a complaint, by the same reading as the chat."""

from dataclasses import replace
from datetime import date
from typing import Final

import pytest

from bot.domain.complaint import Draft, Evidence, Subject
from bot.services.complaints.judging import judge_draft
from bot.services.complaints.reading import read_caller
from tests.real import load_real_knowledge

TODAY: Final = date(2026, 7, 21)
ALLOWANCE: Final = "昨天在高桥镇办低保，窗口非要我开收入证明，电话13900001234"


def judge(story: str) -> Evidence:
    return read_caller(load_real_knowledge(), story, TODAY).evidence


def test_what_a_caller_tells_fills_the_draft() -> None:
    draft = read_caller(load_real_knowledge(), ALLOWANCE, TODAY).draft
    subject = draft.subject
    assert (subject.unit_id, subject.matter_id, subject.certificate_ids) == ("t-gaoqiao", "mz-dibao", ("income",))
    assert subject.happened_on == date(2026, 7, 20)
    assert draft.contact.phone == "13900001234"
    assert "13900001234" not in draft.story


def test_a_breach_is_told_with_what_the_catalogue_says_and_its_article() -> None:
    evidence = judge(ALLOWANCE)
    assert (evidence.lawful, evidence.items) == (False, (5,))
    for words in ("最低生活保障认定", "不用交收入证明", "第二十条第五项"):
        assert words in evidence.explanation
    assert any("最低生活保障认定" in line for _id, line in evidence.entries)
    assert evidence.version == load_real_knowledge().version


def test_nobody_who_works_on_a_complaint_is_invited_to_complain() -> None:
    for story in (ALLOWANCE, "昨天去领结婚证，窗口要我的户口本", "态度很差"):
        explanation = judge(story).explanation
        assert explanation.endswith("。")
        assert "投诉" not in explanation
        assert "您" not in explanation


def test_a_lawful_demand_is_told_with_its_reason() -> None:
    evidence = judge("昨天去办普通护照，窗口要我交身份证")
    assert evidence.lawful is True
    assert evidence.explanation.startswith("这次窗口要居民身份证，是有依据的。")


def test_what_words_alone_tell_counts_without_a_certificate() -> None:
    assert 8 in judge("高桥镇的窗口把我家的病历发到微信群里了，泄露了我的个人信息").items


def test_too_little_is_said_to_be_too_little() -> None:
    evidence = judge("他们态度不好")
    assert (evidence.lawful, evidence.items) == (None, ())
    assert evidence.explanation == "凭现有情况，还判断不了合不合规定。"


def test_slots_that_were_set_by_hand_count_more_than_the_story() -> None:
    knowledge = load_real_knowledge()
    draft = read_caller(knowledge, ALLOWANCE, TODAY).draft
    mended = replace(draft, subject=replace(draft.subject, matter_id="zjj-rent", certificate_ids=("marry",)))
    assert "结婚证" in judge_draft(knowledge, mended, TODAY).explanation


@pytest.mark.parametrize("story", ["凭什么还要收入证明？", "办低保要收入证明吗？"])
def test_who_files_complains_of_a_demand_even_in_words_that_ask(story: str) -> None:
    subject = Subject(unit_id="t-gaoqiao", matter_id="mz-dibao", certificate_ids=("income",))
    assert judge_draft(load_real_knowledge(), Draft(story=story, subject=subject), TODAY).items == (5,)


def test_ids_that_the_catalogue_no_longer_holds_are_left_out() -> None:
    subject = Subject(unit_id="gone", matter_id="gone", certificate_ids=("gone",))
    assert judge_draft(load_real_knowledge(), Draft(story="窗口多要了", subject=subject), TODAY).entries == ()
