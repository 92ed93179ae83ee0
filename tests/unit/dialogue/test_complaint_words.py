"""The words by which complaints are taken and followed."""

import pytest

from bot.dialogue.complaint_words import ComplaintWords, squeeze

WORDS = ComplaintWords.load()


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("非常满意", 5),
        ("满意", 4),
        ("基本满意", 3),
        ("一般般", 3),
        ("不满意", 2),
        ("非常不满意", 1),
        ("给个差评", 1),
        ("五星好评", 5),
        ("来评价", None),
    ],
)
def test_levels_of_satisfaction(text: str, level: int | None) -> None:
    assert WORDS.find_rating(text) == level


@pytest.mark.parametrize(
    ("text", "channel"),
    [
        ("我要去法院起诉", "lawsuit"),
        ("不服行政处罚", "reconsideration"),
        ("老板拖欠工资", "arbitration"),
        ("我要上访", "petition"),
        ("他收了我的红包", "discipline"),
        ("跟我要红包", "discipline"),
        ("窗口要我开收入证明", None),
        ("要我开单位的工资证明", None),
        ("要我交法院的判决书", None),
    ],
)
def test_matters_with_a_channel_of_their_own(text: str, channel: str | None) -> None:
    assert WORDS.find_channel(text) == channel


@pytest.mark.parametrize(
    ("sign", "text"),
    [
        ("resume", "接着投诉"),
        ("resume", "刚才那个投诉继续"),
        ("affirmed", "好的登记"),
        ("affirmed", "那就提交吧"),
        ("abandon", "哦那算了"),
        ("abandon", "还是不投诉了"),
        ("unknown", "不知道是哪个单位"),
        ("unknown", "记不清了"),
        ("no_paper", "没要我交证明"),
        ("again", "投诉了还是没解决"),
        ("correction", "电话错了"),
        ("demand", "非要我开证明"),
    ],
)
def test_signs(sign: str, text: str) -> None:
    assert WORDS.shows(sign, text)


@pytest.mark.parametrize(
    ("sign", "text"),
    [
        ("affirmed", "不对"),
        ("affirmed", "是集士港镇，写错了"),
        ("abandon", "他说算了不给我办"),
        ("unknown", "我不知道为什么要这个证明"),
        ("again", "投诉窗口没给我办"),
    ],
)
def test_what_only_sounds_like_a_sign(sign: str, text: str) -> None:
    assert not WORDS.shows(sign, text)


def test_spaces_do_not_matter() -> None:
    assert squeeze(" 接着 投诉\u3000") == "接着投诉"
