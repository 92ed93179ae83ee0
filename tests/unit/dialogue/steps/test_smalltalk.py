"""Small talk, short and kind."""

import pytest

from intents.understanding import Act, Intent
from tests.unit.dialogue.talking import Talk, words_of

CHAT = Intent.SMALLTALK


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("你好", "您好"),
        ("早上好呀", "您好"),
        ("Hello", "您好"),
        ("谢谢侬", "不客气"),
        ("辛苦了", "不客气"),
        ("拜拜", "再见"),
        ("你是谁啊 机器人吗", "免证办"),
        ("你叫什么名字", "免证办"),
        ("滚 什么垃圾系统", "对不住"),
        ("晓得了 没事了", "有事再问"),
        ("手滑了", "没关系"),
        ("哈哈哈", "查证明"),
        ("嘟嘟嘟", "我在呢"),
    ],
)
def test_each_kind_has_its_answer(talk: Talk, text: str, word: str) -> None:
    reply = talk.say(text, CHAT)
    assert word in words_of(reply)
    assert len(words_of(reply)) < 80
    assert (reply.understood.intent, reply.understood.verdict) == ("smalltalk", None)


def test_leaving_drops_the_question_that_waits(talk: Talk) -> None:
    talk.say("身份证要带吗", certificates=("id",))
    reply = talk.say("算了", CHAT, act=Act.ABANDON)
    assert (reply.asks, reply.state, talk.memory.asks, talk.memory.clarified) == (None, "idle", None, 0)
    assert reply.understood.intent == "smalltalk"


def test_leaving_counts_whatever_else_is_heard(talk: Talk) -> None:
    assert talk.say("不投诉了", Intent.OUT_OF_SCOPE, act=Act.ABANDON).understood.intent == "smalltalk"


def test_thanks_keep_the_topic(talk: Talk) -> None:
    talk.say("公租房身份证要吗", matter="rent", certificates=("id",))
    talk.say("谢谢", CHAT)
    assert (talk.memory.matter, talk.memory.certificates) == ("rent", ("id",))
