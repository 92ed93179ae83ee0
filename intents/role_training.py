"""Teaches the network of roles (`roles.py`) from sentences whose roles are known, by back-propagation in numpy.

No framework for networks: it would be many times larger than everything else that a city installs, for five matrices.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import sparse

from intents.features import VOICES, Floats, Grams, Rows
from intents.linear import softmax
from intents.roles import RoleModel

Roles = npt.NDArray[np.int8]
Flags = npt.NDArray[np.bool_]
Moments = tuple[Floats, Floats]

_WIDTH: Final = 48
_LAYERS: Final = 4
_EPOCHS: Final = 5
_BATCH: Final = 64
# A few sentences are shown again and again until they are learned.
_LEAST_STEPS: Final = 400
# Longer sentences are learned from up to here.
_LONGEST: Final = 140
_WARMING_STEPS: Final = 100
_RATE: Final = 4e-3
_LAST_RATE: Final = 0.02
# What share of n-grams, and of what a layer says, is hidden at a time.
_GRAM_DROPOUT: Final = 0.3
_LAYER_DROPOUT: Final = 0.2
_LONGEST_STEP: Final = 1.0
# Sentences of like length share a batch; so many batches are drawn and sorted together.
_SORTED: Final = 40
# Adam (Kingma and Ba 2015).
_MEAN_DECAY: Final = 0.9
_SQUARE_DECAY: Final = 0.999
_TINY: Final = 1e-8
_SEED: Final = 7


@dataclass(frozen=True, slots=True)
class Lesson:
    """A sentence's n-grams, and the voice of each of its characters: its role, or that a certificate begins there."""

    grams: Grams
    voices: Roles


class _Batch(NamedTuple):
    """Sentences side by side, short ones filled up. Places count through all of them.

    Attributes:
        rows, places: short n-grams and the characters where they begin.
        voices: shape (sentences, length). mask: 1 where a character is, shape (sentences, length, 1).
    """

    rows: Rows
    places: Rows
    voices: Roles
    mask: Floats


class _Seen(NamedTuple):
    """What a forward pass leaves for the way back."""

    begun: Floats
    layers: list[tuple[Floats, Floats, Floats]]
    summary: Floats
    highest: Rows
    told: Floats
    states: Floats
    scores: Floats


def train_roles(lessons: Sequence[Lesson], short: int) -> RoleModel:
    """Learns roles.

    Args:
        short: how many n-grams are short; their rows come first.
    """
    return _Trainer(short).train([lesson for lesson in lessons if lesson.grams.length])


class _Trainer:
    """Weights on their way, in the order of `RoleModel`."""

    def __init__(self, short: int) -> None:
        self._random = np.random.default_rng(_SEED)
        self._vectors = self._draw((short, _WIDTH), 0.05)
        self._dense = {
            "start": np.zeros(_WIDTH, dtype=np.float32),
            "mixes": self._draw((_LAYERS, 3 * _WIDTH, _WIDTH), (3 * _WIDTH) ** -0.5),
            "mix_starts": np.zeros((_LAYERS, _WIDTH), dtype=np.float32),
            "whole": self._draw((2 * _WIDTH, _WIDTH), (2 * _WIDTH) ** -0.5),
            "whole_start": np.zeros(_WIDTH, dtype=np.float32),
            "voices": self._draw((_WIDTH, VOICES), _WIDTH**-0.5),
            "voices_start": np.zeros(VOICES, dtype=np.float32),
        }
        self._moments = {name: (np.zeros_like(own), np.zeros_like(own)) for name, own in self._dense.items()}
        self._vector_moments = (np.zeros_like(self._vectors), np.zeros_like(self._vectors))
        self._step = 0

    def train(self, lessons: Sequence[Lesson]) -> RoleModel:
        """The trained model."""
        batches = -(-len(lessons) // _BATCH)
        epochs = max(_EPOCHS, -(-_LEAST_STEPS // batches)) if batches else 0
        for _ in range(epochs):
            for batch in self._draw_batches(lessons):
                self._step += 1
                self._learn(batch, self._rate_at(self._step / (epochs * batches)))
        return RoleModel(vectors=self._vectors, **self._dense)

    def _draw(self, shape: tuple[int, ...], spread: float) -> Floats:
        return self._random.standard_normal(shape, dtype=np.float32) * np.float32(spread)

    def _rate_at(self, share: float) -> float:
        return _RATE * min(1.0, self._step / _WARMING_STEPS) * max(_LAST_RATE, 1.0 - share)

    def _draw_batches(self, lessons: Sequence[Lesson]) -> Iterator[_Batch]:
        """All lessons in random order."""
        order = self._random.permutation(len(lessons))
        groups: list[npt.NDArray[np.int64]] = []
        for begin in range(0, len(order), _SORTED * _BATCH):
            drawn = order[begin : begin + _SORTED * _BATCH]
            drawn = drawn[np.argsort([lessons[place].grams.length for place in drawn], kind="stable")]
            groups += [drawn[first : first + _BATCH] for first in range(0, len(drawn), _BATCH)]
        for number in self._random.permutation(len(groups)):
            yield self._stack([lessons[place] for place in groups[number]])

    def _stack(self, lessons: Sequence[Lesson]) -> _Batch:
        length = min(max(lesson.grams.length for lesson in lessons), _LONGEST)
        voices = np.zeros((len(lessons), length), dtype=np.int8)
        mask = np.zeros((len(lessons), length, 1), dtype=np.float32)
        rows, places = [], []
        for number, lesson in enumerate(lessons):
            own = lesson.voices[:length]
            voices[number, : len(own)], mask[number, : len(own)] = own, 1.0
            first = np.maximum(lesson.grams.places, 0)
            shown = self._random.random(len(first), dtype=np.float32) >= _GRAM_DROPOUT
            shown &= (first < length) & (lesson.grams.rows < len(self._vectors))
            rows.append(lesson.grams.rows[shown])
            places.append(first[shown] + number * length)
        return _Batch(np.concatenate(rows), np.concatenate(places), voices, mask)

    def _learn(self, batch: _Batch, rate: float) -> None:
        touched, columns = np.unique(batch.rows, return_inverse=True)
        said = sparse.csr_matrix(
            (np.ones(len(columns), dtype=np.float32), (batch.places, columns)),
            shape=(batch.voices.size, len(touched)),
        )
        seen = self._look(said @ self._vectors[touched], batch.mask)
        gradients, begun = self._go_back(seen, batch)
        size = float(np.sqrt(sum(float(np.square(gradient).sum()) for gradient in gradients.values())))
        for name, gradient in gradients.items():
            self._move(self._dense[name], self._moments[name], gradient * min(1.0, _LONGEST_STEP / (size + 1e-6)), rate)
        means, squares = self._vector_moments
        kept, moments = self._vectors[touched], (means[touched], squares[touched])
        self._move(kept, moments, said.T @ begun, rate)
        self._vectors[touched], means[touched], squares[touched] = kept, *moments

    def _look(self, said: Floats, mask: Floats) -> _Seen:
        """The way forward; `kernels.roles.read_roles` does the same for one sentence."""
        dense = self._dense
        states = np.maximum(said.reshape(*mask.shape[:2], -1) + dense["start"], 0.0) * mask
        begun = states
        layers = []
        summary, highest, told = np.zeros(0, np.float32), np.zeros(0, np.int32), np.zeros(0, np.float32)
        for layer in range(_LAYERS):
            if layer == _LAYERS - 1:
                highest = states.argmax(axis=1).astype(np.int32)
                summary = np.concatenate((states.sum(axis=1) / mask.sum(axis=1), states.max(axis=1)), axis=1)
                told = np.maximum(summary @ dense["whole"] + dense["whole_start"], 0.0)
                states = states + told[:, None] * mask
            around = _look_around(states, 1 << layer)
            new = np.maximum(around @ dense["mixes"][layer] + dense["mix_starts"][layer], 0.0)
            shown = self._random.random(new.shape, dtype=np.float32) >= _LAYER_DROPOUT
            strength = shown * (mask / np.float32(1.0 - _LAYER_DROPOUT))
            states = states + new * strength
            layers.append((around, new, strength))
        return _Seen(begun, layers, summary, highest, told, states, states @ dense["voices"] + dense["voices_start"])

    def _go_back(self, seen: _Seen, batch: _Batch) -> tuple[dict[str, Floats], Floats]:
        """Gradients of the mean cross-entropy by each dense part, and by what the n-grams said at each character."""
        dense, mask = self._dense, batch.mask
        errors = (softmax(seen.scores) - np.eye(VOICES, dtype=np.float32)[batch.voices]) * (mask / mask.sum())
        found = {"voices": _flat(seen.states).T @ _flat(errors), "voices_start": errors.sum(axis=(0, 1))}
        found |= {"mixes": np.empty_like(dense["mixes"]), "mix_starts": np.empty_like(dense["mix_starts"])}
        back = errors @ dense["voices"].T
        for layer in reversed(range(_LAYERS)):
            around, new, strength = seen.layers[layer]
            change = back * strength * (new > 0)
            found["mixes"][layer] = _flat(around).T @ _flat(change)
            found["mix_starts"][layer] = change.sum(axis=(0, 1))
            back = back + _hand_back(change @ dense["mixes"][layer].T, 1 << layer)
            if layer == _LAYERS - 1:
                change = (back * mask).sum(axis=1) * (seen.told > 0)
                found["whole"], found["whole_start"] = seen.summary.T @ change, change.sum(axis=0)
                by_mean, by_highest = np.split(change @ dense["whole"].T, 2, axis=1)
                back = back + (by_mean / mask.sum(axis=1))[:, None] * mask
                peaks = np.take_along_axis(back, seen.highest[:, None], 1) + by_highest[:, None]
                np.put_along_axis(back, seen.highest[:, None], peaks, 1)
        back = _flat(back * mask * (seen.begun > 0))
        found["start"] = back.sum(axis=0)
        return found, back

    def _move(self, own: Floats, moments: Moments, gradient: Floats, rate: float) -> None:
        """One step of Adam, in place."""
        means, squares = moments
        means += (1 - _MEAN_DECAY) * (gradient - means)
        squares += (1 - _SQUARE_DECAY) * (np.square(gradient) - squares)
        mean_share, square_share = 1 - _MEAN_DECAY**self._step, 1 - _SQUARE_DECAY**self._step
        own -= rate / mean_share * means / (np.sqrt(squares / square_share) + _TINY)


def _flat(states: Floats) -> Floats:
    """All characters of all sentences one after the other."""
    return states.reshape(-1, states.shape[-1])


def _look_around(states: Floats, distance: int) -> Floats:
    """What is known `distance` to the left of each character, of itself, and to the right."""
    width = states.shape[2]
    around = np.zeros((*states.shape[:2], 3 * width), dtype=np.float32)
    around[:, distance:, :width] = states[:, :-distance]
    around[:, :, width : 2 * width] = states
    around[:, :-distance, 2 * width :] = states[:, distance:]
    return around


def _hand_back(around: Floats, distance: int) -> Floats:
    """The way back through `_look_around`."""
    left, own, right = np.split(around, 3, axis=2)
    states = own.copy()
    states[:, :-distance] += left[:, distance:]
    states[:, distance:] += right[:, :-distance]
    return states
