"""Every name and alias of the catalogue is understood as itself, also typed with a slip or misheard."""

import random
from typing import Final

import pytest

from tests.intents.naming import SHORTEST, list_missed, list_names, mishear, slip

KINDS: Final = ("matter", "certificate")
LEAST_PLAIN: Final = 0.995
LEAST_WITH_SLIP: Final = 0.96
LEAST_MISHEARD: Final = 0.97


def share_of(missed: list[str], count: int) -> float:
    return 1 - len(missed) / count


@pytest.mark.parametrize("kind", KINDS)
def test_a_name_in_a_plain_question_is_itself(kind: str) -> None:
    missed, count = list_missed(kind)
    assert count == 2 * len(list_names(kind))
    assert share_of(missed, count) >= LEAST_PLAIN, missed


@pytest.mark.parametrize("kind", KINDS)
def test_a_name_with_one_slip_is_mostly_itself(kind: str) -> None:
    missed, count = list_missed(kind, slip, shortest=SHORTEST)
    assert share_of(missed, count) >= LEAST_WITH_SLIP, missed


@pytest.mark.parametrize("kind", KINDS)
def test_a_name_with_one_homophone_is_itself(kind: str) -> None:
    missed, count = list_missed(kind, mishear, shortest=SHORTEST)
    assert share_of(missed, count) >= LEAST_MISHEARD, missed


def test_the_ways_of_getting_a_name_wrong_are_what_they_say() -> None:
    source = random.Random(1)
    slipped = {slip(source, "无房证明") for _ in range(50)}
    assert {len(text) for text in slipped} == {3, 4, 5}
    assert all(len(mishear(source, "无房证明")) == 4 for _ in range(10))
    assert all(mishear(source, "无房证明") != "无房证明" for _ in range(10))
    assert mishear(source, "ABC") == "ABC"
