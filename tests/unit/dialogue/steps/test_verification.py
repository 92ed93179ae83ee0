"""How far a verification has come."""

from datetime import datetime

from bot.dialogue.dialogue import Utterance
from bot.dialogue.errands import TrackVerification, VerificationLine, VerificationsFound
from bot.domain.conversation import Memory
from bot.services.clock import CHINA_TIME
from intents.understanding import Intent
from tests.city import TODAY, make_city
from tests.unit.dialogue.talking import Talk, make_understanding, words_of


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


def test_ones_own_verifications_are_told_line_by_line() -> None:
    talk = Talk()
    talk.engine.understanding = make_understanding(Intent.VERIFICATION_TRACK)
    turned = talk.dialogue.begin(Utterance(text="核实到哪一步了"), Memory(), TODAY)
    assert turned.errand == TrackVerification()
    assert turned.resume is not None
    due = datetime(2026, 11, 22, 12, 30, tzinfo=CHINA_TIME)
    base = {"certificate": "无房证明", "unit": "登记中心", "due_at": due}
    lines = (
        VerificationLine(number="HS26-1", state="正在核实", result="", is_open=True, is_late=False, **base),
        VerificationLine(number="HS26-2", state="正在核实", result="", is_open=True, is_late=True, **base),
        VerificationLine(number="HS26-3", state="已核实", result="情况属实", is_open=False, is_late=False, **base),
    )
    text = words_of(turned.resume(VerificationsFound(lines=lines))[0])
    for word in ("3件", "HS26-1", "11月22日12:30前答复", "催办", "情况属实"):
        assert word in text


def test_who_has_none_gets_the_general_answer() -> None:
    talk = Talk()
    talk.engine.understanding = make_understanding(Intent.VERIFICATION_TRACK)
    turned = talk.dialogue.begin(Utterance(text="核实到哪一步了"), Memory(), TODAY)
    assert turned.resume is not None
    assert "24小时" in words_of(turned.resume(VerificationsFound())[0])
