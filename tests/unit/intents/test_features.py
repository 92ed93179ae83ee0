"""N-grams of a text are found with their places."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intents.features import GramIndex
from intents.kernels.grams import LONGEST_GRAM

TEXTS = ("要带身份证", "要带户口本", "不要身份证")


@pytest.fixture(scope="module")
def index() -> GramIndex:
    return GramIndex.learn(TEXTS)


def grams_of(index: GramIndex, text: str) -> list[tuple[str, int, int]]:
    """Each n-gram of characters with the characters that it covers."""
    found = index.extract(text)
    covered = zip(found.rows.tolist(), found.places.tolist(), found.ends.tolist(), strict=True)
    return [
        (index.grams[row], max(place, 0), end) for row, place, end in covered if not index.grams[row].startswith("\x01")
    ]


def test_only_what_stands_in_two_texts_is_known(index: GramIndex) -> None:
    assert "身份证" in index.grams
    assert "要带" in index.grams
    assert "户口本" not in index.grams


def test_the_index_has_one_order_whatever_comes_first() -> None:
    assert GramIndex.learn(TEXTS).grams == GramIndex.learn(reversed(TEXTS)).grams


def test_an_index_of_nothing_still_reads(index: GramIndex) -> None:
    empty = GramIndex.learn([])
    assert empty.size == len(empty.grams) > 0
    assert empty.extract("身份证").length == 3
    assert index.extract("").length == 0


def test_ngrams_are_at_their_places(index: GramIndex) -> None:
    found = grams_of(index, "带身份证")
    assert ("身份证", 1, 4) in found
    assert ("带", 0, 1) in found


def test_marks_stand_around_the_text_but_cover_none_of_it(index: GramIndex) -> None:
    assert ("\x02要带", 0, 2) in grams_of(index, "要带")
    assert ("份证\x03", 1, 3) in grams_of(index, "身份证")
    found = index.extract("要带身份证")
    assert found.places.min() == -1
    assert found.ends.max() == found.length


def test_the_marks_tell_the_edge_of_a_text_from_its_middle(index: GramIndex) -> None:
    assert ("\x02要", 0, 1) in grams_of(index, "要什么")
    assert "\x02要" not in [gram for gram, _, _ in grams_of(index, "还要什么")]


def test_sounds_are_known_beside_characters(index: GramIndex) -> None:
    right, heard = index.extract("身份证"), index.extract("深分政")
    assert set(heard.rows.tolist()) & set(right.rows.tolist())
    assert len(heard.rows) < len(right.rows)


def test_an_index_comes_back_from_its_keys(index: GramIndex) -> None:
    again = GramIndex(index.keys)
    assert again.grams == index.grams
    assert again.extract("要带身份证").rows.tolist() == index.extract("要带身份证").rows.tolist()


def test_characters_outside_the_basic_plane_are_known_too() -> None:
    index = GramIndex.learn(["𠮷野家", "去𠮷野家"])
    assert ("𠮷野家", 1, 4) in grams_of(index, "在𠮷野家")


@settings(deadline=None)
@given(st.text(st.characters(min_codepoint=4, exclude_categories=["Cs"]), max_size=12))
def test_every_ngram_of_any_text_is_found_where_it_stands(text: str) -> None:
    slices = [(text[start:end], start, end) for start in range(len(text)) for end in range(start + 1, len(text) + 1)]
    expected = sorted(piece for piece in slices if len(piece[0]) <= LONGEST_GRAM)
    found = grams_of(GramIndex.learn([text, f"{text}。"]), text)
    assert sorted(item for item in found if not {"\x02", "\x03"} & set(item[0])) == expected
