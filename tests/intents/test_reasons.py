"""Every reason that the engine gives is told at the desk in Chinese."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from cli.batch import BatchAnswerer
from tests.city import TODAY
from tests.intents.golden import read_golden
from tests.real import load_real_knowledge

DATA: Final = Path(__file__).parents[1] / "data"
DESK: Final = Path(__file__).parents[2] / "web" / "pages" / "desk"
REASONS: Final = (DESK / "reasons.js").read_text("utf-8")
WORDS: Final = (DESK / "words.js").read_text("utf-8")
# What follows these is a word or an id.
OPEN: Final = frozenset({"act", "general", "outside", "reranker", "slips"})
REPORTS: Final = ("matter named ", "certificate real ", "agent ", "outside ")


def read_dialogues() -> Iterator[list[str]]:
    for line in (DATA / "dev_dialogues.jsonl").read_text("utf-8").splitlines():
        yield [turn["say"] for turn in json.loads(line)["turns"] if "say" in turn]


@pytest.fixture(scope="module")
def traces() -> list[dict[str, Any]]:
    knowledge = load_real_knowledge()
    answerer = BatchAnswerer(knowledge.dialogue, TODAY, knowledge.engine)
    conversations = [*read_dialogues(), *([label["text"]] for label in read_golden()), ["安徽开的婚姻状况证明要带吗"]]
    answers = [answerer.answer(json.dumps({"id": 1, "turns": turns}).encode()) for turns in conversations]
    return [turn["trace"] for answer in answers for turn in answer["turns"]]


def test_every_reason_has_words_at_the_desk(traces: list[dict[str, Any]]) -> None:
    told = {line for trace in traces for line in trace["decided_by"] if not line.startswith(REPORTS)}
    kinds = {line.partition(":")[0] for line in told}
    assert {"model", "context", "slots", "again", "slips", "general", "outside", "circumstances", "doubt"} <= kinds
    assert [line for line in sorted(told) if line.partition(":")[0] not in OPEN and f'"{line}": ' not in REASONS] == []
    assert [kind for kind in sorted(kinds & OPEN) if f"  {kind}: (" not in REASONS] == []


def test_every_threshold_has_words_at_the_desk(traces: list[dict[str, Any]]) -> None:
    assert [name for name in traces[0]["thresholds"] if f"  {name}: " not in WORDS] == []
