"""Personal numbers are found however they are written, and nothing else is touched."""

import pytest

from bot.domain.personal_data import is_citizen_number, mask_personal_data


@pytest.mark.parametrize(
    "number", ["11010519491231002X", "440524188001010014", "34052419800101001X", "11010519491231002x"]
)
def test_a_valid_citizen_number_is_one(number: str) -> None:
    assert is_citizen_number(number)


@pytest.mark.parametrize(
    "text",
    [
        "110105194912310021",  # check character
        "11010519490231002X",  # 31 February
        "99010519491231002X",  # no such province
        "11010519491231002",
        "１１010519491231002X",
        "",
    ],
)
def test_what_breaks_a_rule_of_the_standard_is_no_citizen_number(text: str) -> None:
    assert not is_citizen_number(text)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("打13812345678给我", "打138****5678给我"),
        ("138 1234 5678", "138 **** 5678"),
        ("138-1234-5678", "138-****-5678"),
        ("+86 13812345678", "+** *******5678"),
        ("+8613812345678", "+*********5678"),
        ("１３８１２３４５６７８", "１３８****５６７８"),
        ("一三八一二三四五六七八", "一三八****五六七八"),
        ("幺三八幺二三四五六七八", "幺三八****五六七八"),
        ("身份证11010519491231002X。", "身份证**************002X。"),
        ("身份证110105 19491231 002x", "身份证****** ******** 002x"),
        ("打错的110105194912310021", "打错的**************0021"),
        ("旧身份证110105491231002", "旧身份证***********1002"),
        ("卡号6222021234567890128", "卡号***************0128"),
        ("卡号6222 0212 3456 7890 128", "卡号**** **** **** ***0 128"),
        ("13812345678 11010519491231002X", "138****5678 **************002X"),
        ("13812345678，13912345678", "138****5678，139****5678"),
        ("1381234567811010519491231002", "************************1002"),
        ("2026-11-22 13812345678", "2026-11-22 138****5678"),
    ],
)
def test_personal_numbers_are_masked(text: str, masked: str) -> None:
    assert mask_personal_data(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "",
        "办公租房要不要无房证明",
        "甬海司〔2019〕27号，2020年9月1日起施行",
        "窗口电话0574-87654321",
        "打12345投诉，打了12345三次",
        "一二三四五六七八九十",
        "卡号6222021234567890127",  # no bank issues it: its check digit is wrong
        "编号20261122000123456",
        "2026-11-22 10:30:00",
    ],
)
def test_everything_else_stays(text: str) -> None:
    assert mask_personal_data(text) == text


def test_a_long_hostile_text_takes_no_long_time() -> None:
    for text in ("1 " * 2_000, "1" * 4_000, "1-" * 2_000, "13812345678 " * 330):
        assert len(mask_personal_data(text)) == len(text)
