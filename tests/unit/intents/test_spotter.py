"""Known words are found wherever they stand."""

from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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


def sighting(kind: str, key: str, start: int, text: str) -> Mention:
    return Mention(kind, key, start, start + len(text), text)


def read(mentions: Iterable[Mention]) -> list[tuple[str, str]]:
    """Text and id of what is kept."""
    return [(item.text, item.id) for item in longest_only(mentions)]


@pytest.fixture
def spotter() -> Spotter:
    return Spotter(WORDS)


def test_every_word_is_found_wherever_it_stands(spotter: Spotter) -> None:
    assert spotter.spot("补身份证，身份证") == [
        sighting("matter", "lost-id", 0, "补身份证"),
        sighting("certificate", "id", 5, "身份证"),
    ]


def test_one_word_may_stand_for_several_things(spotter: Spotter) -> None:
    assert {found[:2] for found in spotter.spot("居住证")} == {
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
    heard = Spotter(WORDS, heard=WORDS[:2])
    assert heard.spot("带户口奔") == [sighting("certificate", "hukou", 1, "户口奔")]
    assert heard.spot("懂镇") == []


def test_a_word_known_both_ways_is_given_once() -> None:
    assert read(Spotter(WORDS, heard=WORDS).spot("带户口本")) == [("户口本", "hukou")]


def test_a_word_that_asks_is_no_name_misheard() -> None:
    spotter = Spotter([("matter", "site", "施工")], heard=[("certificate", "permit", "施工证")])
    assert spotter.spot("施工怎么办") == [sighting("matter", "site", 0, "施工")]
    assert spotter.spot("施工整") == [sighting("certificate", "permit", 0, "施工整")]


def test_of_a_word_and_a_longer_one_that_sounds_so_the_longer_is_kept() -> None:
    both = Spotter([("town", "short", "东镇")], heard=[("matter", "long", "东镇海")])
    assert both.spot("东镇嗨") == [sighting("matter", "long", 0, "东镇嗨")]


def test_of_words_in_each_other_the_longest_is_kept(spotter: Spotter) -> None:
    text = "补身份证要户口本"
    assert read(spotter.spot(text)) == [("补身份证", "lost-id"), ("户口本", "hukou")]


def test_words_that_only_overlap_are_both_kept() -> None:
    overlapping = Spotter([("town", "a", "东镇"), ("town", "b", "镇海")]).spot("东镇海")
    assert read(overlapping) == [("东镇", "a"), ("镇海", "b")]


def test_a_word_inside_one_that_began_before_is_not_kept() -> None:
    inside = Spotter([("town", "a", "东镇海"), ("town", "b", "镇海"), ("town", "c", "镇")])
    assert read(inside.spot("东镇海")) == [("东镇海", "a")]


def test_two_meanings_of_one_place_are_both_kept_and_doubles_are_not(spotter: Spotter) -> None:
    found = spotter.spot("居住证")
    kinds = [item.kind for item in longest_only([*found, *found])]
    assert kinds == ["certificate", "matter"]


def test_the_longest_are_given_in_the_order_of_the_text(spotter: Spotter) -> None:
    text = "户口本和身份证去东镇"
    assert [word for word, _ in read(reversed(spotter.spot(text)))] == ["户口本", "身份证", "东镇"]


NAMES = st.lists(st.text("东镇海山", min_size=1, max_size=4), max_size=8)


@settings(deadline=None)
@given(NAMES, NAMES, st.text("东镇嗨海山", max_size=12))
def test_what_is_found_is_in_nothing_longer_and_nothing_else_is_left_out(
    names: list[str], heard: list[str], text: str
) -> None:
    words, sounds = [("town", name, name) for name in names], [("matter", name, name) for name in heard]
    every = [
        Mention(kind, name, place, place + len(name), text[place : place + len(name)])
        for group, form in ((words, str), (sounds, sound_of))
        for kind, name, _ in group
        for place in range(len(text))
        if form(text).startswith(form(name), place)
    ]
    kept = {
        one
        for one in every
        if not any(other.start <= one.start and one.end <= other.end and other[2:4] != one[2:4] for other in every)
    }
    found = Spotter(words, heard=sounds).spot(text)
    assert set(found) == kept
    assert found == longest_only(found) == longest_only(every)
