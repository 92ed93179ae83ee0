"""How cell text is compared: ticks, names, nothing to report, days."""

from datetime import date

import pytest

from bot.catalogue.forms.text import Tick, find_date, is_nil, name_key, read_tick


@pytest.mark.parametrize(
    "text", ["√", " √ ", "✓", "✔", "☑", "✅", "∨", "v", "V", "Ｖ", "是", "有", "1", "１", "●", "√√", "TRUE", "Y", "对"]
)
def test_offices_tick_in_many_ways(text: str) -> None:
    assert read_tick(text) == (Tick.STRONG, "")


@pytest.mark.parametrize("text", ["x", "X", "×", "✗", "○"])
def test_a_cross_is_a_weak_tick(text: str) -> None:
    assert read_tick(text) == (Tick.WEAK, "")


@pytest.mark.parametrize("text", ["", "  ", "否", "无", "0", "—", "/", "□", "FALSE"])
def test_these_are_no_ticks(text: str) -> None:
    assert read_tick(text) == (Tick.NONE, "")


@pytest.mark.parametrize(
    "text",
    [
        "√ 现场刷脸核验身份",
        "√现场刷脸核验身份",
        "√（现场刷脸核验身份）",
        "是：现场刷脸核验身份",
        "现场刷脸核验身份",
        "现场刷脸核验身份√",
        "V，现场刷脸核验身份",
    ],
)
def test_words_beside_a_tick_are_the_way(text: str) -> None:
    assert read_tick(text) == (Tick.STRONG, "现场刷脸核验身份")


def test_a_word_that_begins_like_a_tick_is_kept_whole() -> None:
    assert read_tick("有关部门会商") == (Tick.STRONG, "有关部门会商")


@pytest.mark.parametrize(
    "text",
    [
        "2019年8月2日",
        "填报日期 2019年 8 月 2 日",
        "２０１９年８月２日",
        "2019-08-02",
        "2019/8/2",
        "2019.8.2",
        "19.8.2",
        "20190802",
        "二〇一九年八月二日",
        "二○一九年八月二日",
        "2019-08-02 00:00:00",
    ],
)
def test_a_day_is_understood_as_it_is_written(text: str) -> None:
    assert find_date(text) == date(2019, 8, 2)


@pytest.mark.parametrize(
    "text",
    ["____年___月___日", "2019年8月", "2019年13月2日", "2019年2月30日", "甬海司〔2019〕27号", "0574-00000000", ""],
)
def test_what_is_no_day_is_none(text: str) -> None:
    assert find_date(text) is None


@pytest.mark.parametrize(
    ("text", "day"), [("二〇一九年十月二十五日", 25), ("二〇一九年十月十日", 10), ("二〇一九年十月三十一日", 31)]
)
def test_chinese_numerals_above_ten(text: str, day: int) -> None:
    assert find_date(text) == date(2019, 10, day)


def test_names_differ_by_letters_only() -> None:
    assert name_key(" 居民死亡医学证明 （推断）\n书 ") == name_key("居民死亡医学证明(推断)书")
    assert name_key("投入使用、营业前") == name_key("投入使用营业前")


@pytest.mark.parametrize("text", ["无", " 无。", "（无）", "无相关事项", "暂无"])
def test_nothing_to_report(text: str) -> None:
    assert is_nil(text)


def test_a_name_that_begins_with_nothing_is_something() -> None:
    assert not is_nil("无犯罪记录证明")
