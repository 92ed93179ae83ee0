"""Texts are cleaned, and refused where nothing is left or too much was sent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import EmptyTextError, TextTooLongError
from bot.domain.message_text import LONGEST_TEXT, clean_text


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("  你好\n", "你好"),
        ("你\x00好\x07", "你好"),
        ("第一行\n\t第二行", "第一行\n\t第二行"),
        ("\u202e反过来\u202c", "反过来"),
        ("👨‍👩‍👧 要带什么", "👨‍👩‍👧 要带什么"),
    ],
)
def test_what_cannot_be_shown_is_left_out(raw: str, text: str) -> None:
    assert clean_text(raw) == text


@pytest.mark.parametrize("raw", ["", " ", "\n\t", "\u200b\u200d", "\u3000", "\ufeff", "\x00"])
def test_a_text_that_shows_nothing_is_empty(raw: str) -> None:
    with pytest.raises(EmptyTextError):
        clean_text(raw)


def test_a_text_may_be_long_but_not_too_long() -> None:
    assert len(clean_text("字" * LONGEST_TEXT)) == LONGEST_TEXT
    with pytest.raises(TextTooLongError, match="4001"):
        clean_text("字" * (LONGEST_TEXT + 1))


@given(st.text(st.characters(), max_size=200))
def test_every_cleaned_text_can_be_stored(raw: str) -> None:
    try:
        text = clean_text(raw)
    except EmptyTextError:
        return
    assert "\x00" not in text
    assert text.encode("utf-8")
    assert clean_text(text) == text
