"""How far a verification has come."""

from intents.understanding import Intent
from tests.city import make_city
from tests.unit.dialogue.talking import Talk, words_of


def test_it_tells_both_limits_and_the_article(talk: Talk) -> None:
    text = words_of(talk.say("核实到哪一步了", Intent.VERIFICATION_TRACK))
    for word in ("半小时", "24小时", "不用自己跑", "12345", "规定 第十四条"):
        assert word in text


def test_for_a_known_matter_it_tells_whom_to_ask_and_the_one_limit(talk: Talk) -> None:
    talk.say("护照无房证明要吗", matter="passport", certificates=("nohouse",))
    text = words_of(talk.say("到哪一步了", Intent.VERIFICATION_TRACK))
    assert "桃源市公安局" in text
    assert "半小时" in text
    assert "24小时" not in text


def test_a_promised_matter_has_the_longer_limit(talk: Talk) -> None:
    text = words_of(talk.say("公租房核实到哪了", Intent.VERIFICATION_TRACK, matter="rent"))
    assert "24小时" in text
    assert "0000-1234" in text


def test_a_city_without_the_article_cites_none() -> None:
    assert "依据" not in words_of(Talk(make_city(articles={})).say("到哪了", Intent.VERIFICATION_TRACK))
