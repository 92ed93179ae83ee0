"""Who comes to the counter and where a certificate was issued, heard from the cue words that we ship."""

import pytest

from intents.compose import Amounts
from intents.cues import list_cue_words
from intents.data import read_language
from intents.engine import Engine, build_engine
from tests.unit.intents.test_normalise import REAL
from tests.unit.intents.tiny import CUES, VOCABULARY, make_language


@pytest.fixture(scope="module")
def engine() -> Engine:
    """The small engine with the lexicon and the cue words of the real one."""
    real = read_language(REAL)
    language = make_language(cues=real.cues, rewrites=real.rewrites)
    return build_engine(
        language, VOCABULARY, amounts=Amounts(per_matter=20, per_certificate=20, per_sentence=6, least=0)
    )


@pytest.mark.parametrize(
    "text",
    [
        "我替我妈办公租房要身份证吗",
        "帮老板去办护照，身份证要带吗",
        "代办要带身份证吗",
        "本人不来行吗，身份证要带吗",
        "我老公来不了，我去领行吗",
        "受委托办护照要户口本吗",
        "替別人辦護照要身份證嗎",
        "阿拉阿姆走勿动，我替伊去办",
    ],
)
def test_somebody_acts_for_another(engine: Engine, text: str) -> None:
    assert engine.understand(text).person == "agent"


@pytest.mark.parametrize(
    "text", ["我本人去办护照要身份证吗", "我自己去，身份证要带吗", "本人到场还要户口本吗", "陪我妈去办"]
)
def test_the_applicant_comes_in_person(engine: Engine, text: str) -> None:
    assert engine.understand(text).person == "self"


@pytest.mark.parametrize(
    "text",
    [
        "办护照要身份证吗",
        "帮我查一下办护照要身份证吗",
        "帮我办一下公租房",
        "能用户口本替代身份证吗",
        "我妈的身份证要带吗",
        "我老婆的户口本在老家",
        "给宝宝办护照要身份证吗",
    ],
)
def test_asking_a_favour_or_naming_an_owner_is_no_agent(engine: Engine, text: str) -> None:
    assert engine.understand(text).person is None


def test_an_agent_weighs_more_than_a_word_for_oneself(engine: Engine) -> None:
    assert engine.understand("我替我妈去办，她不能亲自去，身份证要带吗").person == "agent"


@pytest.mark.parametrize(
    "text",
    [
        "结婚证是老家开的，公租房还要带吗",
        "安徽发的身份证要带吗",
        "户口本在四川办的",
        "我的结婚证是外地的",
        "国外开的结婚证要不要带",
        "补了一张杭州的结婚证",
        "外省户口本要带吗",
        "安徽结婚证要带吗",
    ],
)
def test_a_certificate_from_elsewhere(engine: Engine, text: str) -> None:
    assert engine.understand(text).issued == "outside"


@pytest.mark.parametrize(
    "text",
    [
        "我是外地人，公租房要身份证吗",
        "外地人办护照要户口本吗",
        "外地户口能办公租房吗",
        "外来务工人员的公租房要身份证吗",
        "我是安徽人，身份证要带吗",
        "我从湖南来，身份证要带吗",
        "在兰州拉面打工，公租房要收入证明吗",
        "去香港办护照要什么",
        "办护照要身份证吗",
    ],
)
def test_where_people_come_from_is_not_where_a_paper_was_issued(engine: Engine, text: str) -> None:
    assert engine.understand(text).issued is None


@pytest.mark.parametrize("text", ["桃源开的结婚证要带吗", "结婚证是本市的，要带吗", "我们街道开的收入证明"])
def test_a_certificate_from_here(engine: Engine, text: str) -> None:
    assert engine.understand(text).issued == "inside"


def test_from_elsewhere_weighs_more_than_from_here(engine: Engine) -> None:
    assert engine.understand("我住东镇，结婚证是四川开的").issued == "outside"


def test_places_of_this_city_never_count_as_elsewhere() -> None:
    words = list(list_cue_words(CUES, VOCABULARY.places, str))
    assert ("place", "outside", "桃源") not in words
    assert ("place", "inside", "桃源") in words
    assert ("place", "outside", "安徽") in words


def test_patterns_are_filled_with_every_person() -> None:
    words = {word for kind, key, word in list_cue_words(CUES, (), str) if (kind, key) == ("person", "agent")}
    assert words == {"代办", "替我妈", "替老板", "帮我妈办", "帮老板办"}


def test_words_of_a_breach_are_heard_in_order(engine: Engine) -> None:
    assert engine.understand("办事指南还写着要结婚证，说是他们自己定的").breaches == ("4", "2")
    assert engine.understand("公租房要结婚证吗").breaches == ()


def test_a_language_without_cues_hears_none(engine: Engine) -> None:
    few = Amounts(per_matter=4, per_certificate=4, per_sentence=1, least=0)
    deaf = build_engine(make_language(cues={}), VOCABULARY, amounts=few)
    understood = deaf.understand("我替我妈办，四川开的")
    assert (understood.person, understood.issued, understood.breaches) == (None, None, ())
