"""Whatever is said in whatever memory ends in a reply that every client can show."""

from dataclasses import asdict
from datetime import UTC, date, datetime
from typing import Final

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.dialogue.dialogue import Utterance
from bot.dialogue.errands import ComplaintView, Duplicate, Filed, FollowAct, Followed, NotHere, Result, TimelineLine
from bot.domain.complaint import Contact, Draft, Field, Protection, Subject
from bot.domain.conversation import Memory, Reply, State
from bot.domain.work_order import Move
from intents.understanding import Act, Candidate, Intent, Level, Trace, Understanding
from tests.city import CERTIFICATES, FAQ, MATTERS, UNITS, make_city
from tests.unit.dialogue.talking import Talk

FAMILIES: Final = {"answered", "clarify", "unanswered", "handoff", "error"}
VERDICTS: Final = {"not_needed", "needed", "depends", "not_listed", "clarify", None}
ASKED: Final = {*Field, "confirm", None}
PARTS: Final = {"text", "verdict", "materials", "choices", "ticket", "link"}
NUMBER: Final = "TS26-4821-7730-5916"

matters = st.sampled_from([item.id for item in MATTERS])
certificates = st.sampled_from([item.id for item in CERTIFICATES])
persons = st.sampled_from([None, "self", "agent"])
places = st.sampled_from([None, "inside", "outside"])
shares = st.floats(min_value=0, max_value=1)
values = st.one_of(
    st.builds("matter:{}".format, matters),
    st.builds("certificate:{}".format, certificates),
    st.sampled_from(["confirm:yes", "confirm:no", "act:list", "act:still", "act:why", "act:complaint", "ask:什么"]),
    st.sampled_from(["file", "abandon", "resume", "anonymous", "separate", f"join:{NUMBER}"]).map(
        "complaint:{}".format
    ),
    st.builds("complaint:skip:{}".format, st.sampled_from(Field)),
    st.builds("follow:{}:{}".format, st.sampled_from([*FollowAct, "withdrawn", "?"]), st.just(NUMBER)),
)


def candidates(ids: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[Candidate, ...]]:
    return st.lists(st.builds(Candidate, id=ids, score=shares), max_size=5).map(tuple)


@st.composite
def understandings(draw: st.DrawFn) -> Understanding:
    """Whatever an engine may say: a slot has a value where its level is clear or confirm, and only there."""
    levels = st.sampled_from(Level)
    matter_level, certificate_level = draw(levels), draw(levels)
    is_matter, is_certificate = (level in {Level.CLEAR, Level.CONFIRM} for level in (matter_level, certificate_level))
    return Understanding(
        intent=draw(st.sampled_from(Intent)),
        confidence=draw(shares),
        matter=draw(matters) if is_matter else None,
        matter_level=matter_level,
        matters=draw(candidates(matters)),
        certificates=tuple(draw(st.lists(certificates, min_size=1, max_size=3, unique=True))) if is_certificate else (),
        certificate_level=certificate_level,
        certificate_candidates=draw(candidates(certificates)),
        units=tuple(draw(st.lists(st.sampled_from([item.id for item in UNITS]), max_size=2))),
        person=draw(persons),
        issued=draw(places),
        act=draw(st.one_of(st.none(), st.sampled_from(Act))),
        choice=draw(st.one_of(st.none(), st.integers(min_value=-1, max_value=6))),
        faq=draw(candidates(st.sampled_from([item.id for item in FAQ]))),
        faq_level=draw(levels),
        explain=lambda: Trace(normalised=""),
    )


subjects = st.builds(
    Subject,
    unit_id=st.one_of(st.none(), st.sampled_from([item.id for item in UNITS])),
    matter_id=st.one_of(st.none(), matters),
    certificate_ids=st.lists(certificates, max_size=2, unique=True).map(tuple),
    happened_on=st.one_of(st.none(), st.dates(min_value=date(2019, 1, 1), max_value=date(2030, 1, 1))),
)
drafts = st.builds(
    Draft,
    subject=subjects,
    contact=st.builds(Contact, phone=st.sampled_from(["", "13900001234"])),
    protection=st.sampled_from(Protection),
    story=st.text(max_size=20),
    asked=st.lists(st.sampled_from(Field), max_size=8, unique=True).map(tuple),
    skipped=st.just(()),
    is_paused=st.booleans(),
    joins=st.none(),
    pictures=st.just(()),
    person=persons,
    issued=places,
)
moments = st.dates(min_value=date(2020, 1, 1)).map(lambda day: datetime(day.year, day.month, day.day, 9, tzinfo=UTC))
views = st.builds(
    ComplaintView,
    number=st.just(NUMBER),
    title=st.just("住房局：无房证明"),
    due_at=st.one_of(st.none(), moments),
    filed_at=moments,
    hotline_number=st.sampled_from(["", "H-1"]),
    moves=st.lists(st.sampled_from(Move), unique=True).map(tuple),
    timeline=st.lists(st.builds(TimelineLine, at=moments, label=st.just("受理"), text=st.sampled_from(["", "好"]))).map(
        tuple
    ),
    outcome=st.sampled_from([None, "已解决"]),
    rating=st.sampled_from([None, 5]),
)
results = st.one_of(
    st.builds(Filed, number=st.just(NUMBER), due_at=st.one_of(st.none(), moments)),
    st.builds(Duplicate, number=st.just(NUMBER), filed_at=moments),
    st.builds(Followed, found=st.lists(views, max_size=6).map(tuple), refusal=st.sampled_from(["", "现在不能催"])),
    st.just(NotHere()),
)
memories = st.builds(
    Memory,
    state=st.sampled_from(State),
    matter=st.one_of(st.none(), matters),
    certificates=st.lists(certificates, max_size=2, unique=True).map(tuple),
    person=persons,
    issued=places,
    asks=st.sampled_from([None, "confirm", *(field.value for field in Field)]),
    offered=st.lists(values, max_size=5).map(tuple),
    clarified=st.integers(min_value=0, max_value=4),
    intent=st.one_of(st.none(), st.sampled_from([item.value for item in Intent])),
    verdict=st.none(),
    pending=st.lists(values, max_size=2).map(tuple),
    draft=st.one_of(st.none(), drafts),
)
utterances = st.one_of(
    st.builds(Utterance, text=st.text(max_size=60)),
    st.builds(Utterance, choice=st.one_of(values, st.text(max_size=20))),
)
days = st.dates(min_value=date(2019, 1, 1), max_value=date(2030, 1, 1))
CITY: Final = make_city()
TALK: Final = Talk(CITY)
BARE: Final = Talk(make_city(facts={}, articles={}, measures={}, national=(), faq={}))


def check_reply(reply: Reply) -> None:
    assert reply.status.split("_")[0] in FAMILIES
    assert reply.understood.verdict in VERDICTS
    assert reply.asks in ASKED
    assert reply.understood.intent in set(Intent)
    assert reply.parts
    for part in reply.parts:
        assert part.type in PARTS
        assert part.text.strip()
        assert part.verdict in VERDICTS
        assert all(choice.label and choice.value for choice in part.choices)
    first = reply.understood.certificates[:1]
    assert reply.understood.certificate == (first[0] if first else None)
    assert set(reply.entries) <= CITY.entries.keys()
    if reply.status.startswith("clarify") and not reply.understood.intent.startswith("complaint"):
        assert reply.understood.verdict == "clarify" or reply.status == "clarify_question"
    if reply.understood.verdict not in {None, "clarify"}:
        assert any(part.type == "verdict" for part in reply.parts)


@settings(max_examples=400, deadline=None)
@given(utterance=utterances, understanding=understandings(), memory=memories, today=days)
def test_every_turn_ends_in_a_reply(
    utterance: Utterance, understanding: Understanding, memory: Memory, today: date
) -> None:
    TALK.engine.understanding = understanding
    reply, remembered = TALK.dialogue.respond(utterance, memory, today)
    check_reply(reply)
    again, remembered_again = TALK.dialogue.respond(utterance, memory, today)
    assert asdict(again) == asdict(reply)
    assert remembered_again == remembered
    follow_up, _ = TALK.dialogue.respond(Utterance(text="那呢"), remembered, today)
    check_reply(follow_up)


@settings(max_examples=300, deadline=None)
@given(utterance=utterances, understanding=understandings(), memory=memories, result=results)
def test_whatever_the_world_brings_ends_in_a_reply(
    utterance: Utterance, understanding: Understanding, memory: Memory, result: Result
) -> None:
    TALK.engine.understanding = understanding
    turned = TALK.dialogue.begin(utterance, memory, date(2026, 11, 22))
    reply, remembered = turned.resume(result) if turned.resume else (turned.reply, turned.memory)
    check_reply(reply)
    if any(part.type == "ticket" for part in reply.parts) and reply.status == "answered_filed":
        assert remembered.draft is None


@settings(max_examples=200, deadline=None)
@given(understanding=understandings(), memory=memories)
def test_what_is_out_of_scope_never_gets_a_verdict(understanding: Understanding, memory: Memory) -> None:
    quiet = Understanding(
        intent=Intent.OUT_OF_SCOPE,
        confidence=understanding.confidence,
        matter=understanding.matter,
        matter_level=understanding.matter_level,
        certificates=understanding.certificates,
        certificate_level=understanding.certificate_level,
        explain=understanding.explain,
    )
    TALK.engine.understanding = quiet
    reply, _ = TALK.dialogue.respond(Utterance(text="今天天气怎么样"), memory, date(2026, 11, 22))
    assert reply.understood.verdict is None
    assert reply.entries == ()


@settings(max_examples=200, deadline=None)
@given(understanding=understandings())
def test_nobody_is_spared_on_an_unclear_slot(understanding: Understanding) -> None:
    TALK.engine.understanding = understanding
    reply, _ = TALK.dialogue.respond(Utterance(text="要带吗"), Memory(), date(2026, 11, 22))
    if reply.understood.verdict in {"not_needed", "not_listed"}:
        assert understanding.matter_level in {Level.CLEAR, Level.ABSENT}
        assert understanding.certificate_level is Level.CLEAR


def test_two_dialogues_of_the_same_data_answer_byte_for_byte_alike() -> None:
    replies = [
        Talk(make_city()).say("公租房要无房证明吗", matter="rent", certificates=("nohouse", "income")) for _ in range(2)
    ]
    assert repr(replies[0]) == repr(replies[1])


@settings(max_examples=100, deadline=None)
@given(utterance=utterances, understanding=understandings(), memory=memories)
def test_a_city_with_nothing_but_the_four_tables_answers_too(
    utterance: Utterance, understanding: Understanding, memory: Memory
) -> None:
    BARE.engine.understanding = understanding
    reply, _ = BARE.dialogue.respond(utterance, memory, date(2026, 11, 22))
    check_reply(reply)
