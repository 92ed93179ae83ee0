"""Reply templates: all of them are used, and what cannot be filled is refused."""

import re
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from bot.dialogue.complaint_words import ComplaintWords
from bot.dialogue.errands import FollowAct
from bot.dialogue.replies import Replies, join_sentences
from bot.domain.catalogue import Measure
from bot.domain.complaint import Field, Protection
from bot.domain.errors import DataFindingsError
from bot.domain.verdict import VerdictKind
from bot.violations import Fact, HigherLaw

KINDS = [kind.value for kind in VerdictKind]
DEFINITE = [kind.value for kind in VerdictKind if kind is not VerdictKind.CLARIFY]
MEASURES = [measure.value for measure in Measure]
DEEDS = ("list", "still", "obtain", "complaint", "human")
ASKED = ("story", "unit", "matter", "certificate", "date", "phone")
LAWFUL_REASONS = ("not_yet", "excluded", "judicial", "agent", "issued_outside", "all_agree")
# Keys that the code composes; all others stand in it as they are.
COMPOSED = {
    *(f"word.{kind}" for kind in KINDS),
    *(f"verification.{line}" for line in ("line", "line_open", "line_late")),
    *(f"e_license_wish.{kind}.words" for kind in ("ask", "fetch", "refuse")),
    *(f"verdict.any_{kind}" for kind in ("needed", "depends")),
    *(f"verdict.{reason}" for reason in ("judicial", "agent", "issued_outside", "substitute", "commitment")),
    *(f"how.{measure}" for measure in MEASURES),
    *chain.from_iterable((f"several.all_{kind}", f"several.{kind}") for kind in DEFINITE),
    *(f"materials.{key}" for key in ("spared", "needed", "depends")),
    *(f"materials.group_{kind}" for kind in ("needed", "depends")),
    *(f"next.{deed}" for deed in DEEDS),
    *chain.from_iterable((f"follow.why.{kind}", f"follow.still.{kind}") for kind in KINDS),
    *chain.from_iterable((f"follow.why_measure.{measure}", f"follow.how.{measure}") for measure in MEASURES),
    *(f"materials.group_not_needed.{measure}" for measure in MEASURES if measure != Measure.NOT_YET),
    *(f"obtain.{kind}" for kind in DEFINITE),
    *(f"obtain.any_{kind}" for kind in ("not_needed", "mixed")),
    *(f"complaint.ask.{field}" for field in ASKED),
    *(f"complaint.required.{field}" for field in ("story", "unit", "phone")),
    *(f"complaint.protection.{protection}" for protection in Protection),
    *(f"complaint.line.{line}" for line in (*Field, "protection", "callback", "pictures")),
    *(
        f"complaint.channel.{channel}.{part}"
        for channel in ComplaintWords.load().channels
        for part in ("text", "number")
    ),
    *(f"complaint.duplicate.{whose}" for whose in ("own", "other")),
    *(f"complaint.follow.{move}" for move in ("look", "urge", "add", "reopen", "withdraw")),
    *(f"complaint.follow.ask_{act}" for act in ("add", "reopen")),
    *(f"complaint.done.{act}" for act in FollowAct if act is not FollowAct.LOOK),
    *(f"complaint.rate.level_{level}" for level in range(1, 6)),
    *(f"assess.{law.name.lower()}" for law in HigherLaw),
    *(f"assess.ask.{fact}" for fact in Fact),
    *(f"assess.ask.{fact}_of" for fact in ("matter", "issued")),
    *(f"assess.why.{reason}" for reason in ("not_yet", "excluded")),
    *(f"assess.why.{reason}_plain" for reason in LAWFUL_REASONS),
}
PICKED = {
    "emergency": ("self_harm", "fire", "illness", "crime"),
    "smalltalk": ("swear", "wrong", "who", "bye", "thanks", "greeting", "done", "feeling"),
}


@pytest.fixture(scope="module")
def say() -> Replies:
    return Replies.load({})


def make_replies(**content: Any) -> Replies:
    return Replies({"facts": {"hotline": "12345"}, **content}, {})


def test_every_template_is_used_and_every_key_has_one(say: Replies) -> None:
    code = "\n".join(path.read_text("utf-8") for path in Path("bot/dialogue").rglob("*.py"))
    literal = {key for key in say.keys if f'"{key}"' in code}
    picked = {
        f"{section}.{kind}.{part}" for section, kinds in PICKED.items() for kind in kinds for part in ("words", "text")
    } | {f"{section}.other.text" for section in PICKED}
    picked |= {f"emergency.{kind}.signs" for kind in PICKED["emergency"]}
    assert say.keys - literal - COMPOSED - picked == set()
    assert (COMPOSED | picked) - say.keys == set()


def test_every_key_in_the_code_has_a_template(say: Replies) -> None:
    code = "\n".join(path.read_text("utf-8") for path in Path("bot/dialogue").rglob("*.py"))
    asked = set(re.findall(r'_?say\(\s*"([a-z_.]+)"', code))
    assert asked - say.keys == set()


def test_a_city_fills_in_its_facts() -> None:
    assert "0000" in Replies.load({"hotline": "0000"})("human.text")
    assert "12345" in Replies.load({})("human.text")


def test_an_unknown_placeholder_is_refused_with_its_place() -> None:
    with pytest.raises(DataFindingsError) as caught:
        make_replies(human={"text": "打{hotline}，找{nobody}"})
    assert [str(finding) for finding in caught.value.findings] == ["replies.yaml human.text：不认识的占位符 {nobody}"]


def test_a_value_that_is_not_given_is_an_error() -> None:
    with pytest.raises(KeyError):
        make_replies(ask={"text": "办{matter}"})("ask.text")


def test_values_are_filled_as_they_are() -> None:
    assert make_replies(ask={"text": "办{matter}"})("ask.text", matter="{hotline}") == "办{hotline}"


def test_the_first_kind_with_a_word_is_picked() -> None:
    say = make_replies(talk={"a": {"words": ["好"], "text": "A"}, "b": {"words": ["好", "坏"], "text": "B"}})
    assert [say.pick("talk", text) for text in ("很好", "很坏", "还行")] == ["a", "b", "other"]


@pytest.mark.parametrize(
    ("sentences", "joined"),
    [
        (["甲", "乙"], "甲。乙。"),
        (["甲。", "", "乙；"], "甲。乙。"),
        (["甲！", "乙？"], "甲！乙？"),
        (["这样说：“给。”", "乙"], "这样说：“给。”乙。"),
        ([], ""),
    ],
)
def test_sentences_end_in_one_stop(sentences: list[str], joined: str) -> None:
    assert join_sentences(sentences) == joined


def test_texts_are_plain_and_kind(say: Replies) -> None:
    content = Path("bot/dialogue/replies.yaml").read_text("utf-8")
    texts = [line.split(":", 1)[1] for line in content.splitlines() if ":" in line and not line.startswith("#")]
    unkind = re.compile("你(?!们)|请知悉|兹|须|予以|贵方|本系统|用户")
    assert [text for text in texts if "[" not in text and unkind.search(text)] == []
