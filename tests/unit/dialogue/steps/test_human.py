"""A person is asked for."""

from intents.understanding import Intent
from tests.unit.dialogue.talking import Talk, parts_of, words_of


def test_it_says_where_to_find_a_person(talk: Talk) -> None:
    reply = talk.say("转人工", Intent.HUMAN)
    assert (reply.state, reply.status, reply.understood.intent) == ("handoff", "handoff_requested", "human")
    assert "12345" in words_of(reply)
    assert parts_of(reply, "link")[0].url == "tel:12345"


def test_the_next_question_is_answered_as_ever(talk: Talk) -> None:
    talk.say("转人工", Intent.HUMAN)
    reply = talk.say("公租房身份证要吗", matter="rent", certificates=("id",))
    assert (reply.state, reply.understood.verdict) == ("idle", "not_needed")
