"""What is said in the middle of a conversation: fragments lean on the question before, strangers' talk does not."""

import json
from pathlib import Path
from typing import Final

import pytest

from bot.dialogue.dialogue import Utterance
from bot.domain.conversation import Memory, Reply
from tests.city import TODAY
from tests.intents.golden import DEFINITE
from tests.intents.test_refusal import read_strangers
from tests.real import load_real_knowledge

FOLLOW_UPS: Final = Path("tests/data/followups.jsonl")
LEAST_FOLLOW_UPS: Final = 100
LEAST_RIGHT: Final = 0.93
# More than when said alone, and a model learned on another machine differs a little.
MOST_DEFINITE: Final = 0.02


def say(*texts: str) -> Reply:
    """The reply to the last of these messages."""
    dialogue, memory = load_real_knowledge().dialogue, Memory()
    for text in texts:
        reply, memory = dialogue.respond(Utterance(text=text), memory, TODAY)
    return reply


def test_fragments_are_understood_with_the_question_before() -> None:
    labelled = [json.loads(line) for line in FOLLOW_UPS.read_text("utf-8").splitlines() if line]
    wrong = []
    for label in labelled:
        heard = say(*label["before"], label["text"]).understood
        if (heard.intent, heard.matter, list(heard.certificates)) != (
            label["intent"],
            label["matter"],
            label["certificates"],
        ):
            wrong.append((label["id"], label["text"], heard))
    assert len(labelled) >= LEAST_FOLLOW_UPS
    assert len(wrong) <= (1 - LEAST_RIGHT) * len(labelled), wrong


@pytest.mark.parametrize(
    "before", ["办公租房要无房证明吗", "低保要带什么", "结婚证要带吗", "营业执照要带吗", "公租房我替我妈办"]
)
def test_strangers_talk_gets_no_definite_verdict_in_a_conversation_either(before: str) -> None:
    told = [item["text"] for item in read_strangers() if say(before, item["text"]).understood.verdict in DEFINITE]
    assert len(told) <= MOST_DEFINITE * len(read_strangers()), told
