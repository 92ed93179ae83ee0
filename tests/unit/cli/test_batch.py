"""Questions as JSON lines."""

import json
from datetime import date
from io import BytesIO
from typing import Any

import pytest

from cli.batch import BatchAnswerer, answer_lines
from intents.understanding import Candidate, Intent, Mention, Trace
from tests.city import TODAY
from tests.unit.dialogue.talking import Talk, make_understanding

FIELDS = [
    "id",
    "intent",
    "matter",
    "certificate",
    "certificates",
    "verdict",
    "measure",
    "confidence",
    "entries",
    "asks",
    "reply",
]


TRACE = Trace(
    normalised="报户口要结婚证吗",
    segments=("报户口/事项", "结婚证/证明"),
    mentions=(Mention(kind="certificate", id="marry", start=4, end=7, text="结婚证"),),
    scores={"intent": (Candidate(id="certificate_needed", score=0.9),), "faq": ()},
    decided_by=("model:intent",),
    thresholds={"answer_at": 0.6},
)


def answer(*lines: object, today: date = TODAY, traces: bool = False) -> tuple[list[dict[str, Any]], bool]:
    """Answers of a dialogue that hears of the marriage certificate for a birth in every text."""
    talk = Talk()
    talk.engine.understanding = make_understanding(
        Intent.CERTIFICATE_NEEDED, matter="birth", certificates=("marry",), explain=lambda: TRACE
    )
    source = BytesIO(b"\n".join(line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines))
    target = BytesIO()
    is_good = answer_lines(source, target, BatchAnswerer(talk.dialogue, today, talk.engine if traces else None))
    return [json.loads(line) for line in target.getvalue().splitlines()], is_good


def test_an_answer_has_the_fields_of_the_contract() -> None:
    (got,), is_good = answer({"id": "q1", "text": "报户口要结婚证吗"})
    assert is_good
    assert list(got) == FIELDS
    assert (got["id"], got["intent"], got["verdict"], got["measure"]) == (
        "q1",
        "certificate_needed",
        "not_needed",
        "共享",
    )
    assert (got["certificates"], got["entries"], got["asks"]) == (["marry"], ["birth-marry"], None)
    assert got["reply"].startswith("结婚证：不用带")


def test_turns_are_answered_as_one_conversation() -> None:
    (got,), _ = answer({"id": 7, "turns": ["报户口要结婚证吗", "第二句"]})
    assert got["id"] == 7
    assert [turn["verdict"] for turn in got["turns"]] == ["not_needed", "not_needed"]
    assert all(list(turn) == FIELDS for turn in got["turns"])


def test_a_trace_comes_with_each_answer_where_it_is_wanted() -> None:
    lines = {"id": "q1", "text": "报户口要结婚证吗"}, {"id": "q2", "turns": ["报户口要结婚证吗", "第二句"]}
    answers, _ = answer(*lines, traces=True)
    told = [answers[0], *answers[1]["turns"]]
    assert all(list(got) == [*FIELDS, "trace"] for got in told)
    assert told[0]["trace"] == {
        "normalised": "报户口要结婚证吗",
        "segments": ["报户口/事项", "结婚证/证明"],
        "mentions": [{"kind": "certificate", "id": "marry", "start": 4, "end": 7, "text": "结婚证"}],
        "scores": {"intent": [{"id": "certificate_needed", "score": 0.9}], "faq": []},
        "decided_by": ["model:intent"],
        "thresholds": {"answer_at": 0.6},
    }
    plain, _ = answer(*lines)
    for got in told:
        del got["trace"]
    assert answers == plain


def test_another_day_may_be_named() -> None:
    answers, _ = answer({"id": 1, "text": "要吗", "today": "2020-12-30"}, {"id": 2, "text": "要吗"})
    assert [got["verdict"] for got in answers] == ["needed", "not_needed"]


def test_order_is_kept_and_a_bad_line_stands_in_its_place() -> None:
    answers, is_good = answer({"id": "a", "text": "要吗"}, b"{nonsense", {"id": "b", "text": "要吗"})
    assert not is_good
    assert [got["id"] for got in answers] == ["a", None, "b"]
    assert set(answers[1]) == {"id", "error"}


@pytest.mark.parametrize(
    "line",
    [
        b"\xff\xfe",
        b"[1]",
        b"[" * 100_000,
        b'{"id": NaN, "text": "x"}',
        {"text": "要吗"},
        {"id": "q"},
        {"id": "q", "text": ""},
        {"id": "q", "text": "\u200b"},
        {"id": "q", "text": 5},
        {"id": "q", "text": "x" * 5000},
        {"id": "q", "turns": []},
        {"id": "q", "turns": "要吗"},
        {"id": "q", "turns": ["要吗", None]},
        {"id": "q", "text": "要吗", "today": "morgen"},
        {"id": "q", "text": "要吗", "today": 5},
    ],
)
def test_what_cannot_be_read_is_an_error_in_words(line: object) -> None:
    (got,), is_good = answer(line)
    assert not is_good
    assert set(got) == {"id", "error"}
    assert got["error"]


def test_blank_lines_and_a_byte_order_mark_are_passed_over() -> None:
    answers, is_good = answer(b"\xef\xbb\xbf" + json.dumps({"id": 1, "text": "要吗"}).encode(), b"", b"  ")
    assert is_good
    assert len(answers) == 1


def test_half_characters_do_not_stop_the_others() -> None:
    answers, _ = answer(b'{"id": "\\ud800", "text": "a\\ud800"}', {"id": 2, "text": "要吗"})
    assert [got["id"] for got in answers] == ["\ud800", 2]
