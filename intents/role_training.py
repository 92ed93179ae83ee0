"""Teaches the network of roles (`roles.py`) from sentences whose roles are known, by back-propagation.

No framework for networks: it would be many times larger than everything else that a city installs, for seven matrices.
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

from intents.features import VOICES, Floats, Grams
from intents.kernels.role_learning import Lessons, find_gradients, move_vectors, move_weights
from intents.kernels.roles import Network
from intents.roles import PARTS, RoleModel

Roles = npt.NDArray[np.int8]
Places = npt.NDArray[np.int64]

_WIDTH: Final = 48
_LAYERS: Final = 5
_PASSES: Final = 6
_BATCH: Final = 64
# Each part of a batch is looked at by itself, on a core of its own where there are several; the result is the same.
_PARTS: Final = 2
# A few sentences are shown again and again until they are learned.
_LEAST_STEPS: Final = 400
# Longer sentences are learned from up to here.
_LONGEST: Final = 140
_WARMING_STEPS: Final = 100
_RATE: Final = 4e-3
_LAST_RATE: Final = 0.02
# What share of n-grams is hidden at a time. To hide what a layer says as well makes the network worse.
_DROPOUT: Final = 0.5
_LONGEST_STEP: Final = 1.0
_SEED: Final = 7


@dataclass(frozen=True, slots=True)
class Lesson:
    """A sentence's n-grams, and the voice of each of its characters: its role, or that a certificate begins there."""

    grams: Grams
    voices: Roles


def train_roles(lessons: Sequence[Lesson], varied: Sequence[Sequence[Lesson]], grams: int) -> RoleModel:
    """Learns roles.

    Args:
        lessons: what every pass shows. varied: what passes show beside it, each the next of these, from the first
            again where they are used up; may be empty.
        grams: how many n-grams are known.
    """
    groups = [[lesson for lesson in group if lesson.grams.length] for group in (lessons, *varied)]
    bounds = [0, *accumulate(map(len, groups))]
    places = [np.arange(first, end) for first, end in pairwise(bounds)]
    passes = [np.concatenate((places[0], more)) for more in places[1:]] or places[:1]
    return _Trainer(grams).train(stack_lessons([lesson for group in groups for lesson in group]), passes)


def stack_lessons(lessons: Sequence[Lesson]) -> Lessons:
    """The lessons one after the other, as compiled loops take them."""
    grams = [lesson.grams for lesson in lessons]
    none = np.zeros(0, dtype=np.int32)
    return (
        np.array([0, *accumulate(len(one.rows) for one in grams)], dtype=np.int64),
        np.concatenate([none, *(one.rows for one in grams)]),
        np.concatenate([none, *(one.places for one in grams)]),
        np.array([0, *accumulate(one.length for one in grams)], dtype=np.int64),
        np.concatenate([none.astype(np.int8), *(lesson.voices for lesson in lessons)]),
    )


class _Trainer:
    """Weights on their way, in the order of `RoleModel`; beside each what Adam keeps, and gradients of each part."""

    def __init__(self, grams: int) -> None:
        self._random = np.random.default_rng(_SEED)
        self._weights: Network = (
            self._draw((grams, _WIDTH), 0.05),
            np.zeros(_WIDTH, dtype=np.float32),
            self._draw((_LAYERS, 3 * _WIDTH, _WIDTH), (3 * _WIDTH) ** -0.5),
            np.zeros((_LAYERS, _WIDTH), dtype=np.float32),
            self._draw((2 * _WIDTH, _WIDTH), (2 * _WIDTH) ** -0.5),
            np.zeros(_WIDTH, dtype=np.float32),
            self._draw((_WIDTH, VOICES), _WIDTH**-0.5),
            np.zeros(VOICES, dtype=np.float32),
        )
        self._means, self._squares = self._make_zeros(), self._make_zeros()
        self._gradients = tuple(self._make_zeros() for _ in range(_PARTS))
        self._touched = tuple(np.zeros(grams, dtype=np.bool_) for _ in range(_PARTS))
        self._taken = 0

    def train(self, lessons: Lessons, passes: Sequence[Places]) -> RoleModel:
        """The model of these lessons.

        Args:
            passes: the lessons of each pass; from the first again until it is enough.
        """
        steps = max(_LEAST_STEPS, sum(_count_batches(passes[at % len(passes)]) for at in range(_PASSES)))
        with ThreadPoolExecutor(_PARTS) as pool:
            for batch in self._draw_batches(passes):
                if self._taken == steps:
                    break
                self._taken += 1
                self._learn(lessons, batch, self._rate_at(self._taken / steps), pool)
        return RoleModel(**dict(zip(PARTS, self._weights, strict=True)))

    def _draw(self, shape: tuple[int, ...], spread: float) -> Floats:
        return self._random.standard_normal(shape, dtype=np.float32) * np.float32(spread)

    def _make_zeros(self) -> Network:
        first, second, *others = map(np.zeros_like, self._weights)
        return (first, second, *others)  # type: ignore[return-value]  # as long as the weights

    def _rate_at(self, share: float) -> float:
        return _RATE * min(1.0, self._taken / _WARMING_STEPS) * max(_LAST_RATE, 1.0 - share)

    def _draw_batches(self, passes: Sequence[Places]) -> Iterator[Places]:
        """The lessons of each pass in random order, without end; nothing where there are none."""
        while any(map(len, passes)):
            for own in passes:
                order = self._random.permutation(own)
                yield from (order[first : first + _BATCH] for first in range(0, len(order), _BATCH))

    def _learn(self, lessons: Lessons, batch: Places, rate: float, pool: Executor) -> None:
        """One step, by the mean over the characters of a batch."""

        def look_at(part: int) -> int:
            chosen, gradients, touched = batch[part::_PARTS], self._gradients[part], self._touched[part]
            if not len(chosen):
                return 0
            return find_gradients(
                lessons, chosen, self._weights, gradients, touched, _LONGEST, _DROPOUT, int(seeds[part])
            )

        seeds = self._random.integers(1 << 62, size=_PARTS)
        share = 1.0 / sum(pool.map(look_at, range(_PARTS)))
        vectors, *dense = zip(*self._gradients, strict=True)
        sums = [np.add(*parts).ravel() for parts in dense]
        size = share * float(np.sqrt(sum(float(np.square(own).sum()) for own in sums)))
        kept = np.float32(share * min(1.0, _LONGEST_STEP / (size + 1e-6)))
        places = zip(self._weights[1:], self._means[1:], self._squares[1:], sums, strict=True)
        for own, mean, square, gradient in places:
            move_weights(own.ravel(), mean.ravel(), square.ravel(), gradient * kept, rate, self._taken)
        for part in (one for parts in dense for one in parts):
            part[...] = 0.0
        move_vectors(
            self._weights[0], self._means[0], self._squares[0], vectors, self._touched, share, rate, self._taken
        )


def _count_batches(lessons: Places) -> int:
    return -(-len(lessons) // _BATCH)
