"""Who comes and where a certificate was issued, learned from sentences and weighed with cue words."""

import pytest

from intents.circumstances import PlaceMask, compose_lessons, train_circumstance
from intents.compose import Amounts
from intents.engine import Engine, build_engine
from intents.features import GramIndex
from intents.gating import EXTRA_ROWS
from intents.normalise import Normaliser
from intents.spotter import Spotter
from intents.vocabulary import gather_phrases
from tests.unit.intents.tiny import CERTIFICATES, CUES, MATTERS, VOCABULARY, make_language

SAID = {
    "agent": ("{person}没空，我去{matter}", "{person}走不动，我跑一趟{matter}", "{matter}我去，{person}不来"),
    "in_person": ("我自个去{matter}", "{matter}要{certificate}吗", "{person}的{certificate}要带吗", "我跟{person}都去"),
    "outside": ("{certificate}是{place}领的", "在{place}发的{certificate}要吗", "{place}的{certificate}"),
    "not_outside": ("我是{place}人，要{certificate}吗", "要去{place}，办{matter}", "{certificate}是{here}领的"),
}
FEW = Amounts(per_matter=20, per_certificate=20, per_sentence=6, least=0)


@pytest.fixture(scope="module")
def taught() -> Engine:
    # What so few sentences teach is unsure: here all that counts is which side is likelier.
    return build_engine(make_language(circumstances=SAID, tuning={"outside_at": (0.3,)}), VOCABULARY, amounts=FEW)


@pytest.mark.parametrize("text", ["老板没空，我去办护照", "我妈走不动，我跑一趟领证"])
def test_an_agent_is_heard_without_a_cue_word(taught: Engine, text: str) -> None:
    assert taught.understand(text).person == "agent"


@pytest.mark.parametrize("text", ["办护照要身份证吗", "我妈的身份证要带吗", "我自个去办护照"])
def test_relatives_that_are_only_named_are_no_agents(taught: Engine, text: str) -> None:
    assert taught.understand(text).person != "agent"


def test_a_cue_word_for_oneself_is_still_heard(taught: Engine) -> None:
    assert taught.understand("我自己办护照要身份证吗").person == "self"


def test_a_place_tells_where_a_paper_is_from_by_the_words_around_it(taught: Engine) -> None:
    assert taught.understand("结婚证是安徽领的").issued == "outside"
    assert taught.understand("要去安徽，办办护照").issued is None
    assert taught.understand("我是安徽人，要结婚证吗").issued is None


def test_the_trace_shows_what_was_judged(taught: Engine) -> None:
    told = taught.understand("老板没空，我去办护照").trace.decided_by
    assert told[-3] == "circumstances:agent"
    assert [line.split()[0] for line in told[-2:]] == ["agent", "outside"]
    assert all("cue 0" in line for line in told[-2:])


def test_the_trace_tells_of_a_cue_word_that_was_not_believed() -> None:
    engine = build_engine(make_language(tuning={"cued_agent_at": (0.99,)}), VOCABULARY, amounts=FEW)
    heard = engine.understand("我替我妈办护照")
    assert heard.person is None
    assert "circumstances:not agent" in heard.trace.decided_by


def test_without_the_file_cue_words_decide_alone() -> None:
    engine = build_engine(make_language(), VOCABULARY, amounts=FEW)
    assert engine.understand("我替我妈办护照").person == "agent"
    assert engine.understand("老板没空，我去办护照").person is None
    assert engine.understand("结婚证是安徽开的").issued == "outside"


def test_places_are_hidden_and_those_of_the_city_apart() -> None:
    spotter = Spotter([("place", "outside", "安徽"), ("place", "inside", "桃源"), ("place", "outside", "老家")])
    mask = PlaceMask(CUES, VOCABULARY.places, str)
    text = "安徽的，桃源的，老家的"
    hidden = mask.apply(text, spotter.spot(text))
    assert hidden == "\x04的，\x05的，老家的"


def test_ordinary_sentences_with_a_cue_teach_nothing() -> None:
    data, normaliser = make_language(circumstances=SAID), Normaliser({})
    phrases = gather_phrases(VOCABULARY.matters, MATTERS), gather_phrases(VOCABULARY.certificates, CERTIFICATES)
    ordinary = ["我要代办", "安徽好玩", "你好啊"]
    person, issued = compose_lessons(data, VOCABULARY, *phrases, normaliser, ordinary)
    assert ("安徽好玩".replace("安徽", "\x04"), False) in person
    assert ("我要代办", False) in issued
    assert {text for text, _ in person} & {"我要代办"} == set()
    assert ("你好啊", False) in person
    assert ("你好啊", False) in issued
    assert sum(told for _, told in person) == 6 * len(SAID["agent"])


def test_no_lessons_teach_nothing() -> None:
    index = GramIndex.learn(["要吗", "要吗"])
    weights, bias = train_circumstance([], index)
    assert weights.shape == (index.size + EXTRA_ROWS, 2)
    assert not weights.any()
    assert not bias.any()
