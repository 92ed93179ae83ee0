"""The numbers that citizens get: said, copied and mistyped."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.numbers import CHANCES, drop_number, looks_like_number, make_number, read_number
from bot.domain.personal_data import mask_personal_data

NUMBERS = st.builds(make_number, st.integers(2020, 2099), st.integers(0, CHANCES - 1))


@given(NUMBERS)
def test_a_number_is_read_again_as_it_was(number: str) -> None:
    assert read_number(number) == number
    assert read_number(f"我的编号是{number}，帮我查查") == number
    assert looks_like_number(number)


@given(NUMBERS)
def test_it_is_understood_however_it_is_written(number: str) -> None:
    digits = number.removeprefix("TS").replace("-", "")
    wide = number.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    for written in (digits, f"ts{digits}", number.replace("-", " "), number.replace("-", "－"), wide, f"T S {digits}"):
        assert read_number(written) == number


@given(NUMBERS, st.integers(0, 13), st.integers(1, 9))
def test_a_single_wrong_digit_is_noticed(number: str, place: int, by: int) -> None:
    digits = list(number.removeprefix("TS").replace("-", ""))
    digits[place] = str((int(digits[place]) + by) % 10)
    assert read_number("TS" + "".join(digits)) is None
    assert looks_like_number("TS" + "".join(digits))


@given(NUMBERS)
def test_masking_leaves_it_whole(number: str) -> None:
    assert mask_personal_data(f"编号{number}") == f"编号{number}"


@pytest.mark.parametrize("text", ["", "12345", "13900001234", "33020319900101123X", "没有编号"])
def test_other_numbers_are_not_taken_for_one(text: str) -> None:
    assert read_number(text) is None


def test_every_year_and_chance_has_its_own_number() -> None:
    made = {make_number(year, chance) for year in (2026, 2027) for chance in (0, 1, CHANCES - 1)}
    assert len(made) == 6
    assert all(len(number) == len("TS26-4821-7730-5916") for number in made)


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("查一下TS26-4821-7730-5916，电话13900001234", "查一下，电话13900001234"),
        ("TS26-4821-7730-5915", ""),
        ("你好", "你好"),
    ],
)
def test_words_can_be_read_without_it(text: str, rest: str) -> None:
    assert drop_number(text) == rest
