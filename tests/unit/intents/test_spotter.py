"""Known words are found wherever they stand."""

import pytest

from intents.normalise import sound_of
from intents.spotter import Spotter, longest_only
from intents.understanding import Mention

WORDS = [
    ("certificate", "id", "身份证"),
    ("certificate", "hukou", "户口本"),
    ("matter", "lost-id", "补身份证"),
    ("matter", "permit", "居住证"),
    ("certificate", "permit", "居住证"),
    ("town", "east", "东镇"),
]


def mention(kind: str, key: str, start: int, text: str) -> Mention:
    return Mention(kind=kind, id=key, start=start, end=start + len(text), text=text)


@pytest.fixture
def spotter() -> Spotter:
    return Spotter(WORDS)


def test_every_occurrence_is_found_overlaps_too(spotter: Spotter) -> None:
    assert spotter.spot("补身份证，身份证") == [
        mention("matter", "lost-id", 0, "补身份证"),
        mention("certificate", "id", 1, "身份证"),
        mention("certificate", "id", 5, "身份证"),
    ]


def test_one_word_may_stand_for_several_things(spotter: Spotter) -> None:
    assert {(item.kind, item.id) for item in spotter.spot("居住证")} == {
        ("matter", "permit"),
        ("certificate", "permit"),
    }


def test_the_same_word_said_twice_of_one_thing_counts_once() -> None:
    assert len(Spotter([*WORDS, WORDS[0]]).spot("身份证")) == 1


@pytest.mark.parametrize("text", ["", "份证", "天气"])
def test_where_nothing_stands_nothing_is_found(spotter: Spotter, text: str) -> None:
    assert spotter.spot(text) == []


def test_a_spotter_of_no_words_finds_nothing() -> None:
    assert Spotter([]).spot("身份证") == []
    assert Spotter([("town", "nowhere", "")]).spot("身份证") == []


def test_words_are_known_by_their_sound_where_told_so() -> None:
    heard = Spotter(WORDS, sound_of).spot("带户口奔")
    assert heard == [mention("certificate", "hukou", 1, "户口奔")]


def test_of_words_in_each_other_the_longest_is_kept(spotter: Spotter) -> None:
    assert [item.id for item in longest_only(spotter.spot("补身份证要户口本"))] == ["lost-id", "hukou"]


def test_words_that_only_overlap_are_both_kept() -> None:
    overlapping = Spotter([("town", "a", "东镇"), ("town", "b", "镇海")]).spot("东镇海")
    assert [item.id for item in longest_only(overlapping)] == ["a", "b"]


def test_two_meanings_of_one_place_are_both_kept_and_doubles_are_not(spotter: Spotter) -> None:
    found = spotter.spot("居住证")
    assert longest_only([*found, *found]) == sorted(found, key=lambda item: item.kind)


def test_the_longest_are_given_in_the_order_of_the_text(spotter: Spotter) -> None:
    found = spotter.spot("户口本和身份证去东镇")
    assert [item.text for item in longest_only(reversed(found))] == ["户口本", "身份证", "东镇"]
