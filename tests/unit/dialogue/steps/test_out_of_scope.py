"""What the bot cannot help with."""

from intents.understanding import Intent
from tests.unit.dialogue.talking import Talk, words_of

ELSEWHERE = Intent.OUT_OF_SCOPE


def test_it_says_so_plainly_with_where_to_turn(talk: Talk) -> None:
    reply = talk.say("红绿灯坏了找谁", ELSEWHERE)
    assert (reply.status, reply.understood.verdict) == ("unanswered_out_of_scope", None)
    assert "帮不上" in words_of(reply)
    assert "12345" in words_of(reply)


def test_a_unit_that_is_named_is_where_to_turn(talk: Talk) -> None:
    assert "0000-1234" in words_of(talk.say("住房局几点开门", ELSEWHERE, units=("housing",)))
    assert "桃源市公安局" in words_of(talk.say("派出所几点开门", ELSEWHERE, units=("police",)))


def test_it_never_gives_a_verdict(talk: Talk) -> None:
    reply = talk.say("杭州公租房无房证明", ELSEWHERE, matter="rent", certificates=("nohouse",))
    assert (reply.understood.verdict, reply.understood.matter, reply.entries) == (None, None, ())


def test_what_cannot_be_read_is_answered_with_an_example(talk: Talk) -> None:
    for text in ("asdkjhf 啊啊啊啊", "???", "1"):
        reply = talk.say(text, ELSEWHERE)
        assert reply.status == "unanswered_unreadable"
        assert "办公租房申请要居民身份证吗" in words_of(reply)


def test_a_sentence_in_letters_is_read(talk: Talk) -> None:
    assert talk.say("hong lv deng huai le", ELSEWHERE).status == "unanswered_out_of_scope"


def test_the_topic_is_kept(talk: Talk) -> None:
    talk.say("公租房身份证要吗", matter="rent", certificates=("id",))
    talk.say("今天下雨吗", ELSEWHERE)
    assert talk.memory.matter == "rent"
