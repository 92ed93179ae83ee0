"""Scores answers against labelled questions, and how far the confidence can be believed. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

_DEFINITE: Final = frozenset({"not_needed", "needed", "not_listed"})
_STRICT: Final = frozenset({"needed", "depends"})
_SLOT_INTENTS: Final = frozenset({"certificate_needed", "matter_materials", "certificate_obtain"})
_BINS: Final = 10
HARMS: Final = ("dangerous", "wrong_answer")
MEASURED: Final = ("intent", "matter", "certificate", "verdict", "whole", *HARMS)

Label = Mapping[str, Any]
Prediction = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One question with its answer, and which checks the answer meets.

    Attributes:
        checks: what counts for this question (`intent`, `matter`, `certificate`, `verdict`) -> whether it is right.
        dangerous: spares somebody a certificate that is needed. wrong_answer: a definite verdict about something else.
    """

    label: Label
    prediction: Prediction
    checks: Mapping[str, bool]
    dangerous: bool
    wrong_answer: bool

    @property
    def whole(self) -> bool:
        """Whether everything that counts is right."""
        return all(self.checks.values())

    @property
    def confidence(self) -> float:
        """How sure the answer was of itself."""
        return float(self.prediction.get("confidence") or 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """Answers of like confidence: how sure they were on average, and how many were right."""

    low: float
    high: float
    count: int
    confidence: float
    right: float


def judge(label: Label, prediction: Prediction) -> Judged:
    """Compares one answer with its label, by the rules of the evaluation."""
    matter = _is_slot_right(label, "matters", prediction.get("matter"))
    several = label.get("certificates_all")
    certificate = (
        set(several) <= set(prediction.get("certificates") or [])
        if several
        else _is_slot_right(label, "certificates", prediction.get("certificate"))
    )
    told, meant = prediction.get("verdict"), label.get("verdict")
    checks = {"intent": label["intent"] == prediction.get("intent")}
    if label["intent"] in _SLOT_INTENTS:
        checks |= {"matter": matter, "certificate": certificate}
    if meant:
        checks["verdict"] = meant == told
    return Judged(
        label=label,
        prediction=prediction,
        checks=checks,
        dangerous=told == "not_needed" and (meant in _STRICT or label["intent"] == "out_of_scope"),
        wrong_answer=told in _DEFINITE and not (matter and certificate),
    )


def _is_slot_right(label: Label, slot: str, predicted: str | None) -> bool:
    """The right id, or none where none is meant; where one must ask back, none is right as well."""
    if predicted is None:
        return not label[slot] or label.get("verdict") == "clarify"
    return predicted in label[slot]


def count_right(judged: Sequence[Judged]) -> dict[str, tuple[int, int]]:
    """For each thing measured how often it holds, of how many; for the two harms how often they happen."""
    counts: dict[str, tuple[int, int]] = {}
    for name in MEASURED:
        hits = [hit for item in judged if (hit := _find_hit(item, name)) is not None]
        if hits:
            counts[name] = (sum(hits), len(hits))
    return counts


def _find_hit(item: Judged, name: str) -> bool | None:
    if name == "whole" or name in HARMS:
        return bool(getattr(item, name))
    return item.checks.get(name)


def group_by(judged: Sequence[Judged], field: str) -> dict[str, tuple[int, int]]:
    """Right answers of all: by `intent` the intents, by `tags` the whole answers."""
    groups: dict[str, list[bool]] = {}
    for item in judged:
        keys = item.label.get("tags", []) if field == "tags" else [item.label["intent"]]
        for key in keys:
            groups.setdefault(key, []).append(item.whole if field == "tags" else item.checks["intent"])
    return {key: (sum(hits), len(hits)) for key, hits in sorted(groups.items())}


def list_mistakes(judged: Sequence[Judged]) -> list[Judged]:
    """Answers that are not right, the worst first: dangerous ones, wrong ones, then the surest of the others."""
    mistakes = [item for item in judged if not item.whole or item.dangerous or item.wrong_answer]
    return sorted(mistakes, key=lambda item: (not item.dangerous, not item.wrong_answer, -item.confidence))


def list_bins(judged: Sequence[Judged]) -> list[Bin]:
    """The reliability table: bins of equal width over the confidence; empty ones are left out."""
    bins: list[Bin] = []
    for number in range(_BINS):
        members = [item for item in judged if min(int(item.confidence * _BINS), _BINS - 1) == number]
        if members:
            bins.append(
                Bin(
                    low=number / _BINS,
                    high=(number + 1) / _BINS,
                    count=len(members),
                    confidence=sum(item.confidence for item in members) / len(members),
                    right=sum(item.whole for item in members) / len(members),
                )
            )
    return bins


def expect_error(bins: Sequence[Bin]) -> float:
    """Expected calibration error: how far confidence and share of right answers lie apart, on average over answers."""
    total = sum(item.count for item in bins)
    return sum(item.count * abs(item.confidence - item.right) for item in bins) / total if total else 0.0
