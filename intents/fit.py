"""Fits weights of confidence on labelled questions, so that a probability of 0.9 is right nine times in ten.

Run by `server.py fit`; the result goes to `data/tuning.yaml`. Logistic regression with a small penalty (Platt 1999).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import optimize

from intents.choose import INTENTS, intent_features_of
from intents.cues import AGENT, OUTSIDE
from intents.data import LanguageData
from intents.decode import CertificateReading, Reading
from intents.engine import Engine
from intents.families import fold_variants
from intents.leaning import SLOT_INTENTS
from intents.training import read_questions
from intents.tuning import logistic
from intents.understanding import Intent
from intents.vocabulary import Vocabulary

Features = tuple[float, ...]
Case = tuple[Features, bool]
# Wrong slots among all that could be answered, at the most.
_WRONG_ALLOWED: Final = 0.015

# What a message may tell → the weights of `Tuning` that judge it.
CIRCUMSTANCES: Final = {AGENT: "person_agent", OUTSIDE: "issued_outside"}

_PENALTY: Final = 0.5
# One in so many whole questions is held out.
_HELD_EVERY: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """A question and what a careful person understands: acceptable ids, best first.

    `is_open` questions name something too general to answer; one must ask back. `circumstances` is what they tell of
    who comes and where the certificate was issued (`agent`, `outside`), or None where nobody has labelled that.
    """

    text: str
    intent: Intent
    matters: frozenset[str]
    certificates: frozenset[str]
    is_open: bool = False
    circumstances: frozenset[str] | None = None


def fit_confidence(cases: Mapping[str, Sequence[Case]]) -> dict[str, list[float]]:
    """Logistic weights for each decision of `Tuning`, bias first."""
    return {name: [round(weight, 4) for weight in fit_logistic(pairs)] for name, pairs in cases.items()}


def collect_cases(engine: Engine, questions: Iterable[Labelled]) -> dict[str, list[Case]]:
    """For each decision of `Tuning` the features that the engine sees and whether it is right.

    Args:
        questions: not among those the engine was trained on.
    """
    cases: dict[str, list[Case]] = {
        name: []
        for name in (
            "matter_named",
            "matter_right",
            "certificate_real",
            "certificate_right",
            "intent_right",
            *CIRCUMSTANCES.values(),
        )
    }
    for question in questions:
        reading = engine.read(engine.normalise(question.text))
        _add_intent(cases, question, reading)
        _add_circumstances(cases, question, reading)
        if question.intent in SLOT_INTENTS:
            _add_matter(cases, question, reading, engine)
        if question.intent is not Intent.MATTER_MATERIALS:
            _add_certificates(cases, question, reading, engine)
    # Where nobody told a circumstance there is nothing to fit, and its defaults stay.
    unlabelled = {name for name in CIRCUMSTANCES.values() if not any(is_told for _, is_told in cases[name])}
    return {name: pairs for name, pairs in cases.items() if name not in unlabelled}


def hold_out(data: LanguageData) -> tuple[LanguageData, LanguageData]:
    """Data without a quarter of the whole questions, to learn from, and with that quarter alone, to look at."""
    held = data.questions[::_HELD_EVERY]
    others = tuple(question for place, question in enumerate(data.questions) if place % _HELD_EVERY)
    return replace(data, questions=others), replace(data, questions=held)


def collect_marked(engine: Engine, held: LanguageData, vocabulary: Vocabulary) -> dict[str, list[Case]]:
    """As `collect_cases`, from marked questions; what each stretch names is seen from the marks.

    Args:
        held: whole questions that the engine was not trained on.
    """
    folded, _ = fold_variants(vocabulary)
    cases: dict[str, list[Case]] = {
        name: [] for name in ("matter_named", "matter_right", "certificate_real", "certificate_right", "intent_right")
    }
    for sample in read_questions(held, folded, engine.normaliser):
        if not sample.located:
            continue
        reading = engine.read(sample.text)
        matter = reading.decoded.matter
        is_meant = INTENTS[reading.seen.ranking[0]] is sample.intent
        cases["intent_right"].append((intent_features_of(reading.seen), is_meant))
        cases["matter_named"].append((reading.decoded.features, sample.matter is not None))
        if sample.matter is not None:
            cases["matter_right"].append((matter.features, matter.classes[0] == sample.matter))
        if sample.intent is Intent.MATTER_MATERIALS:
            continue
        for item in reading.decoded.certificates:
            told = {span.index for span in sample.spans if item.start < span.end and span.start < item.end}
            cases["certificate_real"].append((item.features, bool(told)))
            if told:
                cases["certificate_right"].append((item.ranked.features, item.ranked.classes[0] in told))
    return cases


def fit_answer_at(weights: Mapping[str, Sequence[float]], cases: Mapping[str, Sequence[Case]]) -> float:
    """The probability from which a slot may be answered: the lowest that keeps wrong slots rare.

    Args:
        weights: as `fit_confidence` gives them. cases: as `collect_cases` gives them.
    """
    for hundredths in range(35, 95):
        threshold = hundredths / 100
        wrong = [
            logistic(weights[name], features) >= threshold and not is_right
            for name in ("matter_right", "certificate_right")
            for features, is_right in cases[name]
        ]
        if sum(wrong) <= _WRONG_ALLOWED * len(wrong):
            return threshold
    return 0.95


def _add_intent(cases: Mapping[str, list[Case]], question: Labelled, reading: Reading) -> None:
    best = INTENTS[reading.seen.ranking[0]]
    cases["intent_right"].append((intent_features_of(reading.seen), best is question.intent))


def _add_circumstances(cases: Mapping[str, list[Case]], question: Labelled, reading: Reading) -> None:
    if question.circumstances is None:
        return
    for name, _, features in reading.signs.judged:
        cases[CIRCUMSTANCES[name]].append((features, name in question.circumstances))


def _add_matter(cases: Mapping[str, list[Case]], question: Labelled, reading: Reading, engine: Engine) -> None:
    cases["matter_named"].append((reading.decoded.features, bool(question.matters)))
    if question.matters:
        best = engine.matter_ids[reading.decoded.matter.classes[0]]
        cases["matter_right"].append(
            (reading.decoded.matter.features, best in question.matters and not question.is_open)
        )


def _add_certificates(cases: Mapping[str, list[Case]], question: Labelled, reading: Reading, engine: Engine) -> None:
    for item in reading.decoded.certificates:
        cases["certificate_real"].append((item.features, _certificate(engine, item) in question.certificates))
    if question.certificates and reading.decoded.certificates:
        best = max(reading.decoded.certificates, key=lambda item: item.ranked.scores[0] * item.real)
        cases["certificate_right"].append((best.ranked.features, _certificate(engine, best) in question.certificates))


def _certificate(engine: Engine, item: CertificateReading) -> str:
    return engine.certificate_ids[item.ranked.classes[0]]


def fit_logistic(cases: Sequence[Case]) -> list[float]:
    """Weights (bias first) that make the cases likely, with a penalty on their squares."""
    features = np.array([(1.0, *case) for case, _ in cases])
    signs = np.where([right for _, right in cases], 1.0, -1.0)

    def cost(weights: npt.NDArray[np.float64]) -> float:
        losses = np.logaddexp(0.0, -signs * (features @ weights))
        return float(losses.sum() + _PENALTY * np.square(weights[1:]).sum())

    found = optimize.minimize(cost, np.zeros(features.shape[1]), method="L-BFGS-B")
    return [float(weight) for weight in found.x]
