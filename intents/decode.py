"""Decides matter and certificates together: each speaks for those with which the catalogue lists it."""

import re
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from intents.compose import CERTIFICATE, MATTER
from intents.cues import Signs
from intents.features import Floats, Rows
from intents.gating import EXTRA_ROWS
from intents.kernels.message import (
    BONUSES,
    CANDIDATES,
    JUDGES,
    MATTERS_WEIGHED,
    NAMED,
    REAL,
    RIGHT,
    SHARES,
    SPAN_FEATURES,
    SPAN_RANKING,
    read_message,
)
from intents.kernels.roles import BEGINS, BETWEEN, Marks
from intents.layout import CERTIFICATES, INTENTS, MATTERS
from intents.model import Model
from intents.tuning import Tuning
from intents.understanding import Candidate, Intent, Mention

_GETTING: Final = re.compile(r"(补[办领发开]?|换[领发]?|重[办领]|申领|考)[个一张本份下]*$")
_LOSING: Final = re.compile(r"[都给也]?(丢|掉了|不见|被偷|遗失|到期|坏了|烂了)")
# Where one name of a list ends and the next begins, if it is not inside a known name.
_JOINTS: Final = re.compile(r"，|还有|以及|和|跟|与|及|、")
# A stretch whose characters have another role with this mean probability surely names something else.
_SURELY: Final = 0.7
_INTENTS: Final = len(Intent)
_NAMED: Final = _INTENTS + NAMED

_MODELS: Final = {"matter": MATTERS, "certificate": CERTIFICATES}
_NO_NAMES: Final = np.empty((0, 5), dtype=np.int32)

Features = tuple[float, ...]
Flags = npt.NDArray[np.bool_]


class Seen(NamedTuple):
    """What the first models see in a normalised text.

    Attributes:
        roles: probability of each role for each character.
        mentions: known names and cue words.
        intents: probability of each intent, in the order of the enum. ranking: their places, the likeliest first.
        circumstances: log-odds that somebody acts for the applicant, and that a certificate was issued outside.
        is_strange: whether two characters stand side by side that never do, as where somebody mistyped.
    """

    text: str
    roles: Floats
    mentions: tuple[Mention, ...]
    intents: tuple[float, ...]
    ranking: tuple[int, ...]
    circumstances: tuple[float, float]
    is_strange: bool


class Ranked(NamedTuple):
    """Classes of a slot with their probabilities, best first, and how likely the first one is right."""

    classes: tuple[int, ...]
    scores: tuple[float, ...]
    right: float
    features: Features


class CertificateReading(NamedTuple):
    """One stretch of text that seems to name a certificate: which one, and how likely it names one that is asked about.

    `is_exact` where a known name stands there, perhaps with a slip.
    """

    start: int
    end: int
    ranked: Ranked
    real: float
    is_exact: bool
    features: Features


class Decoded(NamedTuple):
    """Slots of one message. `named` is the probability that a matter is named at all, from `features`."""

    matter: Ranked
    named: float
    features: Features
    certificates: tuple[CertificateReading, ...]


class Reading(NamedTuple):
    """All that the models say about one message, before any threshold.

    Attributes:
        faq: curated answers, best first. reranked: slots that a re-ranker has weighed anew.
        again: whether this was a second look. slips: names that were read though they are typed with a slip.
    """

    seen: Seen
    decoded: Decoded
    faq: tuple[Candidate, ...]
    signs: Signs
    reranked: tuple[str, ...] = ()
    again: bool = False
    slips: tuple[Mention, ...] = ()


class Decoder:
    """Reads a message.

    Args:
        model: what training found out. indexes: (kind, id) → class, for matters and certificates.
        listed: which pairs the catalogue lists, shape (matters, certificates).
        objects: pairs where the matter is about getting that certificate, of the same shape.
    """

    def __init__(
        self,
        model: Model,
        indexes: Mapping[tuple[str, str], int],
        listed: Flags,
        objects: Flags,
        tuning: Tuning,
    ) -> None:
        self._indexes = indexes
        self._index = model.index
        self._mark_at, self._mark_again_at = tuning.mark_at, tuning.mark_again_at
        matters, certificates = (
            min(most, size) for most, size in zip((MATTERS_WEIGHED, CANDIDATES), listed.shape, strict=True)
        )
        # Where spans begin among the numbers and the classes of a message, and how many of either each has.
        self._spans_from = _NAMED + 1 + SHARES + matters, _INTENTS + matters
        self._span_sizes = SPAN_RANKING + SHARES + certificates, certificates
        self._arrays = (
            *model.index.arrays,
            model.roles.arrays,
            model.table.arrays,
            _summary_weights(model),
            _list_certificates(listed),
            listed,
            objects,
            _list_judges(tuning),
            np.array([getattr(tuning, name) for name in BONUSES], dtype=np.float64),
        )

    def read(
        self,
        text: str,
        mentions: Sequence[Mention],
        about: int | None = None,
        *,
        hidden: str = "",
        again: bool = False,
        twice: Sequence[Mention] = (),
    ) -> tuple[Seen, Decoded]:
        """What the models see in a normalised text, and the slots of it.

        Args:
            mentions: known names and cue words in the text. about: the matter class that the conversation is about.
            hidden: the text with names of places hidden, where it has any.
            again: whether this is a second look, for which a weaker sign of a certificate is enough.
            twice: those of the mentions that count twice.
        """
        roles, values, order, circumstances, is_strange = read_message(
            self._index.pad(text),
            self._index.pad(hidden) if hidden else b"",
            self._list_names(text, [*mentions, *twice]),
            _find_parting(text, mentions),
            self._mark_again_at if again else self._mark_at,
            -1 if about is None else about,
            *self._arrays,
        )
        numbers, places = tuple(values.tolist()), tuple(order.tolist())
        seen = Seen(text, roles, tuple(mentions), numbers[:_INTENTS], places[:_INTENTS], circumstances, is_strange)
        features, named = numbers[_INTENTS:_NAMED], numbers[_NAMED]
        matter = _rank(places[_INTENTS : self._spans_from[1]], numbers[_NAMED + 1 : self._spans_from[0]])
        return seen, Decoded(matter, named, features, self._read_spans(numbers, places))

    def _read_spans(self, numbers: Features, places: tuple[int, ...]) -> tuple[CertificateReading, ...]:
        """The spans of a message, which stand behind its matter."""
        (start, first), (width, count) = self._spans_from, self._span_sizes
        readings = []
        while start < len(numbers):
            features, real = numbers[start + SPAN_FEATURES : start + REAL], numbers[start + REAL]
            ranked = _rank(places[first : first + count], numbers[start + SPAN_RANKING : start + width])
            begin, end = int(numbers[start]), int(numbers[start + 1])
            readings.append(CertificateReading(begin, end, ranked, real, features[-1] == 1.0, features))
            start, first = start + width, first + count
        return tuple(readings)

    def _list_names(self, text: str, mentions: Sequence[Mention]) -> Rows:
        """The matters and certificates among the mentions, as `read_message` takes them."""
        names = [
            (start, end, _role_of(kind, text, start, end), _MODELS[kind], self._indexes[kind, key])
            for kind, key, start, end, _ in mentions
            if kind in _MODELS
        ]
        return np.array(names, dtype=np.int32) if names else _NO_NAMES


def _rank(classes: tuple[int, ...], numbers: tuple[float, ...]) -> Ranked:
    return Ranked(classes, numbers[SHARES:], numbers[RIGHT], numbers[:RIGHT])


def _list_certificates(listed: Flags) -> Rows:
    """The certificates that each matter lists, filled up with -1, so that a loop visits few of them."""
    lists = np.full((len(listed), int(listed.sum(axis=1).max(initial=0)) + 1), -1, dtype=np.int32)
    for row, own in zip(lists, listed, strict=True):
        row[: own.sum()] = own.nonzero()[0]
    return lists


def _list_judges(tuning: Tuning) -> npt.NDArray[np.float64]:
    weights = [getattr(tuning, name) for name in JUDGES]
    judges = np.zeros((len(weights), max(map(len, weights))), dtype=np.float64)
    for row, own in zip(judges, weights, strict=True):
        row[: len(own)] = own
    return judges


def _summary_weights(model: Model) -> Floats:
    """Weights of intents for the summary of roles. Shape (EXTRA_ROWS, intents)."""
    begin, end = model.table.cuts[INTENTS], model.table.cuts[INTENTS + 1]
    levels = model.table.levels[-EXTRA_ROWS:, begin:end].astype(np.float32)
    weights: Floats = levels * model.table.steps[-EXTRA_ROWS:, [INTENTS]]
    return weights


def _role_of(kind: str, text: str, start: int, end: int) -> int:
    """The role of a name; a certificate that somebody wants to get again ("补行驶证") is a matter."""
    if kind == "matter" or _GETTING.search(text, max(0, start - 4), start) or _LOSING.match(text, end):
        return MATTER
    return CERTIFICATE


def contradicts(slip: Mention, roles: Floats) -> bool:
    """Whether a name that seems to be typed with a slip stands where something else is surely named."""
    other = CERTIFICATE if slip.kind == "matter" else MATTER
    return bool(roles[slip.start : slip.end, other].mean() >= _SURELY)


def _find_parting(text: str, mentions: Sequence[Mention]) -> Marks:
    """Where one name of a list ends and the next begins: at a joint, or at once where people leave out the joint."""
    parting = np.zeros(len(text), dtype=np.int8)
    last_end = 0
    for kind, _, start, end, _ in mentions:
        if kind == "certificate":
            if last_end and start >= last_end:
                parting[start] = BEGINS
            last_end = end
    for match in _JOINTS.finditer(text):
        first, last = match.span()
        for mention in mentions:
            if mention.start < first and last < mention.end:
                break
        else:
            parting[first:last] = BETWEEN
    return parting
