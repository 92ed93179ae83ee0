"""What short messages do to a conversation, read with the expressions that we ship."""

from typing import Final

import pytest

from intents.cues import ActReader
from intents.data import read_language
from intents.normalise import Normaliser
from intents.understanding import Act
from tests.unit.intents.test_normalise import REAL

HITS: Final = {
    Act.ABANDON: (
        "算了",
        "算了吧",
        "算了，不投诉了",
        "不问了",
        "我不办理了",
        "取消吧",
        "退出",
        "算了算了",
        "不弄了，太麻烦",
        "不用了谢谢",
    ),
    Act.SKIP: ("跳过", "这个不填", "不知道", "记不清了", "不留电话了", "匿名", "不方便说"),
    Act.REPEAT: ("再说一遍", "没听清", "看不懂", "你再说一遍", "啥意思"),
    Act.CHOOSE: ("第二个", "2", "选3", "就第一个吧", "最后一个", "第四项"),
    Act.ASK_BASIS: ("依据是什么", "有什么依据", "哪个文件规定的", "根据哪条法律", "你凭什么这么说", "有文件吗"),
    Act.ASK_WHY: ("为什么", "为啥呀", "那为什么不用带", "凭什么", "什么道理啊"),
    Act.ASK_REST: ("还有别的吗", "还要什么材料", "那还有什么要带的", "其他的呢", "就这些吗", "还要带啥"),
    Act.STILL_DEMANDED: (
        "他们还是要怎么办",
        "那窗口非要呢",
        "万一他们不认怎么办",
        "要是人家硬要我交",
        "他们就是要，怎么办",
    ),
    Act.CORRECT: ("不对，是公积金", "不是，我问的是护照", "说错了", "不是这个，我问的是落户", "你搞错了"),
    Act.AFFIRM: ("对", "是的", "嗯嗯", "好的，谢谢", "没错", "OK", "就是这个", "对啊，没错"),
    Act.DENY: ("不", "不是", "不对", "不是的", "错了", "都不是", "不要了", "不用，谢谢", "no"),
}
NEAR_MISSES: Final = {
    Act.ABANDON: ("算了一下要三千块", "取消的证明有哪些", "我不办了要带什么", "不问了，我打12345问"),
    Act.SKIP: ("没有身份证怎么办", "不知道要带什么", "跳过户籍那一步可以吗"),
    Act.REPEAT: ("再说一遍我要办公租房", "告知承诺是什么意思", "不明白为什么要结婚证"),
    Act.CHOOSE: ("第二个孩子上户口", "二手房过户", "一个人去行吗", "三张照片", "一套房"),
    Act.ASK_BASIS: ("依据户口本上的地址办", "文件要盖章吗", "公租房的规定里要不要收入证明"),
    Act.ASK_WHY: ("为什么公租房要收入证明", "凭什么证件能办公租房"),
    Act.ASK_REST: ("还要吗", "还要证明吗", "还有户口本呢", "还要带身份证吗", "这些证明还要什么章"),
    Act.STILL_DEMANDED: (
        "还要带身份证吗",
        "窗口就是要我开，我要投诉",
        "单位要不要盖章",
        "窗口要身份证吗",
        "他们要什么材料",
    ),
    Act.CORRECT: ("这样做对不对", "身份证号码错了怎么改", "户口本登记的不是我的名字"),
    Act.AFFIRM: ("好的证明在哪开", "是不是要身份证", "对方不肯配合", "行驶证要带吗", "可以不带吗"),
    Act.DENY: ("不动产登记", "没有结婚证行吗", "不是本人去可以吗", "不要户口本吧"),
}


@pytest.fixture(scope="module")
def reader() -> ActReader:
    return ActReader(read_language(REAL).acts)


@pytest.fixture(scope="module")
def form() -> Normaliser:
    return Normaliser(read_language(REAL).rewrites)


def test_every_act_is_covered() -> None:
    assert HITS.keys() == NEAR_MISSES.keys() == set(Act)


@pytest.mark.parametrize(("act", "text"), [(act, text) for act, texts in HITS.items() for text in texts])
def test_an_act_is_heard(reader: ActReader, form: Normaliser, act: Act, text: str) -> None:
    assert reader.read(form.apply(text))[0] is act


@pytest.mark.parametrize(("act", "text"), [(act, text) for act, texts in NEAR_MISSES.items() for text in texts])
def test_a_question_that_only_begins_or_ends_like_an_act_is_none(
    reader: ActReader, form: Normaliser, act: Act, text: str
) -> None:
    assert reader.read(form.apply(text))[0] is not act


@pytest.mark.parametrize(
    ("text", "place"),
    [("第一个", 0), ("第2个", 1), ("3", 2), ("选第四个吧", 3), ("第六项", 5), ("最后一个", -1), ("最后那个", None)],
)
def test_a_choice_tells_which(reader: ActReader, form: Normaliser, text: str, place: int | None) -> None:
    act, choice = reader.read(form.apply(text))
    assert choice == place
    assert (act is Act.CHOOSE) == (place is not None)


def test_other_acts_choose_nothing(reader: ActReader) -> None:
    assert reader.read("是的") == (Act.AFFIRM, None)
    assert reader.read("") == (None, None)


def test_of_two_acts_that_fit_the_first_of_the_file_counts() -> None:
    assert ActReader({"deny": ("不要",), "abandon": ("不要", "算了")}).read("不要") == (Act.DENY, None)


def test_a_message_must_fit_as_a_whole() -> None:
    reader = ActReader({"affirm": ("对", "是的")})
    assert reader.read("对不起") == (None, None)
    assert reader.read("不是的") == (None, None)
