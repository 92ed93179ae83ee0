"""Whatever way a thing is typed, it comes out in one form."""

from pathlib import Path

import pytest

from intents.data import read_language
from intents.normalise import Normaliser, sound_of, syllables_of
from intents.spelling import Spelling

PLAIN = Normaliser({})
WORDS = Normaliser(
    {
        "阿拉": "我们",
        "阿拉伯": "阿拉伯",
        "啥西": "什么",
        "啥": "什么",
        "sfz": "身份证",
        "id card": "身份证",
        "id": "证件",
        "e-license": "电子证照",
        "driver's license": "驾照",
    }
)
REAL = Path(__file__).parents[3] / "intents" / "data"
# What people really send; the form of each must stay as it is when it is brought into form once more.
SENT = (
    "办公租房 要无房证明吗？",
    "公積金貸款要帶戶口簿嗎",
    "ＳＦＺ要带伐！！",
    "阿拉要带啥西。。。身份证呢",
    "１、身份证２、户口本",
    "身份 证 要 带 不",
    "my ID card 丢了",
    "打13800138000😀",
    "\u200b\u3000",
    "要\n不\n要",
)


@pytest.mark.parametrize(
    ("typed", "form"),
    [
        ("ＡＢＣ", "abc"),
        ("身份证（正本）", "身份证(正本)"),
        ("戶口簿與結婚證", "户口簿与结婚证"),
        ("身\u200b份\u200d证\ufeff", "身份证"),
        ("1️⃣身份证", "一身份证"),
        ("护照🛂", "护照"),
        ("👨‍👩‍👧公租房", "公租房"),
        ("\x00\x07护照", "护照"),
        ("\ud800护照", "护照"),
        ("\ue000护照", "护照"),
        ("ID CARD", "idcard"),
    ],
)
def test_width_script_case_and_what_nobody_sees_make_no_difference(typed: str, form: str) -> None:
    assert PLAIN.apply(typed) == form


@pytest.mark.parametrize("typed", ["", "   ", "。。。", "🎉🎉", "\u200b", "，，", "13800138000"])
def test_of_what_says_nothing_nothing_is_left(typed: str) -> None:
    assert PLAIN.apply(typed) == ""


@pytest.mark.parametrize(
    ("typed", "form"),
    [
        ("办公租房 要无房证明", "办公租房，要无房证明"),
        ("办公租房\n\n要无房证明", "办公租房，要无房证明"),
        ("身 份 证 要 带", "身份证要带"),
        ("户口 本", "户口本"),
        (" 护照 ", "护照"),
        ("护照，", "护照"),
        ("护照!?；…身份证", "护照，身份证"),
    ],
)
def test_a_space_between_two_words_is_a_pause_and_any_other_is_a_slip(typed: str, form: str) -> None:
    assert PLAIN.apply(typed) == form


@pytest.mark.parametrize(
    ("typed", "form"),
    [
        ("2张照片", "二张照片"),
        ("２０２０年", "二零二零年"),
        ("我的号是33020319900101123X", "我的号是"),
        ("打13800138000问", "打问"),
        ("第1234号", "第一二三四号"),
    ],
)
def test_digits_are_read_out_and_long_numbers_say_nothing(typed: str, form: str) -> None:
    assert PLAIN.apply(typed) == form


@pytest.mark.parametrize(
    "typed", ["要带伐", "要带不", "要带么", "要带哇", "要带啵", "要带伐？", "要带不，", "要带伐啊"]
)
def test_a_question_may_end_in_dialect(typed: str) -> None:
    assert PLAIN.apply(typed).startswith("要带吗")


@pytest.mark.parametrize(
    "typed",
    [
        "带什么",
        "怎么",
        "那么",
        "这么",
        "树木采伐",
        "砍伐",
        "采伐许可证",
        "要不要带",
        "带不带",
        "户口不动",
        "么么哒",
        "伐",
        "不",
    ],
)
def test_what_only_looks_like_the_end_of_a_question_stays(typed: str) -> None:
    assert PLAIN.apply(typed) == typed


def test_a_pause_inside_does_not_hide_the_end_of_a_question() -> None:
    assert PLAIN.apply("身份证带不，户口本带伐") == "身份证带吗，户口本带吗"


def test_a_mark_alone_may_ask() -> None:
    assert PLAIN.apply("还要结婚证？") == PLAIN.apply("还要结婚证吗")
    assert PLAIN.apply("要带什么？") == "要带什么"


@pytest.mark.parametrize(
    ("typed", "form"),
    [
        ("阿拉要带啥西", "我们要带什么"),
        ("阿拉伯人", "阿拉伯人"),
        ("sfz带了", "身份证带了"),
        ("我的ID Card丢了", "我的身份证丢了"),
        ("id丢了", "证件丢了"),
        ("sfzx", "sfzx"),
        ("my id card", "my身份证"),
        ("E-License怎么看", "电子证照怎么看"),
        ("Driver’s  License", "驾照"),
        ("driver's license", "驾照"),
    ],
)
def test_known_words_become_standard_ones_and_the_longest_goes_first(typed: str, form: str) -> None:
    assert WORDS.apply(typed).replace(" ", "") == form


def test_a_replacement_is_not_replaced_again() -> None:
    assert Normaliser({"甲": "乙", "乙": "丙"}).apply("甲乙") == "乙丙"


@pytest.mark.parametrize("typed", SENT)
@pytest.mark.parametrize("normaliser", [PLAIN, WORDS], ids=["plain", "words"])
def test_the_form_of_a_form_is_the_form(normaliser: Normaliser, typed: str) -> None:
    once = normaliser.apply(typed)
    assert normaliser.apply(once) == once


def test_the_form_of_a_word_of_our_lexicon_is_the_form() -> None:
    rewrites = read_language(REAL).rewrites
    ours = Normaliser(rewrites)
    assert [value for value in rewrites.values() if ours.apply(ours.apply(value)) != ours.apply(value)] == []


def test_every_key_of_our_lexicon_is_found_where_it_stands_alone() -> None:
    rewrites = read_language(REAL).rewrites
    ours = Normaliser(rewrites)
    assert [key for key, value in rewrites.items() if ours.apply(key) != ours.apply(value)] == []


def test_pinyin_is_read_where_the_words_are_known() -> None:
    texts = ["身份证", "户口本", "要带吗"] * 2
    spelling = Spelling.learn(texts, syllables_of)
    normaliser = Normaliser({"sfz": "身份证"}, spelling)
    assert normaliser.apply("shenfenzheng yao dai ma") == "身份证要带吗"
    assert normaliser.apply("Shen Fen Zheng要带吗") == "身份证要带吗"
    assert normaliser.apply("sfz yaodaima") == "身份证要带吗"
    assert normaliser.apply("windows要带吗") == "windows要带吗"


def test_what_sounds_alike_has_one_sound() -> None:
    assert sound_of("户口本") == sound_of("户口奔")
    assert sound_of("身份证") == sound_of("身分正")
    assert sound_of("无房") != sound_of("有房")


def test_sounds_that_the_south_does_not_tell_apart_are_one() -> None:
    assert sound_of("诗") == sound_of("丝")
    assert sound_of("林") == sound_of("灵")
    assert sound_of("陈") == sound_of("程")


def test_sounds_keep_their_places() -> None:
    text = "办a证，要1"
    assert len(sound_of(text)) == len(text)
    assert sound_of(text)[1] == "a"
    assert sound_of(text)[3] == "，"


def test_syllables_are_as_typed_on_a_keyboard() -> None:
    assert syllables_of("办证a") == ["ban", "zheng", "a"]
