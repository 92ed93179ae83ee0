"""The golden stories: what each breaches, why a demand is lawful, or which fact is missing.

`half` says how a story was used: the rules were written for `dev`; all others were written before the rules were judged
by them, each set once, and showed what was missing only after that.
"""

from collections import Counter

import pytest

from bot.violations import Fact
from cli.assess import StoryAssessor
from tests.real import load_real_knowledge
from tests.stories.scoring import TOLD_ON, Judged, judge_stories, read_stories


@pytest.fixture(scope="module")
def judged() -> list[Judged]:
    knowledge = load_real_knowledge()
    return judge_stories(StoryAssessor(knowledge.catalogue, knowledge.engine, TOLD_ON), read_stories())


def test_the_stories_are_many_and_of_every_kind() -> None:
    stories = read_stories()
    firsts = Counter(story["article20"][0] for story in stories if story["article20"])
    assert len(stories) >= 120
    assert len({story["text"] for story in stories}) == len({story["id"] for story in stories}) == len(stories)
    assert all(firsts[item] >= 6 for item in range(1, 9))
    assert sum(story["lawful"] is True for story in stories) * 4 >= len(stories)
    assert sum(story["missing"] is not None for story in stories) * 4 >= len(stories)


def test_the_stories_name_what_exists() -> None:
    catalogue = load_real_knowledge().catalogue
    for story in read_stories():
        assert set(story["matters"]) <= catalogue.matters.keys()
        assert set(story["certificates"]) <= catalogue.certificates.keys()
        assert set(story["units"]) <= catalogue.units.keys()
        assert story["missing"] in {None, *Fact}


def test_the_best_item_is_mostly_right(judged: list[Judged]) -> None:
    breaches = [item for item in judged if item.story["article20"]]
    assert sum(item.is_first_right for item in breaches) >= 0.9 * len(breaches)


@pytest.mark.parametrize("number", range(1, 9))
def test_every_item_is_recognised(judged: list[Judged], number: int) -> None:
    told = [item for item in judged if item.story["article20"][:1] == [number]]
    assert sum(item.is_first_right for item in told) >= 0.8 * len(told)


def test_a_lawful_demand_is_hardly_ever_called_a_breach(judged: list[Judged]) -> None:
    lawful = [item for item in judged if item.story["lawful"] is True]
    assert sum(item.is_called_breach for item in lawful) <= 0.02 * len(lawful)


def test_who_only_asks_or_was_asked_for_nothing_tells_of_no_breach(judged: list[Judged]) -> None:
    open_ones = [item for item in judged if item.story["lawful"] is None]
    assert sum(item.is_called_breach for item in open_ones) <= 0.05 * len(open_ones)


def test_the_first_question_is_mostly_the_right_one(judged: list[Judged]) -> None:
    asked = [item for item in judged if item.story["missing"] and not item.story["article20"]]
    assert sum(item.is_missing_right for item in asked) >= 0.9 * len(asked)


def test_every_assessment_is_explained_in_few_sentences(judged: list[Judged]) -> None:
    for item in judged:
        assert 1 <= item.got["explanation"].count("。") + item.got["explanation"].count("？") <= 6
        assert item.got["explanation"][-1] in "。？"
