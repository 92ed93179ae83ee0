"""The trace says what was read, how likely each part is, and each rule that decided."""

from dataclasses import replace
from typing import Final

import pytest

from intents.engine import Engine, build_engine
from intents.tuning import Tuning
from intents.understanding import Context, Intent, Level, Trace, Understanding
from intents.vocabulary import Named
from tests.unit.intents.conftest import ENOUGH
from tests.unit.intents.tiny import VOCABULARY, make_language

RENT: Final = Context(matter="rent", certificates=("id",), intent=Intent.CERTIFICATE_NEEDED)
OUTSIDE: Final = Named(id="marry-out", name="市外出具的结婚证")


def rules_of(understanding: Understanding) -> tuple[str, ...]:
    return understanding.trace.decided_by


def teach(**tuning: float) -> Engine:
    """The small engine with other thresholds."""
    language = make_language(tuning={name: (value,) for name, value in tuning.items()})
    return build_engine(language, VOCABULARY, amounts=ENOUGH)


def test_the_trace_explains(engine: Engine) -> None:
    trace = engine.understand("租公租房，身份證要带吗？").trace
    assert trace.normalised == "租公租房，身份证要带吗"
    assert "".join(part.partition("/")[0] for part in trace.segments) == trace.normalised
    assert "身份证/证明" in trace.segments
    assert {"intent", "matter", "certificate 1", "faq"} <= trace.scores.keys()
    assert trace.scores["intent"][0].id == Intent.CERTIFICATE_NEEDED
    assert trace.decided_by[0] == "model:intent"


def test_mentions_stand_where_they_say(engine: Engine) -> None:
    heard = engine.understand("公租房申请要身份证吗，我替我妈去桃源市住房局")
    trace = heard.trace
    assert {"matter", "certificate", "unit", "person"} <= {item.kind for item in trace.mentions}
    assert all(trace.normalised[item.start : item.end] == item.text for item in trace.mentions)
    assert (heard.normalised, heard.mentions) == (trace.normalised, trace.mentions)


def test_the_trace_of_nothing_is_short(engine: Engine) -> None:
    trace = engine.understand("😀").trace
    assert (trace.normalised, trace.mentions) == ("", ())
    assert "".join(trace.segments) == ""


def test_a_trace_is_made_when_asked_for_and_once() -> None:
    made: list[Trace] = []

    def explain() -> Trace:
        made.append(Trace(normalised="文"))
        return made[-1]

    heard = Understanding(intent=Intent.SMALLTALK, confidence=1.0, explain=explain)
    assert made == []
    assert heard.trace is heard.trace is replace(heard, confidence=0.5).trace
    assert len(made) == 1


# Thresholds


def test_every_threshold_is_named_as_it_decides() -> None:
    trace = teach(beside_at=0.61, rerank_below=0.77).understand("办护照要身份证吗").trace
    assert trace.thresholds == replace(Tuning(), beside_at=0.61, rerank_below=0.77).thresholds
    assert {"answer_at", "confirm_at", "name_at", "beside_at", "intent_at", "faq_at", "rerank_below"} <= set(
        trace.thresholds
    )


def test_whoever_changes_what_was_told_changes_nothing_else(engine: Engine) -> None:
    engine.understand("办护照要身份证吗").trace.thresholds.clear()
    assert engine.understand("办护照要身份证吗").trace.thresholds


@pytest.mark.parametrize(
    ("tuning", "level"),
    [
        ({"faq_sought_at": 2.1}, Level.ABSENT),
        ({"faq_sure_at": 0.0}, Level.CLEAR),
        ({"faq_sure_at": 1.1, "faq_at": 0.0}, Level.CONFIRM),
        ({"faq_sure_at": 1.1, "faq_at": 1.1, "faq_lead_at": 1.0}, Level.CONFIRM),
        ({"faq_sure_at": 1.1, "faq_at": 1.1, "faq_apart_at": 1.1}, Level.OPEN),
        ({"faq_sure_at": 1.1, "faq_at": 1.1, "faq_lead_at": 1e9}, Level.OPEN),
    ],
)
def test_thresholds_say_how_far_a_curated_answer_fits(tuning: dict[str, float], level: Level) -> None:
    assert teach(**tuning).understand("刷脸怎么刷").faq_level is level


# Rules


@pytest.mark.parametrize(
    ("text", "context", "rule"),
    [
        ("那结婚证呢", RENT, "context:names another certificate"),
        ("那结婚证呢", RENT, "context:matter"),
        ("我替我妈办", RENT, "context:tells a circumstance"),
        ("我替我妈办", RENT, "context:certificate"),
        ("是的", RENT, "act:affirm"),
        ("护照申要带什么", None, "slips:护照申=matter:passport"),
        ("还要带吗", None, "again:slot missed"),
        ("结登婚记要带什么", None, "slips:结登婚记=matter:wedding"),
        ("登记要带什么", None, "general:登记"),
        ("身份证去哪里开", None, "slots:matter that issues it"),
        ("我替我妈办护照要身份证吗", None, "circumstances:agent"),
        ("我自己办护照要身份证吗", None, "cues:self"),
        ("老家开的结婚证要带吗", None, "circumstances:outside"),
        ("本市开的结婚证要带吗", None, "cues:inside"),
    ],
)
def test_a_rule_that_decides_is_told(engine: Engine, text: str, context: Context | None, rule: str) -> None:
    assert rule in rules_of(engine.understand(text, context))


def test_a_nickname_of_several_certificates_is_asked_about_only_where_no_matter_is_told(engine: Engine) -> None:
    asked = engine.understand("红本子还要带吗")
    assert "general:红本子" in rules_of(asked)
    assert (asked.certificates, asked.certificate_level) == ((), Level.OPEN)
    assert [item.id for item in asked.certificate_candidates] == ["marry", "hukou"]
    assert engine.understand("红本子还要带吗", Context(matter="wedding", intent=Intent.CERTIFICATE_NEEDED)).certificates


def test_a_doubt_about_a_scrap_is_told_where_nothing_else_is_in_doubt() -> None:
    assert "doubt:scrap" in rules_of(teach(intent_at=0.0).understand("登报"))


def test_where_no_rule_decides_none_is_told(engine: Engine) -> None:
    first, *others = rules_of(engine.understand("公租房申请要身份证吗"))
    assert first == "model:intent"
    assert {line.split()[0] for line in others} == {"matter", "certificate", "agent", "outside"}


def test_a_slip_that_a_known_name_contradicts_is_not_told(engine: Engine) -> None:
    assert not [line for line in rules_of(engine.understand("护照申领要带什么")) if line.startswith("slips:")]


def test_the_odds_of_circumstances_are_told(engine: Engine) -> None:
    *_, agent, outside = rules_of(engine.understand("我替我妈办护照要身份证吗"))
    assert (agent[:6], agent[-6:]) == ("agent ", " cue 1")
    assert (outside[:8], outside[-6:]) == ("outside ", " cue 0")


def test_a_certificate_that_is_another_one_where_it_is_from_outside_is_told() -> None:
    vocabulary = replace(VOCABULARY, certificates=(*VOCABULARY.certificates, OUTSIDE))
    engine = build_engine(make_language(), vocabulary, amounts=ENOUGH)
    heard = engine.understand("公租房申请，结婚证是安徽开的，要带吗")
    assert heard.certificates == ("marry-out",)
    assert "outside:marry=marry-out" in rules_of(heard)
    assert not [line for line in rules_of(engine.understand("结婚证要带吗")) if line.startswith("outside:")]


def test_doubt_about_the_intent_is_told_where_it_makes_a_difference() -> None:
    engine = teach(intent_at=1.1)
    assert "doubt:intent" in rules_of(engine.understand("公租房申请要身份证吗"))
    assert "doubt:intent" not in rules_of(engine.understand("你好"))


def test_a_certificate_too_unsure_to_be_answered_beside_another_is_told() -> None:
    heard = teach(beside_at=1.1).understand("户口本和身份证要带吗")
    assert len(heard.certificates) == 1
    assert "slots:unsure certificate left out" in rules_of(heard)


def test_a_name_that_is_believed_against_the_model_is_told() -> None:
    heard = teach(name_at=1.1).understand("身份证要带吗")
    assert heard.certificates == ("id",)
    assert "slots:known name believed" in rules_of(heard)


def test_a_word_for_no_paper_is_told() -> None:
    cues = make_language().cues | {"nothing_named": {"regexes": ("(那张)?证明",)}}
    heard = build_engine(make_language(cues=cues), VOCABULARY, amounts=ENOUGH).understand("那张证明要带吗")
    assert heard.certificates == ()
    assert "slots:words name no certificate" in rules_of(heard)


def test_a_slip_is_not_looked_for_in_words_for_no_paper() -> None:
    language = make_language(cues=make_language().cues | {"nothing_named": {"regexes": ("少一份证明",)}})
    plain, heard = (
        build_engine(one, VOCABULARY, amounts=ENOUGH).understand("领证，说我少一份证明")
        for one in (make_language(), language)
    )
    assert any("份证=" in rule for rule in rules_of(plain))
    assert not any("份证=" in rule for rule in rules_of(heard))


def test_the_variant_of_a_place_is_told() -> None:
    vocabulary = replace(
        VOCABULARY, matters=(*VOCABULARY.matters, Named(id="rent-east", name="东镇公租房申请", aliases=()))
    )
    engine = build_engine(make_language(), vocabulary, amounts=ENOUGH)
    heard = engine.understand("东镇公租房申请要带什么")
    assert heard.matter == "rent-east"
    assert "slots:variant of a place" in rules_of(heard)
    assert "slots:variant of a place" not in rules_of(engine.understand("公租房申请要带什么"))
