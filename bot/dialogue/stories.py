"""Reads a citizen's story: what was demanded for what, by whom, when, and what else it tells. Pure.

One reading serves the complaint in the chat, the desk and `assess`:

    reading = read_story(text, engine, catalogue, today)
    judged = assess(catalogue, reading.story, on=reading.day_of_visit(today))
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Protocol

from bot.dialogue.story_slots import Slots, choose_slots
from bot.dialogue.story_subjects import is_outside, refine_slots
from bot.dialogue.story_units import find_units
from bot.dialogue.story_words import StoryWords, load_words
from bot.dialogue.told_classes import load_classes, mask_names
from bot.dialogue.told_dates import ToldDay, find_told_day
from bot.domain.catalogue import Catalogue
from bot.domain.verdict import Circumstances, IssuedWhere, Person
from bot.violations import Demand, Story
from intents.understanding import Candidate, Context, Intent, Understanding

_SENTENCE_ENDS: Final = re.compile(r"[。！？!?；;\n]+")


class Understander(Protocol):
    """The engine, as far as stories need it."""

    def understand(self, text: str, context: Context | None = None) -> Understanding:
        """What a message means in its context."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryReading:
    """What was read in a story.

    Attributes:
        story: what `assess` judges.
        matters, certificates: candidates with their probability, best first, for choices where one is not settled.
        units: ids of the units that are named, the one that demanded first.
        when: the day told, with the part of the day.
        intent: what the engine takes the whole text for.
    """

    story: Story
    matters: tuple[Candidate, ...]
    certificates: tuple[Candidate, ...]
    units: tuple[str, ...]
    when: ToldDay
    intent: Intent

    def day_of_visit(self, otherwise: date) -> date:
        """The day told, or another where none was."""
        return self.when.day or otherwise


def prepare_reading() -> None:
    """Reads and learns now what stories are read by, so that the first citizen with one does not wait for it."""
    load_words()
    load_classes()


def read_story(text: str, engine: Understander, catalogue: Catalogue, today: date) -> StoryReading:
    """What a story tells.

    Args:
        text: as the citizen told it, of any length. today: the day on which it is told.
    """
    whole = engine.understand(text)
    sentences = [sentence for sentence in _SENTENCE_ENDS.split(text) if sentence.strip()]
    parts = tuple(map(engine.understand, sentences)) if len(sentences) > 1 else (whole,)
    units = find_units(parts, catalogue)
    slots = refine_slots(choose_slots(whole, parts, units, catalogue), parts, catalogue, load_words())
    return StoryReading(
        story=_make_story(whole, parts, units, slots, ends_asking=text.rstrip().endswith(("?", "？"))),
        matters=whole.matters,
        certificates=whole.certificate_candidates,
        units=units,
        when=find_told_day(text, today),
        intent=whole.intent,
    )


def _make_story(
    whole: Understanding,
    parts: Sequence[Understanding],
    units: Sequence[str],
    slots: Slots,
    *,
    ends_asking: bool,
) -> Story:
    words = load_words()
    sentences = tuple(part.normalised for part in parts)
    hinted = [item for sentence in sentences for item in words.list_hints(sentence)]
    demand = _find_demand(words, whole, sentences, ends_asking=ends_asking)
    told = _find_told(words, whole, parts, demand)
    if told and demand is Demand.DEMANDED and not any(words.shows("demanded", sentence) for sentence in sentences):
        demand = Demand.UNTOLD
    return Story(
        matter_id=slots.matter,
        certificate_ids=slots.certificates,
        unit_id=units[0] if units else None,
        told=told,
        hinted=tuple(dict.fromkeys((*hinted, *(int(item) for item in whole.breaches)))),
        circumstances=_find_circumstances(whole, parts),
        demand=demand,
        is_repeated=any(words.shows("repeated", sentence) for sentence in sentences),
        is_unshared=any(words.shows("unshared", sentence) for sentence in sentences),
        is_market_entity=any(words.shows("market", sentence) for sentence in sentences),
    )


def _find_told(
    words: StoryWords, whole: Understanding, parts: Sequence[Understanding], demand: Demand
) -> tuple[int, ...]:
    """Items that words tell of: by rule, else by likeness to examples. A question about what might be tells none."""
    sentences = [part.normalised for part in parts]
    if demand is Demand.ASKED and any(words.shows("hypothetical", sentence) for sentence in sentences):
        return ()
    told = [item for sentence in sentences for item in words.list_breaches(sentence)]
    told += (int(item) for item in whole.breaches if int(item) not in words.hints)
    if not told and demand is Demand.DEMANDED:
        likely = (
            load_classes().find_item(
                mask_names(part),
                is_demand=bool(part.certificates) and words.shows("demanded", part.normalised),
            )
            for part in parts
        )
        told = [item for item in likely if item is not None]
    return tuple(dict.fromkeys(told))


def _find_circumstances(whole: Understanding, parts: Sequence[Understanding]) -> Circumstances:
    """Who came and where the certificate is from, as the whole says or else any part of it."""
    person = next((item.person for item in (whole, *parts) if item.person), None)
    issued = next((item.issued for item in (whole, *parts) if item.issued), None)
    if is_outside(parts, load_words()):
        issued = IssuedWhere.OUTSIDE
    return Circumstances(person=Person(person) if person else None, issued=IssuedWhere(issued) if issued else None)


def _find_demand(words: StoryWords, whole: Understanding, sentences: Sequence[str], *, ends_asking: bool) -> Demand:
    """A demand, unless the story says that there was none, or is only a question."""
    text = "，".join(sentences)
    denials = ("denied", "spared") if words.shows("pleased", text) else ("denied",)
    if any(words.shows(sign, text) and not words.shows_beside("demanded", sign, text) for sign in denials):
        return Demand.DENIED
    is_asked = ends_asking or words.shows("asked", text)
    if is_asked and not words.shows("narrated", text) and whole.intent is not Intent.COMPLAINT_FILE:
        return Demand.ASKED
    return Demand.DEMANDED
