"""Trains the engine's model from language data and a vocabulary."""

import random
from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from intents.compose import CERTIFICATE, MATTER, OTHER, Amounts, Composer, Sample, Span, normalise_pieces
from intents.data import MARKS, LanguageData
from intents.features import UNKNOWN, Floats, GramIndex, Rows, layout_of, mean_over_spans
from intents.linear import Schedule, Table, scale, stack_rows, train_linear
from intents.model import Model
from intents.normalise import Normaliser, syllables_of
from intents.roles import train_roles
from intents.spelling import Spelling
from intents.understanding import Intent
from intents.vocabulary import Phrases, Vocabulary

# What an n-gram outside the slot still counts for its model: context tells 红本本 of a house from a marriage.
_LEAKS: Final = np.array([0.6, 0.3, 0.35], dtype=np.float32)
# A whole question teaches more than a composed one.
_QUESTION_WEIGHT: Final = 2
_SEED: Final = 7
_ROLE_SAMPLES: Final = 25_000
# Rarer n-grams cost memory and add nothing (148,000 of 259,000 rows kept, accuracy unchanged).
_LEAST_TEXTS: Final = 3
# Sentences that name no matter teach all the same thing; one in so many is enough.
_UNNAMED_EVERY: Final = 4
EXTRA_ROWS: Final = 4
_SUMMARY_STRENGTH: Final = 0.5
# A name alone says little about what is wanted; only so many of them teach the intent.
_BARE_EVERY: Final = 8
_SLOT_SCHEDULE: Final = Schedule(epochs=4, batch=1024, rate=0.7, dropout=0.3)
_FAQ_SCHEDULE: Final = Schedule(epochs=12, batch=128, rate=0.5, dropout=0.3)
_INTENT_SCHEDULE: Final = Schedule(epochs=6, batch=512, rate=0.4, dropout=0.2)


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
    samples += read_questions(data, vocabulary, normaliser) * _QUESTION_WEIGHT
    random.Random(_SEED).shuffle(samples)
    index = GramIndex.learn({sample.text for sample in samples}, least=_LEAST_TEXTS)
    rows = [index.extract(sample.text) for sample in samples]
    marked = [place for place, sample in enumerate(samples) if sample.roles.any() or not sample.spans][:_ROLE_SAMPLES]
    roles = train_roles([samples[place] for place in marked], [rows[place] for place in marked], index.size)
    read = [roles.read(found, len(sample.text)) for found, sample in zip(rows, samples, strict=True)]
    return Model(
        spelling=spelling,
        index=index,
        roles=roles,
        matters=_train_matters(samples, rows, read, index.size, len(matters.by_id)),
        certificates=_train_certificates(samples, rows, read, index.size, len(certificates.by_id)),
        intents=_train_intents(samples, rows, read, index.size),
        faq=_train_faq(vocabulary, normaliser, index),
    )


def _learn_spelling(data: LanguageData, phrases: tuple[Phrases, ...]) -> Spelling:
    plain = Normaliser(data.rewrites)
    texts = [plain.apply(phrase) for group in phrases for names in group.by_id.values() for phrase in names]
    texts += [plain.apply(sentence) for group in data.sentences.values() for sentence in group if "{" not in sentence]
    return Spelling.learn((text, syllables_of(text)) for text in texts)


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
            samples.append(Sample(text, roles, question.intent, matters.get(question.matter), tuple(spans)))
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


def gate(roles: Floats) -> Floats:
    """How much each n-gram counts for each role: fully where its characters have the role, a little elsewhere.

    Args:
        roles: probabilities (length, ROLES).

    Returns:
        Strengths of shape (n-grams, ROLES).
    """
    strengths: Floats = _LEAKS + (1 - _LEAKS) * mean_over_spans(roles, layout_of(len(roles)))
    return strengths


def gate_span(roles: Floats, start: int, end: int) -> Floats:
    """As `gate` for one certificate among several: only the characters of its span count fully. Shape (n-grams,)."""
    values = np.zeros((len(roles), 1), dtype=np.float32)
    values[start:end, 0] = roles[start:end, CERTIFICATE]
    leak = _LEAKS[CERTIFICATE]
    strengths: Floats = leak + (1 - leak) * mean_over_spans(values, layout_of(len(roles)))[:, 0]
    return strengths


def intent_features(rows: Rows, roles: Floats, gates: Floats, width: int) -> tuple[Rows, Floats]:
    """What the intent is read from: the words around the slots, and how much of each slot there is.

    Args:
        gates: as `gate` gives them. width: rows of the n-gram index; the summary of roles takes the `EXTRA_ROWS` after.
    """
    known, strengths = known_only(rows, gates[:, OTHER])
    peaks = roles[:, MATTER:].max(axis=0, initial=0.0)
    amounts = np.minimum(roles[:, MATTER:].sum(axis=0) / 8, 1.0)
    extra = np.arange(width, width + EXTRA_ROWS, dtype=np.int32)
    summary = np.concatenate((peaks, amounts)) * _SUMMARY_STRENGTH
    return np.concatenate((known, extra)), np.concatenate((strengths, summary)).astype(np.float32)


def known_only(rows: Rows, strengths: Floats) -> tuple[Rows, Floats]:
    """The n-grams that training has seen, their strengths scaled to length 1."""
    known = rows != UNKNOWN
    return rows[known], scale(strengths[known])


def _train_matters(
    samples: Sequence[Sample], rows: Sequence[Rows], read: Sequence[Floats], width: int, count: int
) -> Table:
    kept = [place for place, sample in enumerate(samples) if sample.matter is not None or place % _UNNAMED_EVERY == 0]
    pairs = [known_only(rows[place], gate(read[place])[:, MATTER]) for place in kept]
    labels = [count if (matter := samples[place].matter) is None else matter for place in kept]
    return _train(pairs, labels, count + 1, width, _SLOT_SCHEDULE)


def _train_certificates(
    samples: Sequence[Sample], rows: Sequence[Rows], read: Sequence[Floats], width: int, count: int
) -> Table:
    pairs, labels = [], []
    for sample, found, roles in zip(samples, rows, read, strict=True):
        for span in sample.spans:
            pairs.append(known_only(found, gate_span(roles, span.start, span.end)))
            labels.append(span.index)
    return _train(pairs, labels, count, width, _SLOT_SCHEDULE)


def _train_intents(samples: Sequence[Sample], rows: Sequence[Rows], read: Sequence[Floats], width: int) -> Table:
    kept = [place for place, sample in enumerate(samples) if not sample.bare or place % _BARE_EVERY == 0]
    pairs = [intent_features(rows[place], read[place], gate(read[place]), width) for place in kept]
    order = {intent: place for place, intent in enumerate(Intent)}
    labels = [order[samples[place].intent] for place in kept]
    return _train(pairs, labels, len(order), width + EXTRA_ROWS, _INTENT_SCHEDULE)


def _train_faq(vocabulary: Vocabulary, normaliser: Normaliser, index: GramIndex) -> Table:
    asks = [(place, normaliser.apply(ask)) for place, asked in enumerate(vocabulary.faq) for ask in asked.asks]
    rows = [index.extract(text) for _, text in asks]
    pairs = [known_only(found, np.ones(len(found), dtype=np.float32)) for found in rows]
    return _train(pairs, [place for place, _ in asks], max(len(vocabulary.faq), 1), index.size, _FAQ_SCHEDULE)


def _train(
    pairs: Sequence[tuple[Rows, Floats]], labels: Sequence[int], classes: int, width: int, schedule: Schedule
) -> Table:
    matrix = stack_rows([rows for rows, _ in pairs], [strengths for _, strengths in pairs], width)
    weights, bias = train_linear(matrix, np.asarray(labels, dtype=np.int32), classes, schedule)
    return Table.pack(weights, bias)
