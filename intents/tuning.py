"""Weights and thresholds that turn scores into calibrated probabilities and decisions.

The values stand in `data/tuning.yaml` and are fitted on labelled questions by `fit.py`, never by hand in code.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from math import exp
from operator import mul
from typing import Final, Self

# Beyond this no probability differs from 0 or 1.
_FAR: Final = 30.0
_THRESHOLDS: Final = ("_at", "_below")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tuning:
    """What `data/tuning.yaml` holds.

    Attributes:
        listed_bonus: log-odds that a pair of the catalogue is meant rather than one outside it.
        exact_bonus: score for each character of a known name that stands in the text, up to six.
        name_support: score for the role of a known name at each of its characters.
        context_bonus: the same for a certificate listed under the matter that the conversation is about.
        matter_named, matter_right, certificate_real, certificate_right, intent_right: logistic weights, bias first; see
            the functions of `kernels/message.py` that make the features.
        person_agent, issued_outside: the same for what `circumstances.py` judges.
        rerank_weight: log-odds that a likeness of 1 is worth to a re-ranker.
        mark_at, mark_again_at: probability from which a character counts as a certificate's, at first and on a second
            look, where a weaker sign is enough.
        begin_at: probability from which the name of another certificate begins at a character.
        name_at: probability from which a slot counts as named at all.
        obtain_at: the same for the matter, where somebody asks where to get a certificate.
        answer_at, confirm_at: calibrated probability from which a slot is answered, or confirmed first.
        beside_at: probability from which a certificate is answered beside a surer one.
        intent_at: probability below which an intent is not trusted.
        heard_at: probability below which an intent says nothing against a message that leans on the conversation.
        telling_at: so many characters about the matter beside a general word tell which of its matters is meant.
        rerank_below: probability below which a re-ranker, where there is one, weighs candidates anew.
        agent_at, outside_at: probability from which somebody acts for the applicant, or a certificate is from outside.
            Missing either tells people that they are spared what they are not, so that both are below one half.
        cued_agent_at: the same where a cue word says so; it gives way only to odds of nine to one.
        faq_sought_at: probability that a curated answer is wanted from which one is looked for.
        faq_at: share of all curated answers from which the first one fits; even a small one stands far above chance.
        faq_apart_at, faq_lead_at: a smaller share that is enough where it is so many times that of the next.
        faq_sure_at: share from which a curated answer is surely the one meant.
    """

    listed_bonus: float = 2.0
    exact_bonus: float = 0.8
    context_bonus: float = 1.0
    name_support: float = 1.0
    matter_named: tuple[float, ...] = (-3.0, 4.0, 2.0, 0.3, 2.0, -2.0, -0.5)
    matter_right: tuple[float, ...] = (-2.0, 3.0, 2.0, 0.1)
    certificate_real: tuple[float, ...] = (-5.0, 4.0, 1.0, 3.0, -2.0, -0.5, -0.5, -0.5, 0.5, 0.5, 1.0, -0.5, 0.5, 1.0)
    certificate_right: tuple[float, ...] = (-2.0, 3.0, 2.0, 0.1)
    intent_right: tuple[float, ...] = (-2.0, 4.0, 1.0)
    person_agent: tuple[float, ...] = (-0.9354, 0.976, 2.7981)
    issued_outside: tuple[float, ...] = (-2.313, 0.6313, 3.9355)
    rerank_weight: float = 5.0
    mark_at: float = 0.25
    mark_again_at: float = 0.2
    begin_at: float = 0.8
    name_at: float = 0.4
    obtain_at: float = 0.75
    answer_at: float = 0.55
    confirm_at: float = 0.35
    beside_at: float = 0.7
    intent_at: float = 0.7
    heard_at: float = 0.4
    telling_at: float = 1.5
    rerank_below: float = 0.9
    agent_at: float = 0.3
    cued_agent_at: float = 0.1
    outside_at: float = 0.13
    faq_sought_at: float = 0.05
    faq_at: float = 0.2
    faq_apart_at: float = 0.1
    faq_lead_at: float = 2.0
    faq_sure_at: float = 0.5

    @property
    def thresholds(self) -> dict[str, float]:
        """Everything that a score must reach, or stay below, for something to be decided."""
        names = (field.name for field in fields(self) if field.name.endswith(_THRESHOLDS))
        return {name: getattr(self, name) for name in names}

    @classmethod
    def size_of(cls, name: str) -> int | None:
        """How many numbers `tuning.yaml` gives under a name; None where the name is unknown."""
        default = next((field.default for field in fields(cls) if field.name == name), None)
        return len(default) if isinstance(default, tuple) else None if default is None else 1

    @classmethod
    def from_data(cls, data: Mapping[str, Sequence[float]]) -> Self:
        """Tuning with the values of the data file; what it does not give keeps its default."""
        values: dict[str, float | tuple[float, ...]] = {}
        for field in fields(cls):
            if field.name in data:
                given = tuple(data[field.name])
                values[field.name] = given if isinstance(field.default, tuple) else given[0]
        return cls(**values)  # type: ignore[arg-type]


def logistic(weights: Sequence[float], features: Sequence[float]) -> float:
    """Probability of a logistic model. `weights` has the bias first, then one for each feature.

    Raises:
        ValueError: there are more or fewer features.
    """
    if len(weights) != len(features) + 1:
        raise ValueError(f"{len(weights)} weights do not fit {len(features)} features")
    return squash(sum(map(mul, weights[1:], features), weights[0]))


def squash(score: float) -> float:
    """The probability that log-odds stand for."""
    # Every message asks for several, and a comparison is cheaper than a call.
    score = _FAR if score > _FAR else -_FAR if score < -_FAR else score
    return 1.0 / (1.0 + exp(-score))
