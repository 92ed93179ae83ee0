"""What one message tells of who complains."""

import pytest

from bot.dialogue.complaint_told import Told, read_told
from bot.dialogue.complaint_words import ComplaintWords
from bot.domain.complaint import Protection

WORDS = ComplaintWords.load()


def read(text: str, asked: str | None = None) -> Told:
    return read_told(text, WORDS, asked)


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("电话13900001234", "13900001234"),
        ("139 0000 1234", "13900001234"),
        ("139-0000-1234", "13900001234"),
        ("+86 13900001234", "13900001234"),
        ("１３９００００１２３４", "13900001234"),
        ("幺三九零零零零幺二三四", "13900001234"),
        ("我的号码是 13900001234，别打太晚", "13900001234"),
        ("座机0574-87654321", "057487654321"),
    ],
)
def test_telephone_numbers_are_read_however_they_are_written(text: str, phone: str) -> None:
    assert read(text).phone == phone


@pytest.mark.parametrize("text", ["办了3次", "身份证330203195001011234", "2026年11月22日", "87654321"])
def test_other_digits_are_no_telephone_number(text: str) -> None:
    assert read(text).phone is None


def test_eight_digits_are_one_where_one_was_asked_for() -> None:
    assert read("87654321", "phone").phone == "87654321"


@pytest.mark.parametrize("text", ["1390000123", "139000012345", "23900001234"])
def test_digits_that_cannot_be_one_are_noticed_where_one_was_asked_for(text: str) -> None:
    assert read(text, "phone").has_bad_phone
    assert not read(text).has_bad_phone


@pytest.mark.parametrize(
    ("text", "name"),
    [("我叫王小明", "王小明"), ("我姓张", "张"), ("名字是李四，电话13900001234", "李四"), ("我要投诉", None)],
)
def test_names(text: str, name: str | None) -> None:
    assert read(text).name == name


def test_a_bare_name_is_one_where_it_was_asked_for() -> None:
    assert (read("王小明", "name").name, read("王小明").name) == ("王小明", None)


@pytest.mark.parametrize(
    ("text", "protection"),
    [
        ("匿名", Protection.ANONYMOUS),
        ("不想留电话", Protection.ANONYMOUS),
        ("勿想留名字", Protection.ANONYMOUS),
        ("别让单位知道是我", Protection.HIDDEN),
        ("我实名投诉", Protection.OPEN),
        ("窗口不给办", None),
    ],
)
def test_who_may_know(text: str, protection: Protection | None) -> None:
    assert read(text).protection is protection


@pytest.mark.parametrize(
    ("text", "wanted"), [("请给我回个电话", True), ("不用给我打电话", False), ("窗口不给办", None)]
)
def test_whether_to_call_back(text: str, wanted: bool | None) -> None:
    assert read(text).wants_callback is wanted


def test_what_is_taken_back_is_not_meant() -> None:
    told = read("不是古林，是集士港")
    assert told.is_correction
    assert "古林" not in told.meant
    assert "集士港" in told.meant


@pytest.mark.parametrize("text", ["13900001234", "我的电话是13900001234", "我叫王小明"])
def test_who_complains_is_no_part_of_the_story(text: str) -> None:
    assert read(text).rest == ""


def test_the_story_keeps_what_is_told_beside_the_number() -> None:
    assert read("古林镇要我开收入证明，电话13900001234").rest == "古林镇要我开收入证明"
