"""The rules by which stories are read, and the likeness to examples where no rule fits."""

import pytest

from bot.dialogue.story_words import StoryWords, load_words
from bot.dialogue.told_classes import ToldClasses, load_classes
from bot.domain.errors import DataFindingsError

EMPTY = {"macros": {}, "breaches": {}, "hints": {}, "signs": {}}


@pytest.mark.parametrize(
    ("sentence", "items"),
    [
        ("他们单位没参加这个改革", (1,)),
        ("目录里漏报了这个事项", (3,)),
        ("办事指南还写着要结婚证", (4,)),
        ("民政局拒绝协助核实", (6,)),
        ("系统里显示我已婚，我根本没结过婚", (7,)),
        ("把我的电子证明拿去给别的公司贷款", (8,)),
        ("窗口非要我交结婚证", ()),
        ("指南上没写要结婚证，窗口却要", ()),
        ("网上写着不用交，他们还要", ()),
        ("让我把电子证照发给他看", ()),
        ("我说系统里能查，她说不行", ()),
    ],
)
def test_rules_see_the_breach_and_not_its_denial(sentence: str, items: tuple[int, ...]) -> None:
    assert load_words().list_breaches(sentence) == items


@pytest.mark.parametrize(
    ("sign", "sentence", "is_shown"),
    [
        ("demanded", "窗口让我回去拿结婚证", True),
        ("denied", "窗口没有要我交无房证明", True),
        ("denied", "没有结婚证不给办", False),
        ("asked", "办低保要收入证明吗", True),
        ("asked", "带不带户口本", True),
        ("asked", "这不是为难人吗", False),
        ("repeated", "诊断证明交过了，今天又让我再交一遍", True),
        ("repeated", "把身份证复印件交三份", True),
        ("repeated", "来回跑了两次", False),
        ("repeated", "村里要十几份证明", False),
        ("unshared", "系统里查了半天查不到", True),
        ("outside", "部队发的驾驶证", True),
        ("outside", "女朋友是中国人", False),
        ("market", "我们公司去办许可证", True),
    ],
)
def test_signs_are_read(sign: str, sentence: str, is_shown: bool) -> None:
    assert load_words().shows(sign, sentence) is is_shown


@pytest.mark.parametrize("expression", ["(", "<unknown>"])
def test_what_cannot_be_compiled_is_refused_with_its_place(expression: str) -> None:
    with pytest.raises(DataFindingsError) as caught:
        StoryWords.from_content({**EMPTY, "signs": {"asked": {"any": [expression]}}})
    assert "signs asked" in str(caught.value.findings[0])


@pytest.mark.parametrize(
    ("masked", "item"),
    [
        ("U从头到尾没登录过核查平台", 6),
        ("U传来的数据把我跟同名的人弄混了", 7),
        ("U说没参加无证明办事的改革", 1),
        ("去U办M，窗口非要我交C", None),
        ("没有C就不给办", None),
        ("办M", None),
        ("U的C", None),
        ("", None),
    ],
)
def test_likeness_to_examples_finds_the_item(masked: str, item: int | None) -> None:
    assert load_classes().find_item(masked) == item


def test_classes_are_learned_from_any_examples() -> None:
    classes = ToldClasses.learn({0: ["窗口要交证明", "窗口不给办"], 3: ["目录里漏了事项", "目录里没编事项"]})
    assert classes.find_item("目录里漏编事项") == 3
    assert classes.find_item("窗口不给办证明") is None
