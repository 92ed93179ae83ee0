"""Trains the engine's model from language data and a vocabulary."""

import random
import re
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from intents.circumstances import compose_lessons, train_circumstance
from intents.compose import CERTIFICATE, MATTER, OTHER, Amounts, Composer, Sample, Span, normalise_pieces
from intents.data import MARKS, LanguageData
from intents.features import Floats, GramIndex, Grams
from intents.gating import EXTRA_ROWS, gate, gate_spans, summarise
from intents.kernels.roles import FIRST
from intents.linear import Schedule, Table, scale, stack_rows, train_linear
from intents.model import Model
from intents.normalise import Normaliser, syllables_of
from intents.role_training import Lesson, train_roles
from intents.spelling import Spelling
from intents.swapping import swap_slots
from intents.understanding import Intent
from intents.vocabulary import Phrases, Vocabulary

# A whole question teaches more than a composed one: it is learned from so many times.
_QUESTION_WEIGHT: Final = 3
_SEED: Final = 7
_ROLE_SAMPLES: Final = 12_000
# So many versions of the whole questions, their names swapped, teach roles in turn: another one each pass.
_SWAPS: Final = 6
# Rarer n-grams cost memory and time and add nothing to accuracy.
_LEAST_TEXTS: Final = 4
# Composed sentences that name no matter teach all the same thing; one in so many is enough.
_UNNAMED_EVERY: Final = 3
_SLOTS: Final = re.compile(r"\{\w+\}")
_BRACKETS: Final = re.compile(r"[<>\[\]]")
# A name alone says little about what is wanted; only so many of them teach the intent.
_BARE_EVERY: Final = 8
_SLOT_SCHEDULE: Final = Schedule(epochs=5, rate=0.2, dropout=0.5)
_FAQ_SCHEDULE: Final = Schedule(epochs=12, rate=0.2, dropout=0.3)
_INTENT_SCHEDULE: Final = Schedule(epochs=5, rate=0.2, dropout=0.5)

Trained = tuple[Floats, Floats]


@dataclass(frozen=True, slots=True)
class Case:
    """A training sentence with its n-grams and the roles that the first model reads in it."""

    sample: Sample
    grams: Grams
    roles: Floats

    @property
    def times(self) -> int:
        """How often it is learned from in a pass."""
        return _QUESTION_WEIGHT if self.sample.whole else 1


def train_model(
    data: LanguageData,
    vocabulary: Vocabulary,
    matters: Phrases,
    certificates: Phrases,
    amounts: Amounts,
) -> Model:
    """The model for one catalogue; the same data gives the same model."""
    spelling = _learn_spelling(data, (matters, certificates))
    normaliser = Normaliser(data.rewrites, spelling)
    samples = Composer(data, vocabulary, matters, certificates, normaliser).compose(amounts)
    samples += read_questions(data, vocabulary, normaliser)
    random.Random(_SEED).shuffle(samples)
    ordinary = list(dict.fromkeys(sample.text for sample in samples))
    lessons = compose_lessons(data, vocabulary, matters, certificates, normaliser, ordinary)
    told = {text for group in lessons for text, _ in group}
    index = GramIndex.learn({*ordinary, *told}, least=_LEAST_TEXTS)
    grams = {text: index.extract(text) for text in ordinary}
    with ThreadPoolExecutor() as pool:  # most of the work is in compiled loops, which let other threads run
        without_roles = [
            pool.submit(_train_faq, vocabulary, normaliser, index),
            *(pool.submit(train_circumstance, group, index) for group in lessons),
        ]
        roles = train_roles(_choose_lessons(samples, grams), _vary_lessons(samples, index), index.size)
        read = dict(zip(grams, pool.map(roles.read, grams.values()), strict=True))
        cases = [Case(sample, grams[sample.text], read[sample.text]) for sample in samples]
        by_roles = [
            pool.submit(_train_matters, cases, index.size, len(matters.by_id)),
            pool.submit(_train_certificates, cases, index.size, len(certificates.by_id)),
            pool.submit(_train_intents, cases, index.size),
        ]
        table = Table.pack([one.result() for one in (*by_roles, *without_roles)])
    return Model(spelling=spelling, index=index, roles=roles, table=table)


def _choose_lessons(samples: Sequence[Sample], grams: Mapping[str, Grams]) -> list[Lesson]:
    """The sentences that teach roles: every whole question that is marked, and enough composed ones."""
    marked = [sample for sample in samples if sample.located and sample.whole]
    composed = [sample for sample in samples if sample.located and not sample.whole]
    return [Lesson(grams[sample.text], _mark_first(sample)) for sample in (*marked, *composed[:_ROLE_SAMPLES])]


def _vary_lessons(samples: Sequence[Sample], index: GramIndex) -> list[list[Lesson]]:
    """Marked questions with their names swapped, again and again: one list for each pass, as long as they last."""
    marked = [sample for sample in samples if sample.located and sample.whole]
    return [[Lesson(index.extract(text), voices) for text, voices in swapped] for swapped in swap_slots(marked, _SWAPS)]


def _mark_first(sample: Sample) -> npt.NDArray[np.int8]:
    """The role of each character, and where the name of a certificate begins."""
    voices = sample.roles.copy()
    voices[[span.start for span in sample.spans if span.start < span.end]] = FIRST
    return voices


def _learn_spelling(data: LanguageData, phrases: tuple[Phrases, ...]) -> Spelling:
    plain = Normaliser(data.rewrites)
    texts = [plain.apply(phrase) for group in phrases for names in group.by_id.values() for phrase in names]
    texts += [plain.apply(piece) for group in data.sentences.values() for said in group for piece in _SLOTS.split(said)]
    texts += [plain.apply(_BRACKETS.sub("", question.text)) for question in data.questions]
    return Spelling.learn(texts, syllables_of)


def read_questions(data: LanguageData, vocabulary: Vocabulary, normaliser: Normaliser) -> list[Sample]:
    """The whole questions that name only what this vocabulary has, with the roles that their marks give."""
    matters = {item.name: place for place, item in enumerate(vocabulary.matters)}
    certificates = {item.name: place for place, item in enumerate(vocabulary.certificates)}
    samples = []
    for question in data.questions:
        is_known = not question.matter or question.matter in matters
        if is_known and certificates.keys() >= set(question.certificates):
            text, roles, places = _read_marks(question.text, normaliser)
            found = places or [(0, len(text))] * len(question.certificates)
            spans = [
                Span(start, end, certificates[name])
                for name, (start, end) in zip(question.certificates, found, strict=False)
            ]
            matter = matters.get(question.matter)
            samples.append(
                Sample(text, roles, question.intent, matter, tuple(spans), located=bool(roles.any()), whole=True)
            )
    return samples


def _read_marks(marked: str, normaliser: Normaliser) -> tuple[str, npt.NDArray[np.int8], list[tuple[int, int]]]:
    """Text, role of each character, and places of certificates, of a question with <matter> and [certificate]."""
    pieces = [piece for piece in MARKS.split(marked) if piece]
    forms = normalise_pieces([piece.strip("<>[]") for piece in pieces], normaliser)
    roles: list[int] = []
    places: list[tuple[int, int]] = []
    for piece, form in zip(pieces, forms, strict=True):
        role = {"<": MATTER, "[": CERTIFICATE}.get(piece[0], OTHER) if MARKS.fullmatch(piece) else OTHER
        if role == CERTIFICATE:
            places.append((len(roles), len(roles) + len(form)))
        roles += [role] * len(form)
    return "".join(forms), np.array(roles, dtype=np.int8), places


def _train_matters(cases: Sequence[Case], width: int, count: int) -> Trained:
    kept = [
        case
        for place, case in enumerate(cases)
        if case.sample.matter is not None
        or (case.sample.located and (case.sample.whole or place % _UNNAMED_EVERY == 0))
    ]
    strengths = [scale(gate(case.roles, case.grams, MATTER)) for case in kept]
    labels = [count if (matter := case.sample.matter) is None else matter for case in kept]
    texts = stack_rows([case.grams.rows for case in kept], strengths)
    times = [case.times for case in kept]
    return train_linear(texts, labels, (width + EXTRA_ROWS, count + 1), _SLOT_SCHEDULE, times)


def _train_certificates(cases: Sequence[Case], width: int, count: int) -> Trained:
    rows, labels, times = [], [], []
    strengths: list[Floats] = []
    for case in cases:
        spans = case.sample.spans
        gates = gate_spans(case.roles, case.grams, [(span.start, span.end) for span in spans])
        rows += [case.grams.rows] * len(spans)
        strengths += map(scale, gates)
        labels += [span.index for span in spans]
        times += [case.times] * len(spans)
    return train_linear(stack_rows(rows, strengths), labels, (width + EXTRA_ROWS, count), _SLOT_SCHEDULE, times)


def _train_intents(cases: Sequence[Case], width: int) -> Trained:
    """The rows after those of n-grams are for the summary of roles."""
    kept = [case for place, case in enumerate(cases) if not case.sample.bare or place % _BARE_EVERY == 0]
    extra = np.arange(width, width + EXTRA_ROWS, dtype=np.int32)
    rows = [np.concatenate((case.grams.rows, extra)) for case in kept]
    strengths = [np.concatenate((scale(gate(case.roles, case.grams, OTHER)), summarise(case.roles))) for case in kept]
    order = {intent: place for place, intent in enumerate(Intent)}
    labels = [order[case.sample.intent] for case in kept]
    times = [case.times for case in kept]
    return train_linear(stack_rows(rows, strengths), labels, (width + EXTRA_ROWS, len(order)), _INTENT_SCHEDULE, times)


def _train_faq(vocabulary: Vocabulary, normaliser: Normaliser, index: GramIndex) -> Trained:
    asks = [(place, normaliser.apply(ask)) for place, asked in enumerate(vocabulary.faq) for ask in asked.asks]
    rows = [index.extract(text).rows for _, text in asks]
    strengths = [scale(np.ones(len(found), dtype=np.float32)) for found in rows]
    labels = [place for place, _ in asks]
    shape = (index.size + EXTRA_ROWS, max(len(vocabulary.faq), 1))
    return train_linear(stack_rows(rows, strengths), labels, shape, _FAQ_SCHEDULE)
