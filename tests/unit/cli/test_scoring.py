"""Scores, by the rules of the evaluation."""

from typing import Any

import pytest

from cli.scoring import Judged, count_right, expect_error, group_by, judge, list_bins, list_mistakes


def make_label(**given: Any) -> dict[str, Any]:
    default: dict[str, Any] = {
        "id": "q",
        "text": "要吗",
        "intent": "certificate_needed",
        "matters": ["rent"],
        "certificates": ["id"],
        "verdict": "not_needed",
        "tags": ["plain"],
    }
    return default | given


def make_prediction(**given: Any) -> dict[str, Any]:
    default: dict[str, Any] = {
        "intent": "certificate_needed",
        "matter": "rent",
        "certificate": "id",
        "certificates": ["id"],
        "verdict": "not_needed",
        "confidence": 0.9,
    }
    return default | given


def judge_one(label: dict[str, Any] | None = None, **prediction: Any) -> Judged:
    return judge(make_label(**label or {}), make_prediction(**prediction))


def test_all_right_is_whole() -> None:
    judged = judge_one()
    assert judged.whole
    assert not judged.dangerous
    assert not judged.wrong_answer


@pytest.mark.parametrize("meant", ["needed", "depends"])
def test_sparing_what_is_needed_is_dangerous(meant: str) -> None:
    assert judge_one({"verdict": meant}).dangerous
    assert not judge_one({"verdict": meant}, verdict="clarify").dangerous


def test_sparing_out_of_scope_is_dangerous() -> None:
    assert judge_one({"intent": "out_of_scope", "verdict": None, "matters": [], "certificates": []}).dangerous


def test_a_definite_verdict_about_something_else_is_a_wrong_answer() -> None:
    assert judge_one(matter="loan").wrong_answer
    assert not judge_one(matter="loan", verdict="clarify").wrong_answer


def test_no_slot_is_right_where_none_is_meant_or_one_must_ask_back() -> None:
    assert judge_one({"matters": []}, matter=None).checks["matter"]
    assert judge_one({"verdict": "clarify"}, matter=None, verdict="clarify").whole
    assert not judge_one(matter=None).checks["matter"]


def test_all_of_several_certificates_must_be_answered() -> None:
    label = {"certificates_all": ["id", "marry"]}
    assert not judge_one(label).checks["certificate"]
    assert judge_one(label, certificates=["marry", "id"]).checks["certificate"]


def test_slots_and_verdict_count_only_where_they_are_labelled() -> None:
    assert set(judge_one({"intent": "smalltalk", "verdict": None}).checks) == {"intent"}


def test_an_unanswered_question_is_wrong() -> None:
    judged = judge(make_label(), {"id": "q", "error": "……"})
    assert not judged.whole
    assert judged.confidence == 0.0


def test_counts_are_right_of_all() -> None:
    counts = count_right([judge_one(), judge_one({"intent": "human", "verdict": None}, intent="human", verdict=None)])
    assert counts["intent"] == (2, 2)
    assert counts["matter"] == (1, 1)
    assert counts["whole"] == (2, 2)
    assert counts["dangerous"] == (0, 2)
    assert count_right([]) == {}


def test_groups_count_intents_and_whole_answers_by_tag() -> None:
    judged = [judge_one(), judge_one({"tags": ["plain", "short"]}, matter="loan")]
    assert group_by(judged, "intent") == {"certificate_needed": (2, 2)}
    assert group_by(judged, "tags") == {"plain": (1, 2), "short": (0, 1)}


def test_the_worst_mistakes_come_first() -> None:
    mild = judge_one({"id": "mild"}, verdict="clarify", confidence=0.2)
    sure = judge_one({"id": "sure"}, verdict="clarify", confidence=0.8)
    wrong = judge_one({"id": "wrong"}, matter="loan")
    dangerous = judge_one({"id": "dangerous", "verdict": "needed"})
    mistakes = list_mistakes([judge_one(), mild, sure, wrong, dangerous])
    assert [item.label["id"] for item in mistakes] == ["dangerous", "wrong", "sure", "mild"]


def test_confidence_is_compared_with_the_share_of_right_answers() -> None:
    judged = [judge_one(confidence=0.95), judge_one(matter="loan", confidence=0.95), judge_one(confidence=1.0)]
    (only,) = list_bins(judged)
    assert (only.low, only.count) == (0.9, 3)
    assert only.right == pytest.approx(2 / 3)
    assert expect_error([only]) == pytest.approx(abs(2.9 / 3 - 2 / 3))
    assert expect_error([]) == 0.0
