"""The labelled questions and dialogues that come with the repository, on the real data. Floors, not goals."""

import json
from pathlib import Path

import pytest

from cli.evaluate import judge_all, read_labels
from cli.scoring import count_right
from tests.city import TODAY
from tests.journeys.expectations import play_file
from tests.real import load_real_knowledge

DATA = Path("tests/data")
FLOORS = {"intent": 0.90, "matter": 0.85, "certificate": 0.90, "whole": 0.80}
MOST_DANGEROUS = 0.01
DIALOGUE_FLOOR = 0.90


@pytest.fixture(scope="module")
def scores() -> dict[str, float]:
    judged = judge_all(load_real_knowledge().dialogue, read_labels(DATA / "dev_questions.jsonl"), TODAY)
    return {name: right / total for name, (right, total) in count_right(judged).items()}


@pytest.mark.parametrize("name", FLOORS)
def test_questions_are_understood(scores: dict[str, float], name: str) -> None:
    assert scores[name] >= FLOORS[name]


def test_hardly_anybody_is_spared_what_is_needed(scores: dict[str, float]) -> None:
    assert scores["dangerous"] <= MOST_DANGEROUS


def test_dialogues_meet_their_expectations() -> None:
    played = list(play_file(load_real_knowledge().dialogue, DATA / "dev_dialogues.jsonl"))
    counted = [turn for turn in played if not turn.is_later]
    failed = [f"{turn.place} {turn.said}: {'; '.join(turn.failures)}" for turn in counted if turn.failures]
    assert 1 - len(failed) / len(counted) >= DIALOGUE_FLOOR, "\n".join(failed)


def test_out_of_domain_questions_get_no_verdict() -> None:
    dialogue = load_real_knowledge().dialogue
    texts = [json.loads(line)["text"] for line in (DATA / "out_of_domain.jsonl").read_text("utf-8").splitlines()]
    labels = [{"id": text, "text": text, "intent": "out_of_scope", "matters": [], "certificates": []} for text in texts]
    judged = judge_all(dialogue, labels, TODAY)
    definite = [item.label["text"] for item in judged if item.prediction.get("verdict") not in {None, "clarify"}]
    assert len(definite) / len(texts) <= 0.02, definite
