"""Pinyin typed in Latin letters is read with the words of this domain."""

import pytest

from intents.normalise import syllables_of
from intents.spelling import Spelling

TEXTS = ("身份证", "身份证", "身分", "户口本", "户口本", "西安", "西安", "要带吗", "要带吗", "先办a卡")


@pytest.fixture(scope="module")
def spelling() -> Spelling:
    return Spelling.learn(TEXTS, syllables_of)


@pytest.mark.parametrize(
    ("words", "read"),
    [
        (["shenfenzheng"], "身份证"),
        (["shen", "fen", "zheng"], "身份证"),
        (["shenfenzheng", "yaodaima"], "身份证要带吗"),
        (["hukouben", "shenfenzheng"], "户口本身份证"),
        (["xi'an"], "西安"),
        ([], ""),
    ],
)
def test_words_are_read_whole_or_by_syllables(spelling: Spelling, words: list[str], read: str) -> None:
    assert spelling.read(words) == read


def test_what_sounds_alike_is_read_as_what_is_said_most(spelling: Spelling) -> None:
    assert spelling.read(["shenfen"]) == "身份"


def test_a_word_in_fewer_syllables_comes_before_one_in_more(spelling: Spelling) -> None:
    assert spelling.read(["xian"]) == "先"


@pytest.mark.parametrize("word", ["windows", "hk", "yaox", "zhong"])
def test_what_is_no_pinyin_of_known_words_stays(spelling: Spelling, word: str) -> None:
    assert spelling.read([word]).strip() == word


def test_a_foreign_word_parts_the_words_around_it(spelling: Spelling) -> None:
    assert spelling.read(["yaodai", "iphone", "shenfenzheng"]) == "要带 iphone 身份证"


def test_a_word_of_several_characters_must_be_seen_twice() -> None:
    once = Spelling.learn(["身份"], syllables_of)
    assert once.words == {"shen": "身", "fen": "份"}


def test_what_is_typed_in_letters_teaches_nothing(spelling: Spelling) -> None:
    assert not any("a" in word for word in spelling.words.values())
