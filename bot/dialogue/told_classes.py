"""Which breach a sentence tells of in words that no rule foresees: learned from `told_examples.yaml`. Pure.

A ridge classifier over runs of one to three characters, solved in closed form from a few hundred examples when first
used (a fraction of a second). Names of units, certificates and matters are one character each, so that what counts is
what is said of them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, Self

import numpy as np
import numpy.typing as npt
import yaml

from intents.understanding import Mention, Understanding

_FILE: Final = Path(__file__).with_name("told_examples.yaml")
_STANDS_FOR: Final = {"unit": "U", "town": "U", "certificate": "C", "matter": "M"}
_LONGEST_RUN: Final = 3
# So few characters beside names and pauses tell of nothing.
_SHORTEST: Final = 6
_NO_WORDS: Final = str.maketrans("", "", "UCM，")
_RIDGE: Final = 0.6
# So sure one must be, on a scale on which an example of the class has 1 and one of another class 0.
_LEAST: Final = 0.32
_LEAST_BESIDE_DEMAND: Final = 0.45
_MARGIN: Final = 0.08

_Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldClasses:
    """Weights of character runs by class; class 0 tells of no breach."""

    items: tuple[int, ...]
    places: Mapping[str, int]
    rarity: _Floats
    weights: _Floats

    @classmethod
    def learn(cls, examples: Mapping[int, Sequence[str]]) -> Self:
        """Learns from sentences by item; 0 for those that tell of none."""
        items = tuple(examples)
        runs = [_list_runs(text) for texts in examples.values() for text in texts]
        places = {run: place for place, run in enumerate(dict.fromkeys(run for group in runs for run in group))}
        counts = np.zeros(len(places))
        for group in runs:
            counts[[places[run] for run in group]] += 1
        rarity = np.log((len(runs) + 1) / (counts + 1)) + 0.5
        table = np.stack([_make_vector(group, places, rarity) for group in runs])
        truth = np.zeros((len(runs), len(items)))
        truth[np.arange(len(runs)), [place for place, item in enumerate(items) for _ in examples[item]]] = 1
        alpha = np.linalg.solve(table @ table.T + _RIDGE * np.eye(len(runs)), truth)
        return cls(items=items, places=places, rarity=rarity, weights=table.T @ alpha)

    def score(self, masked: str) -> dict[int, float]:
        """How much a masked sentence is like each class."""
        scores = _make_vector(_list_runs(masked), self.places, self.rarity) @ self.weights
        return dict(zip(self.items, scores.tolist(), strict=True))

    def find_item(self, masked: str, *, is_demand: bool = False) -> int | None:
        """The item that a masked sentence tells of, or None.

        Args:
            is_demand: a certificate was demanded, which may well be all that the sentence tells.
        """
        if len(masked.translate(_NO_WORDS)) < _SHORTEST:
            return None
        least = _LEAST_BESIDE_DEMAND if is_demand else _LEAST
        scores = self.score(masked)
        best, second = sorted(scores, key=scores.__getitem__, reverse=True)[:2]
        is_sure = scores[best] >= least and scores[best] - scores[second] >= _MARGIN
        return best if best and is_sure else None


def mask_names(understood: Understanding) -> str:
    """The normalised sentence with one letter for each name of a unit, certificate or matter."""
    sentence = understood.normalised
    names: list[Mention] = sorted(
        (item for item in understood.mentions if item.kind in _STANDS_FOR), key=lambda item: (item.start, -item.end)
    )
    text, end = "", 0
    for name in names:
        if name.start >= end:
            text += sentence[end : name.start] + _STANDS_FOR[name.kind]
            end = name.end
    return text + sentence[end:]


@cache
def load_classes() -> ToldClasses:
    """The classes of this program, learned once."""
    content: dict[str, list[str]] = yaml.load(_FILE.read_text("utf-8"), Loader=yaml.CSafeLoader)
    return ToldClasses.learn({0 if name == "none" else int(name): texts for name, texts in content.items()})


def _list_runs(text: str) -> frozenset[str]:
    """All runs of one to three characters that hold no pause."""
    return frozenset(
        run for clause in text.split("，") for size in range(1, _LONGEST_RUN + 1) for run in _windows(clause, size)
    )


def _windows(clause: str, size: int) -> Iterable[str]:
    return (clause[start : start + size] for start in range(len(clause) - size + 1))


def _make_vector(runs: Iterable[str], places: Mapping[str, int], rarity: _Floats) -> _Floats:
    """The runs as a vector of length 1."""
    vector = np.zeros(len(places))
    known = [places[run] for run in runs if run in places]
    vector[known] = rarity[known]
    length = np.linalg.norm(vector)
    scaled: _Floats = vector / length if length else vector
    return scaled
