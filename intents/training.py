"""Trains the engine's model from language data and a vocabulary."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from intents.compose import CERTIFICATE, MATTER, OTHER, Amounts, Composer, Sample
from intents.data import LanguageData
from intents.features import UNKNOWN, Floats, GramIndex, Rows, layout_of, mean_over_spans
from intents.model import Model
from intents.normalise import Normaliser
from intents.roles import RoleModel, train_roles
from intents.sparse import Postings, Schedule, scale, stack_rows, train_linear
from intents.understanding import Intent
from intents.vocabulary import Phrases, Vocabulary

# What an n-gram outside the slot still counts for a slot's model: context tells 红本本 of a house from that of a marriage.
_LEAK: Final = {MATTER: 0.2, CERTIFICATE: 0.25, OTHER: 0.4}
_ROLE_SAMPLES: Final = 15_000
_KEPT_CLASSES: Final = 48
EXTRA_ROWS: Final = 4
_SUMMARY_STRENGTH: Final = 0.5
# A name alone says little about what is wanted; only so many of them teach the intent.
_BARE_EVERY: Final = 8
_SLOT_SCHEDULE: Final = Schedule(epochs=4, batch=512, rate=0.5, dropout=0.3)
_FAQ_SCHEDULE: Final = Schedule(epochs=12, batch=128, rate=0.5, dropout=0.3)
_INTENT_SCHEDULE: Final = Schedule(epochs=4, batch=512, rate=0.3, dropout=0.2)


def train_model(
    data: LanguageData,
    vocabulary: Vocabulary,
    matters: Phrases,
    certificates: Phrases,
    normaliser: Normaliser,
    amounts: Amounts,
) -> Model:
    """The model for one catalogue; the same data gives the same model."""
    samples = Composer(data, vocabulary, matters, certificates, normaliser).compose(amounts)
    index = GramIndex.learn(sample.text for sample in samples)
    rows = [index.extract(sample.text) for sample in samples]
    roles = train_roles(samples[:_ROLE_SAMPLES], rows[:_ROLE_SAMPLES], index.size)
    read = [roles.read(found, len(sample.text)) for found, sample in zip(rows, samples, strict=True)]
    return Model(
        index=index,
        roles=roles,
        matters=_train_matters(samples, rows, read, index.size, len(matters.by_id)),
        certificates=_train_certificates(samples, rows, read, index.size, len(certificates.by_id)),
        intents=_train_intents(samples, rows, read, index.size),
        faq=_train_faq(vocabulary, normaliser, index),
    )


def gate(roles: Floats, role: int, length: int) -> Floats:
    """How much each n-gram counts for a role: fully where its characters have the role, a little elsewhere.

    Args:
        roles: probabilities (length, roles).

    Returns:
        Strengths of shape (n-grams,).
    """
    leak = _LEAK[role]
    strengths: Floats = leak + (1 - leak) * mean_over_spans(roles[:, role], layout_of(length))
    return strengths


def gate_span(roles: Floats, start: int, end: int, length: int) -> Floats:
    """As `gate` for one certificate among several: only the characters of its span count fully."""
    leak = _LEAK[CERTIFICATE]
    values = np.zeros(length, dtype=np.float32)
    values[start:end] = roles[start:end, CERTIFICATE]
    strengths: Floats = leak + (1 - leak) * mean_over_spans(values, layout_of(length))
    return strengths


def intent_features(rows: Rows, roles: Floats, width: int) -> tuple[Rows, Floats]:
    """What the intent is read from: the words around the slots, and how much of each slot there is.

    Args:
        width: rows of the n-gram index; the summary of roles takes the `EXTRA_ROWS` rows after them.
    """
    length = len(roles)
    known, strengths = known_only(rows, gate(roles, OTHER, length))
    peaks = roles[:, (MATTER, CERTIFICATE)].max(axis=0)
    amounts = np.minimum(roles[:, (MATTER, CERTIFICATE)].sum(axis=0) / 8, 1.0)
    extra = np.arange(width, width + EXTRA_ROWS, dtype=np.int32)
    summary = np.concatenate((peaks, amounts)) * _SUMMARY_STRENGTH
    return np.concatenate((known, extra)), np.concatenate((strengths, summary)).astype(np.float32)


def known_only(rows: Rows, strengths: Floats) -> tuple[Rows, Floats]:
    """The n-grams that training has seen, their strengths scaled to length 1."""
    known = rows != UNKNOWN
    return rows[known], scale(strengths[known])


def _train_matters(
    samples: Sequence[Sample], rows: Sequence[Rows], read: Sequence[Floats], width: int, count: int
) -> Postings:
    pairs = [
        known_only(found, gate(roles, MATTER, len(sample.text)))
        for sample, found, roles in zip(samples, rows, read, strict=True)
    ]
    labels = [count if sample.matter is None else sample.matter for sample in samples]
    return _train(pairs, labels, count + 1, width, _SLOT_SCHEDULE)


def _train_certificates(
    samples: Sequence[Sample], rows: Sequence[Rows], read: Sequence[Floats], width: int, count: int
) -> Postings:
    pairs, labels = [], []
    for sample, found, roles in zip(samples, rows, read, strict=True):
        for span in sample.spans:
            pairs.append(known_only(found, gate_span(roles, span.start, span.end, len(sample.text))))
            labels.append(span.index)
    return _train(pairs, labels, count, width, _SLOT_SCHEDULE)


def _train_intents(
    samples: Sequence[Sample], rows: Sequence[Rows], read: Sequence[Floats], width: int
) -> Postings:
    kept = [place for place, sample in enumerate(samples) if not sample.bare or place % _BARE_EVERY == 0]
    pairs = [intent_features(rows[place], read[place], width) for place in kept]
    order = {intent: place for place, intent in enumerate(Intent)}
    labels = [order[samples[place].intent] for place in kept]
    return _train(pairs, labels, len(order), width + EXTRA_ROWS, _INTENT_SCHEDULE)


def _train_faq(vocabulary: Vocabulary, normaliser: Normaliser, index: GramIndex) -> Postings:
    asks = [(place, normaliser.apply(ask)) for place, asked in enumerate(vocabulary.faq) for ask in asked.asks]
    rows = [index.extract(text) for _, text in asks]
    pairs = [known_only(found, np.ones(len(found), dtype=np.float32)) for found in rows]
    return _train(pairs, [place for place, _ in asks], max(len(vocabulary.faq), 1), index.size, _FAQ_SCHEDULE)


def _train(
    pairs: Sequence[tuple[Rows, Floats]], labels: Sequence[int], classes: int, width: int, schedule: Schedule
) -> Postings:
    matrix = stack_rows([rows for rows, _ in pairs], [strengths for _, strengths in pairs], width)
    weights, bias = train_linear(matrix, np.asarray(labels, dtype=np.int32), classes, schedule)
    return Postings.from_dense(weights, bias, keep=_KEPT_CLASSES)

