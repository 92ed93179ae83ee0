"""What is not asked is not answered: strangers' talk, bare words and scraps never get a definite verdict."""

import json
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Final

import pytest

from bot.dialogue.dialogue import Utterance
from bot.domain.conversation import Memory, Reply
from intents.data import read_language
from tests.city import TODAY
from tests.intents.golden import DEFINITE
from tests.intents.naming import list_names
from tests.real import load_real_knowledge

OUT_OF_DOMAIN: Final = Path("tests/data/out_of_domain.jsonl")
LEAST_SENTENCES, LEAST_DOMAINS = 500, 10
MOST_DEFINITE: Final = 0.01
SCRAPS: Final = (
    *("啊", "嗯", "办", "带", "证", "我", "?", "a", "1", "😀", "。"),
    *("你好", "证明", "材料", "手续", "证件", "盖章", "窗口", "要吗", "ok", "12", "怎么", "办证", "开证"),
)
BARE: Final = (
    "证明",
    "证明呢",
    "要证明吗",
    "那个证明要带吗",
    "开证明",
    "盖章",
    "材料",
    "他们要的那张纸",
    "这个要不要",
    "还要带吗",
)


def ask(text: str) -> Reply:
    reply, _ = load_real_knowledge().dialogue.respond(Utterance(text=text), Memory(), TODAY)
    return reply


@cache
def read_strangers() -> tuple[dict[str, str], ...]:
    return tuple(json.loads(line) for line in OUT_OF_DOMAIN.read_text("utf-8").splitlines() if line)


def list_places() -> list[str]:
    """Places of this city and of all others that the language knows."""
    catalogue = load_real_knowledge().catalogue
    elsewhere = read_language(Path("intents/data")).cues["out_of_city"]
    named = [town.name for town in catalogue.towns.values()] + catalogue.fact("places_inside").split("|")
    return [*named, *elsewhere["provinces"], *elsewhere["zhejiang"], *elsewhere["cities"], *elsewhere["countries"]]


def test_strangers_talk_comes_from_many_walks_of_life() -> None:
    domains = Counter(item["domain"] for item in read_strangers())
    assert len(read_strangers()) >= LEAST_SENTENCES
    assert len(domains) >= LEAST_DOMAINS
    assert min(domains.values()) >= 20


def test_strangers_talk_gets_no_definite_verdict() -> None:
    told = [item["text"] for item in read_strangers() if ask(item["text"]).understood.verdict in DEFINITE]
    assert len(told) <= MOST_DEFINITE * len(read_strangers()), told


def test_every_reply_to_strangers_says_something() -> None:
    assert all(ask(item["text"]).text for item in read_strangers())


def test_a_bare_place_gets_no_definite_verdict() -> None:
    assert [place for place in list_places() if ask(place).understood.verdict in DEFINITE] == []


@pytest.mark.parametrize("text", SCRAPS)
def test_one_or_two_characters_get_no_definite_verdict(text: str) -> None:
    reply = ask(text)
    assert reply.understood.verdict not in DEFINITE
    assert reply.text


def test_no_two_characters_of_any_sentence_get_a_definite_verdict() -> None:
    texts = [item["text"] for item in read_strangers()]
    scraps = {text[place : place + 2] for text in texts for place in range(0, len(text) - 1, 3)}
    told = [scrap for scrap in sorted(scraps) if ask(scrap).understood.verdict in DEFINITE]
    assert told == []


def test_no_name_of_two_characters_gets_a_definite_verdict_out_of_the_blue() -> None:
    language = read_language(Path("intents/data"))
    said = {name.text for kind in ("matter", "certificate") for name in list_names(kind)}
    said |= {text for group in (language.matters, language.certificates) for texts in group.values() for text in texts}
    assert [text for text in sorted(said) if len(text) < 3 and ask(text).understood.verdict in DEFINITE] == []


@pytest.mark.parametrize("text", BARE)
def test_a_paper_without_a_name_gets_no_definite_verdict(text: str) -> None:
    assert ask(text).understood.verdict not in DEFINITE
