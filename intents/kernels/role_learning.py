"""Teaches the network of roles from some sentences at a time: which way each weight should move, and how far it does.

The sentences stand one after the other, their characters as the rows of matrices. `roles.read_roles` reads one sentence
by the same network.
"""

from typing import Final

import numpy as np
import numpy.typing as npt

from intents.kernels.chance import DRAWS, draw, step
from intents.kernels.compiler import compiled
from intents.kernels.roles import Network

Rows = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float32]
Marks = npt.NDArray[np.int8]
Flags = npt.NDArray[np.bool_]
Places = npt.NDArray[np.int64]

# Sentences: where the n-grams of each begin and the end, rows and first characters of n-grams; where the characters of
# each begin and the end, voices of characters.
Lessons = tuple[Places, Rows, Rows, Places, Marks]

# Adam (Kingma and Ba 2015).
_MEAN_DECAY: Final = np.float32(0.9)
_SQUARE_DECAY: Final = np.float32(0.999)
_TINY: Final = np.float32(1e-8)


@compiled
def find_gradients(
    lessons: Lessons,
    chosen: Places,
    network: Network,
    gradients: Network,
    touched: Flags,
    longest: int,
    dropout: float,
    seed: int,
) -> int:
    """Adds to the gradients those of the cross-entropy of some sentences, summed over their characters.

    Args:
        chosen: which of the lessons. gradients: in the order of the network. touched: set for vectors with a gradient.
        longest: of a longer sentence only so many characters are seen.
        dropout: share of n-grams that are not heard. seed: another one hides others.

    Returns:
        How many characters were seen.
    """
    rows, places, voices, bounds = _stack_lessons(lessons, chosen, longest, dropout, seed)
    states = _hear_grams(rows, places, network, len(voices))
    begun, width, layers = states.copy(), states.shape[1], len(network[2])
    arounds = np.empty((layers, len(states), 3 * width), np.float32)
    # How much of a change in what a layer says arrives: nothing where it was silent.
    slopes = np.empty((layers, len(states), width), np.float32)
    summary, highest, told = np.empty((0, 0), np.float32), np.empty((0, 0), np.int64), np.empty((0, 0), np.float32)
    for layer in range(layers):
        if layer == layers - 1:
            summary, highest, told = _tell_all(states, bounds, network[4], network[5])
        _look_around(states, bounds, 1 << layer, arounds[layer])
        said = np.dot(arounds[layer], network[2][layer])
        _add_said(states, said, network[3][layer], slopes[layer])
    errors = _find_errors(np.dot(states, network[6]), network[7], voices)
    gradients[6][:] += np.dot(states.T, errors)
    _add_rows(gradients[7], errors)
    back = np.dot(errors, network[6].T)
    for layer in range(layers - 1, -1, -1):
        change = back * slopes[layer]
        gradients[2][layer] += np.dot(arounds[layer].T, change)
        _add_rows(gradients[3][layer], change)
        _hand_back(np.dot(change, network[2][layer].T), bounds, 1 << layer, back)
        if layer == layers - 1:
            _go_back_to_all(back, bounds, network[4], summary, highest, told, gradients[4], gradients[5])
    _reach_grams(back, begun, rows, places, gradients[0], gradients[1], touched)
    return len(voices)


@compiled
def _stack_lessons(
    lessons: Lessons, chosen: Places, longest: int, dropout: float, seed: int
) -> tuple[Rows, Places, Marks, Places]:
    """Rows and characters of the n-grams that are heard, voices of all characters, bounds of sentences."""
    gram_begins, rows, places, begins, voices = lessons
    bounds = np.zeros(len(chosen) + 1, np.int64)
    most = 0
    for number in range(len(chosen)):
        lesson = chosen[number]
        bounds[number + 1] = bounds[number] + min(begins[lesson + 1] - begins[lesson], longest)
        most += gram_begins[lesson + 1] - gram_begins[lesson]
    heard, at = np.empty(most, np.int32), np.empty(most, np.int64)
    own = np.empty(bounds[-1], np.int8)
    hidden, state, count = np.int64(dropout * DRAWS), seed, 0
    for number in range(len(chosen)):
        lesson, first = chosen[number], bounds[number]
        length = bounds[number + 1] - first
        own[first : first + length] = voices[begins[lesson] : begins[lesson] + length]
        for gram in range(gram_begins[lesson], gram_begins[lesson + 1]):
            state = step(state)
            place = max(places[gram], 0)
            if place < length and draw(state) >= hidden:
                heard[count], at[count] = rows[gram], first + place
                count += 1
    return heard[:count], at[:count], own, bounds


@compiled
def _hear_grams(rows: Rows, places: Places, network: Network, length: int) -> Floats:
    """What the n-grams tell each character."""
    vectors, start = network[0], network[1]
    states = np.empty((length, vectors.shape[1]), np.float32)
    states[:] = start
    for gram in range(len(rows)):
        states[places[gram]] += vectors[rows[gram]]
    for place in range(length):
        for number in range(states.shape[1]):
            states[place, number] = max(states[place, number], np.float32(0.0))
    return states


@compiled
def _tell_all(states: Floats, bounds: Places, whole: Floats, start: Floats) -> tuple[Floats, Places, Floats]:
    """Adds what mean and maximum of each sentence say; the two, where the maximum stands, and what they say."""
    count, width = len(bounds) - 1, states.shape[1]
    summary, highest = np.zeros((count, 2 * width), np.float32), np.empty((count, width), np.int64)
    for sentence in range(count):
        first, end = bounds[sentence], bounds[sentence + 1]
        highest[sentence] = first
        for place in range(first, end):
            for number in range(width):
                summary[sentence, number] += states[place, number] / np.float32(end - first)
                if states[place, number] > states[highest[sentence, number], number]:
                    highest[sentence, number] = place
        for number in range(width):
            summary[sentence, width + number] = states[highest[sentence, number], number]
    told = np.dot(summary, whole)
    for sentence in range(count):
        for number in range(width):
            told[sentence, number] = max(told[sentence, number] + start[number], np.float32(0.0))
        for place in range(bounds[sentence], bounds[sentence + 1]):
            states[place] += told[sentence]
    return summary, highest, told


@compiled
def _look_around(states: Floats, bounds: Places, distance: int, around: Floats) -> None:
    """What is known `distance` to the left of each character in its sentence, of itself, and to the right."""
    width = states.shape[1]
    for sentence in range(len(bounds) - 1):
        first, end = bounds[sentence], bounds[sentence + 1]
        for place in range(first, end):
            for side in range(3):
                other = place + (side - 1) * distance
                own = around[place, side * width : (side + 1) * width]
                if first <= other < end:
                    own[:] = states[other]
                else:
                    own[:] = np.float32(0.0)


@compiled
def _add_said(states: Floats, said: Floats, start: Floats, slopes: Floats) -> None:
    """Adds what a layer says to what is known, and keeps the slopes."""
    for place in range(len(states)):
        for number in range(states.shape[1]):
            value = said[place, number] + start[number]
            # A product, since which way a branch would go can't be foreseen.
            slope = np.float32(value > 0)
            slopes[place, number] = slope
            states[place, number] += value * slope


@compiled
def _find_errors(scores: Floats, start: Floats, voices: Marks) -> Floats:
    """Probability of each voice for each character, less 1 for the right one; in place."""
    for place in range(len(scores)):
        highest, total = np.float32(-np.inf), np.float32(0.0)
        for voice in range(len(start)):
            scores[place, voice] += start[voice]
            highest = max(highest, scores[place, voice])
        for voice in range(len(start)):
            scores[place, voice] = np.exp(scores[place, voice] - highest)
            total += scores[place, voice]
        for voice in range(len(start)):
            scores[place, voice] /= total
        scores[place, voices[place]] -= np.float32(1.0)
    return scores


@compiled
def _add_rows(sums: Floats, rows: Floats) -> None:
    for place in range(len(rows)):
        sums += rows[place]


@compiled
def _hand_back(around: Floats, bounds: Places, distance: int, back: Floats) -> None:
    """The way back through `_look_around`: adds what each character answers for."""
    width = back.shape[1]
    for sentence in range(len(bounds) - 1):
        first, end = bounds[sentence], bounds[sentence + 1]
        for place in range(first, end):
            for side in range(3):
                other = place + (side - 1) * distance
                if first <= other < end:
                    back[other] += around[place, side * width : (side + 1) * width]


@compiled
def _go_back_to_all(
    back: Floats,
    bounds: Places,
    whole: Floats,
    summary: Floats,
    highest: Places,
    told: Floats,
    whole_gradient: Floats,
    start_gradient: Floats,
) -> None:
    """The way back through `_tell_all`."""
    count, width = told.shape
    change = np.zeros((count, width), np.float32)
    for sentence in range(count):
        for place in range(bounds[sentence], bounds[sentence + 1]):
            change[sentence] += back[place]
        for number in range(width):
            change[sentence, number] *= np.float32(told[sentence, number] > 0)
    whole_gradient += np.dot(summary.T, change)
    _add_rows(start_gradient, change)
    owed = np.dot(change, whole.T)
    for sentence in range(count):
        first, end = bounds[sentence], bounds[sentence + 1]
        for place in range(first, end):
            for number in range(width):
                back[place, number] += owed[sentence, number] / np.float32(end - first)
        for number in range(width):
            back[highest[sentence, number], number] += owed[sentence, width + number]


@compiled
def _reach_grams(
    back: Floats, begun: Floats, rows: Rows, places: Places, vectors: Floats, start: Floats, touched: Flags
) -> None:
    """The way back through `_hear_grams`."""
    for place in range(len(back)):
        for number in range(back.shape[1]):
            back[place, number] *= np.float32(begun[place, number] > 0)
    _add_rows(start, back)
    for gram in range(len(rows)):
        vectors[rows[gram]] += back[places[gram]]
        touched[rows[gram]] = True


@compiled
def move_weights(own: Floats, means: Floats, squares: Floats, gradient: Floats, rate: float, taken: int) -> None:
    """One step of Adam, in place.

    Args:
        own, means, squares, gradient: flat, of one shape. taken: how many steps there were, this one included.
    """
    reach = np.float32(rate / (1.0 - np.float64(_MEAN_DECAY) ** taken))
    spread = np.float32(1.0 / (1.0 - np.float64(_SQUARE_DECAY) ** taken))
    for place in range(len(own)):
        means[place] += (np.float32(1.0) - _MEAN_DECAY) * (gradient[place] - means[place])
        squares[place] += (np.float32(1.0) - _SQUARE_DECAY) * (gradient[place] * gradient[place] - squares[place])
        own[place] -= reach * means[place] / (np.sqrt(squares[place] * spread) + _TINY)


@compiled
def move_vectors(
    vectors: Floats,
    means: Floats,
    squares: Floats,
    gradients: tuple[Floats, ...],
    touched: tuple[Flags, ...],
    share: float,
    rate: float,
    taken: int,
) -> None:
    """One step of Adam for the vectors that have a gradient; clears gradients and marks.

    Args:
        gradients: of the two halves of a batch, to be added. share: of the sum that counts.
    """
    first, second = gradients
    for row in range(len(vectors)):
        if touched[0][row] or touched[1][row]:
            own = (first[row] + second[row]) * np.float32(share)
            move_weights(vectors[row], means[row], squares[row], own, rate, taken)
            first[row], second[row] = np.float32(0.0), np.float32(0.0)
            touched[0][row] = touched[1][row] = False
