"""N-grams of a text are found with their places."""

import numpy as np
import pytest

from intents.features import REACH, GramIndex, Grams

TEXTS = ("要带身份证", "要带户口本", "不要身份证")


@pytest.fixture(scope="module")
def index() -> GramIndex:
    return GramIndex.learn(TEXTS)


def grams_of(index: GramIndex, text: str) -> list[tuple[str, int, int]]:
    """Each n-gram of characters with the characters that it covers."""
    found = index.extract(text)
    covered = zip(found.rows.tolist(), found.starts.tolist(), found.ends.tolist(), strict=True)
    return [(index.grams[row], start, end) for row, start, end in covered if not index.grams[row].startswith("\x01")]


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
    assert found.starts.min() == 0
    assert found.ends.max() == found.length


def test_the_marks_tell_the_edge_of_a_text_from_its_middle(index: GramIndex) -> None:
    assert ("\x02要", 0, 1) in grams_of(index, "要什么")
    assert "\x02要" not in [gram for gram, _, _ in grams_of(index, "还要什么")]


def test_sounds_are_known_beside_characters(index: GramIndex) -> None:
    right, heard = index.extract("身份证"), index.extract("深分政")
    assert set(heard.rows.tolist()) & set(right.rows.tolist())
    assert len(heard.rows) < len(right.rows)


def test_shares_are_for_the_characters_covered(index: GramIndex) -> None:
    found = index.extract("要带身份证")
    sizes = np.maximum(found.ends - found.starts, 1)
    assert np.allclose(found.shares[:, 0] * sizes, 1.0)


def test_a_mean_is_over_the_characters_of_each_ngram(index: GramIndex) -> None:
    found = index.extract("要带身份证")
    values = np.arange(10, dtype=np.float32).reshape(5, 2)
    means = found.mean(values)
    for row, start, end in zip(means, found.starts, found.ends, strict=True):
        expected = values[start:end].mean(axis=0) if end > start else np.zeros(2)
        assert np.allclose(row, expected, atol=1e-5)


def test_nothing_reaches_further_than_said(index: GramIndex) -> None:
    def reach(found: Grams) -> int:
        return int((found.ends - found.places).max(initial=0)) + 1

    assert reach(index.extract("不要带身份证户口本")) <= REACH
