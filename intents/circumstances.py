"""Who comes and where a certificate was issued, told in any words: models over n-grams, weighed with the cue words.

Both decide verdicts (articles 12 and 2 of the city's rules). Names of places are hidden from the models behind two
marks, one for places of the city and one for all others: what tells is the words around them.
"""

import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final

import numpy as np

from intents.compose import normalise_phrases
from intents.cues import AGENT, OUTSIDE, OUTSIDE_NAMES, Judged, Signs, compile_agent, list_cue_words, read_signs
from intents.data import CIRCUMSTANCE_SIDES, HERE, SLOT_PATTERN, LanguageData
from intents.features import Floats, GramIndex
from intents.gating import EXTRA_ROWS
from intents.linear import Schedule, scale, stack_rows, train_linear
from intents.normalise import Normaliser
from intents.spotter import Spotter
from intents.tuning import Tuning, squash
from intents.understanding import Mention
from intents.vocabulary import Phrases, Vocabulary

# The sections of `circumstances.yaml` for each model of the table: those that are meant, those that only look so.
SIDES: Final = (CIRCUMSTANCE_SIDES[:2], CIRCUMSTANCE_SIDES[2:])
# Characters that no text holds once it is normalised.
_INSIDE_MARK, _OUTSIDE_MARK = "\x05", "\x04"
# How often a sentence with slots is filled.
_FILLINGS: Final = 6
# Names of places that fill slots come from the fillers this often, else from all places that the cues know.
_FILLER_SHARE: Final = 0.4
_OPENING_SHARE: Final = 0.3
# So many ordinary sentences for each composed one, at the most: most people tell nothing of circumstances.
_ORDINARY_EACH: Final = 4
_SCHEDULE: Final = Schedule(epochs=4, rate=0.2, dropout=0.4)
_SEED: Final = 7

Lesson = tuple[str, bool]


class PlaceMask:
    """Hides names of places.

    Args:
        cues: groups of words as in `cues.yaml`. own: names of the city's own places.
    """

    def __init__(
        self, cues: Mapping[str, Mapping[str, tuple[str, ...]]], own: Iterable[str], normalise: Callable[[str], str]
    ) -> None:
        outside = cues.get("out_of_city", {})
        self._names = frozenset(normalise(word) for kind in OUTSIDE_NAMES for word in outside.get(kind, ()))
        self._names |= frozenset(map(normalise, own))

    def apply(self, text: str, mentions: Sequence[Mention]) -> str:
        """The text with a mark for each name of a place among the mentions, which are in the order of the text."""
        for item in reversed(mentions):
            if item.kind == "place" and item.text in self._names:
                mark = _OUTSIDE_MARK if item.id == OUTSIDE else _INSIDE_MARK
                text = text[: item.start] + mark + text[item.end :]
        return text


class CircumstanceReader:
    """Reads who comes and where the certificate was issued.

    Attributes:
        mask: hides names of places, for the models.
    """

    def __init__(
        self, data: LanguageData, vocabulary: Vocabulary, normalise: Callable[[str], str], tuning: Tuning
    ) -> None:
        self.mask = PlaceMask(data.cues, vocabulary.places, normalise)
        self._agent_says = compile_agent(data.cues)
        self._tuning = tuning

    def read(self, text: str, mentions: Sequence[Mention], scores: tuple[float, float]) -> Signs:
        """What cue words and models together say.

        Args:
            text: normalised. mentions: of kinds `person` and `place` among others, longest only.
            scores: log-odds of either circumstance by the models.
        """
        signs = read_signs(text, mentions, self._agent_says)
        tuning = self._tuning
        agent = _judge(AGENT, tuning.person_agent, scores[0], signs.person == AGENT)
        outside = _judge(OUTSIDE, tuning.issued_outside, scores[1], signs.issued == OUTSIDE)
        # Who says outright that they act for another is mostly believed: article 12 then spares less, never more.
        (_, agent_share, _), (_, outside_share, _) = agent, outside
        is_agent = agent_share >= (tuning.cued_agent_at if signs.person == AGENT else tuning.agent_at)
        person = AGENT if is_agent else None if signs.person == AGENT else signs.person
        issued = OUTSIDE if outside_share >= tuning.outside_at else None if signs.issued == OUTSIDE else signs.issued
        return Signs(person=person, issued=issued, mentions=signs.mentions, judged=(agent, outside))


def _judge(name: str, weights: Sequence[float], score: float, is_cued: bool) -> Judged:
    cue = 1.0 if is_cued else 0.0
    return name, squash(weights[0] + weights[1] * score + weights[2] * cue), (score, cue)


def compose_lessons(
    data: LanguageData,
    vocabulary: Vocabulary,
    matters: Phrases,
    certificates: Phrases,
    normaliser: Normaliser,
    ordinary: Sequence[str],
) -> list[list[Lesson]]:
    """For each model the sentences that teach it, places hidden, and whether they tell its circumstance.

    Args:
        ordinary: other sentences, normalised. Those in which no cue word stands teach what tells nothing.
    """
    apply = normaliser.apply
    cue_words = list_cue_words(data.cues, vocabulary.places, apply)
    spotter = Spotter([word for word in cue_words if len(word[2]) > 1])
    mask, agent_says = PlaceMask(data.cues, vocabulary.places, apply), compile_agent(data.cues)
    source = random.Random(_SEED)
    fillers = _gather_fillers(data, vocabulary, matters, certificates, normaliser)
    lessons: list[list[Lesson]] = []
    for sides in SIDES:
        said: list[Lesson] = []
        for side in sides:
            for sentence in data.circumstances.get(side, ()):
                for text in _fill(sentence, fillers, source):
                    form = apply(text)
                    said.append((mask.apply(form, spotter.spot(form)), side == sides[0]))
        lessons.append(said)
    needed = [len(said) * _ORDINARY_EACH for said in lessons]
    for text in ordinary if any(needed) else ():
        mentions = spotter.spot(text)
        silent = (
            read_signs(text, mentions, agent_says).person != AGENT,
            not any(item.kind == "place" and item.id == OUTSIDE for item in mentions),
        )
        for number, is_silent in enumerate(silent):
            if is_silent and needed[number]:
                lessons[number].append((mask.apply(text, mentions), False))
                needed[number] -= 1
    for said in lessons:
        source.shuffle(said)
    return lessons


def train_circumstance(lessons: Sequence[Lesson], index: GramIndex) -> tuple[Floats, Floats]:
    """Weights (features, 2) and bias (2,); all are 0, which says nothing, where there are no lessons."""
    if not lessons:
        return np.zeros((index.size + EXTRA_ROWS, 2), dtype=np.float32), np.zeros(2, dtype=np.float32)
    rows = [index.extract(text).rows for text, _ in lessons]
    strengths = [scale(np.ones(len(found), dtype=np.float32)) for found in rows]
    labels = [int(is_told) for _, is_told in lessons]
    return train_linear(stack_rows(rows, strengths), labels, (index.size + EXTRA_ROWS, 2), _SCHEDULE)


def _gather_fillers(
    data: LanguageData, vocabulary: Vocabulary, matters: Phrases, certificates: Phrases, normaliser: Normaliser
) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Words for each slot, in groups that are drawn from with equal chances but for `place`."""
    outside = data.cues.get("out_of_city", {})
    elsewhere = [word for kind in OUTSIDE_NAMES for word in outside.get(kind, ()) if word not in vocabulary.places]
    named = {
        slot: (tuple(name for group in normalise_phrases(phrases, normaliser).values() for name in group),)
        for slot, phrases in (("matter", matters), ("certificate", certificates))
    }
    usual = {slot: (words,) for slot, words in data.fillers.items()}
    return usual | named | {"place": (data.fillers.get("place", ()), tuple(elsewhere)), HERE: (vocabulary.places,)}


def _fill(sentence: str, fillers: Mapping[str, tuple[tuple[str, ...], ...]], source: random.Random) -> Iterator[str]:
    """The sentence with its slots filled, several times where it has any."""

    def draw(slot: str) -> str:
        groups = [group for group in fillers.get(slot, ()) if group]
        if not groups:
            return ""
        group = groups[0] if len(groups) == 1 or source.random() < _FILLER_SHARE else groups[1]
        return source.choice(group)

    for _ in range(_FILLINGS if SLOT_PATTERN.search(sentence) else 1):
        opening = draw("opening") if source.random() < _OPENING_SHARE else ""
        yield opening + SLOT_PATTERN.sub(lambda slot: draw(slot.group(1)), sentence)
