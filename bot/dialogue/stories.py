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

from bot.dialogue.story_units import find_units
from bot.dialogue.story_words import StoryWords
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


def read_story(text: str, engine: Understander, catalogue: Catalogue, today: date) -> StoryReading:
    """What a story tells.

    Args:
        text: as the citizen told it, of any length. today: the day on which it is told.
    """
    whole = engine.understand(text)
    sentences = tuple(part for part in _SENTENCE_ENDS.split(whole.trace.normalised or text) if part)
    units = find_units(whole, catalogue)
    return StoryReading(
        story=_make_story(whole, sentences, units),
        matters=whole.matters,
        certificates=whole.certificate_candidates,
        units=units,
        when=find_told_day(text, today),
        intent=whole.intent,
    )


def _make_story(whole: Understanding, sentences: Sequence[str], units: Sequence[str]) -> Story:
    words = StoryWords.load()
    told = [item for sentence in sentences for item in words.list_breaches(sentence)]
    return Story(
        matter_id=whole.matter,
        certificate_ids=whole.certificates,
        unit_id=units[0] if units else None,
        told=tuple(dict.fromkeys(told)) or tuple(int(item) for item in whole.breaches),
        circumstances=Circumstances(
            person=Person(whole.person) if whole.person else None,
            issued=IssuedWhere(whole.issued) if whole.issued else None,
        ),
        demand=Demand.DEMANDED,
        is_repeated=any(words.shows("repeated", sentence) for sentence in sentences),
        is_unshared=any(words.shows("unshared", sentence) for sentence in sentences),
        is_market_entity=any(words.shows("market", sentence) for sentence in sentences),
    )
