"""Every name and alias of the catalogue is understood as itself, also typed with a slip or misheard."""

import random
from typing import Final

import pytest

from intents.understanding import Intent
from tests.intents.naming import SHORTEST, list_missed, list_names, mishear, slip
from tests.real import load_real_knowledge

KINDS: Final = ("matter", "certificate")
LEAST_PLAIN: Final = 0.995
LEAST_WITH_SLIP: Final = 0.96
LEAST_MISHEARD: Final = 0.97
# What people put around a name without adding to it.
WISHES: Final = ("{}", "我想办{}", "请问{}怎么办", "我要{}", "想申请一下{}。")
# What a message that is a name may be about; all else tells people that nobody can help them here.
ABOUT_NAMES: Final = frozenset(
    {
        Intent.MATTER_MATERIALS,
        Intent.CERTIFICATE_NEEDED,
        Intent.CERTIFICATE_OBTAIN,
        Intent.E_LICENSE,
        Intent.MEASURE_HOW,
    }
)


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


@pytest.mark.parametrize("wish", WISHES)
def test_who_only_names_a_matter_is_never_sent_away(wish: str) -> None:
    engine = load_real_knowledge().engine
    texts = (wish.format(name.text) for name in list_names("matter"))
    sent_away = [text for text in texts if engine.understand(text).intent not in ABOUT_NAMES]
    assert not sent_away


def test_who_only_names_a_certificate_is_never_sent_away() -> None:
    engine = load_real_knowledge().engine
    assert not [
        name.text for name in list_names("certificate") if engine.understand(name.text).intent not in ABOUT_NAMES
    ]


@pytest.mark.parametrize("text", ["公租房的电梯坏了", "失业金多少钱一个月", "护照照片去哪里拍", "转学以后成绩怎么排名"])
def test_a_name_beside_something_else_is_not_a_name_alone(text: str) -> None:
    understood = load_real_knowledge().engine.understand(text)
    assert "slots:a name alone" not in understood.trace.decided_by


def test_the_ways_of_getting_a_name_wrong_are_what_they_say() -> None:
    source = random.Random(1)
    slipped = {slip(source, "无房证明") for _ in range(50)}
    assert {len(text) for text in slipped} == {3, 4, 5}
    assert all(len(mishear(source, "无房证明")) == 4 for _ in range(10))
    assert all(mishear(source, "无房证明") != "无房证明" for _ in range(10))
    assert mishear(source, "ABC") == "ABC"
