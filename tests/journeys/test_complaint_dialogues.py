"""Complaints as citizens tell and follow them, on the real data: every turn of every dialogue must hold."""

from collections import defaultdict
from functools import cache
from pathlib import Path
from random import Random

import pytest

from bot.dialogue.dialogue import Utterance
from bot.dialogue.errands import FollowComplaint
from bot.domain.conversation import Memory
from bot.domain.numbers import CHANCES, make_number
from tests.city import TODAY
from tests.journeys.expectations import Played, play_file
from tests.real import load_real_knowledge

FILE = Path("tests/data/complaint_dialogues.jsonl")
IDS = [line.split('"')[3] for line in FILE.read_text("utf-8").splitlines()]
# The longest reply that still fits a phone without losing the thread: the summary with what the catalogue says.
LONGEST_REPLY = 480
LONGEST_QUESTION = 130


@cache
def play_all() -> dict[str, list[Played]]:
    played: dict[str, list[Played]] = defaultdict(list)
    for turn in play_file(load_real_knowledge().dialogue, FILE):
        played[turn.place.split("#")[0]].append(turn)
    return played


@pytest.mark.parametrize("dialogue", IDS)
def test_every_turn_meets_its_expectations(dialogue: str) -> None:
    failed = [f"{turn.place} {turn.said}: {'; '.join(turn.failures)}" for turn in play_all()[dialogue] if turn.failures]
    assert failed == []


def test_replies_are_short() -> None:
    turns = [
        turn for turns in play_all().values() for turn in turns if turn.reply.understood.intent == "complaint_file"
    ]
    for turn in turns:
        limit = LONGEST_REPLY if turn.reply.asks == "confirm" else LONGEST_QUESTION
        assert len(turn.reply.text) <= limit, (turn.place, len(turn.reply.text))


def test_nothing_is_asked_for_twice_but_what_is_needed() -> None:
    for dialogue, turns in play_all().items():
        asked = [turn.reply.asks for turn in turns if turn.reply.state == "complaint"]
        for field in ("matter", "certificate", "date", "place", "name"):
            assert asked.count(field) <= 1, (dialogue, field)


def test_a_number_is_followed_whatever_its_digits() -> None:
    dialogue, chances = load_real_knowledge().dialogue, Random(4)
    for _ in range(100):
        number = make_number(2026, chances.randrange(CHANCES))
        for text in (number, f"查一下投诉{number}", f"{number}，电话13900001234"):
            errand = dialogue.begin(Utterance(text=text), Memory(), TODAY).errand
            assert isinstance(errand, FollowComplaint), text
            assert (errand.number, errand.phone) == (number, "13900001234" if "电话" in text else None)
