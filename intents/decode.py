"""Decides matter and certificates together: each speaks for those with which the catalogue lists it."""

import re
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from intents.compose import CERTIFICATE, MATTER
from intents.features import Floats, Rows
from intents.gating import EXTRA_ROWS
from intents.kernels.message import read_message
from intents.kernels.slots import rank_certificates
from intents.layout import CERTIFICATES, INTENTS, MATTERS
from intents.model import Model
from intents.roles import LEAST
from intents.tuning import Tuning, logistic
from intents.understanding import Intent, Mention

_GETTING: Final = re.compile(r"(补[办领发开]?|换[领发]?|重[办领]|申领|考)[个一张本份下]*$")
_LOSING: Final = re.compile(r"[都给也]?(丢|掉了|不见|被偷|遗失|到期|坏了|烂了)")
# Where one name of a list ends and the next begins, if it is not inside a known name.
_JOINTS: Final = re.compile(r"，|还有|以及|和|跟|与|及|、")
_LONGEST_NAME: Final = 6
_OBTAIN: Final = tuple(Intent).index(Intent.CERTIFICATE_OBTAIN)
_CANDIDATES: Final = 6

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
    """

    text: str
    roles: Floats
    mentions: tuple[Mention, ...]
    intents: list[float]
    ranking: list[int]


class Ranked(NamedTuple):
    """Classes of a slot with their probabilities, best first, and how likely the first one is right."""

    classes: tuple[int, ...]
    scores: tuple[float, ...]
    right: float
    features: Features


class CertificateReading(NamedTuple):
    """One stretch of text that seems to name a certificate: which one, and how likely it names one at all.

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


class Decoder:
    """Reads a message.

    Args:
        model: what training found out. indexes: (kind, id) → class, for matters and certificates.
        listed: which pairs the catalogue lists, shape (matters, certificates).
    """

    def __init__(
        self, model: Model, indexes: Mapping[tuple[str, str], int], listed: npt.NDArray[np.bool_], tuning: Tuning
    ) -> None:
        self._indexes = indexes
        self._listed = listed
        self._none_listed = np.zeros(listed.shape[1], dtype=np.bool_)
        self._tuning = tuning
        self._bonuses = (tuning.name_support, tuning.exact_bonus, tuning.listed_bonus)
        self._index = model.index
        self._arrays = (
            model.index.arrays,
            (model.roles.weights, model.roles.bias),
            model.table.arrays,
            _summary_weights(model),
            listed,
        )

    def read(
        self, text: str, mentions: Sequence[Mention], about: int | None = None, *, least: float = LEAST
    ) -> tuple[Seen, Decoded]:
        """What the models see in a normalised text, and the slots of it.

        Args:
            mentions: known names and cue words in the text. about: the matter class that the conversation is about.
            least: probability from which a character counts as a certificate's; lower for a second look.
        """
        names = self._list_names(text, mentions)
        roles, intents, classes, shares, naming, places, certificates, facts = read_message(
            self._index.pad(text), names, _find_parting(text, mentions), least, self._bonuses, *self._arrays
        )
        shares_of_intents = intents.tolist()
        ranking = sorted(range(len(shares_of_intents)), key=shares_of_intents.__getitem__, reverse=True)
        seen = Seen(text, roles, tuple(mentions), shares_of_intents, ranking)
        alone, peak, amount, lead, is_named = naming.tolist()
        matter = _rank(classes.tolist(), shares.tolist(), alone, self._tuning.matter_right)
        features = (
            peak,
            min(amount / _LONGEST_NAME, 1.0),
            max(-1.0, min(1.0, lead / 10)),
            is_named,
            seen.intents[_OBTAIN],
        )
        named = logistic(self._tuning.matter_named, features)
        if not len(places):
            return seen, Decoded(matter, named, features, ())
        listed, bonus = self._prior(matter.classes[0] if named >= self._tuning.name_at else None, about)
        ranked = rank_certificates(certificates, listed, bonus, _CANDIDATES)
        spans = zip(places.tolist(), facts.tolist(), *(part.tolist() for part in ranked), strict=True)
        return seen, Decoded(matter, named, features, tuple(self._read_span(*span) for span in spans))

    def _list_names(self, text: str, mentions: Sequence[Mention]) -> Rows:
        """The matters and certificates among the mentions, as `read_message` takes them."""
        names = [
            (start, end, _role_of(kind, text, start, end), _MODELS[kind], self._indexes[kind, key])
            for kind, key, start, end, _ in mentions
            if kind in _MODELS
        ]
        return np.array(names, dtype=np.int32) if names else _NO_NAMES

    def _read_span(
        self,
        place: list[int],
        facts: list[float],
        classes: list[int],
        shares: list[float],
        alone: list[float],
    ) -> CertificateReading:
        start, end = place
        strength, is_exact = facts
        features = (strength, min((end - start) / _LONGEST_NAME, 1.0), alone[1], is_exact)
        ranked = _rank(classes, shares, alone[0], self._tuning.certificate_right)
        real = logistic(self._tuning.certificate_real, features)
        return CertificateReading(start, end, ranked, real, bool(is_exact), features)

    def _prior(self, named: int | None, about: int | None) -> tuple[Flags, float]:
        """Which certificates the matter speaks for: much if the message names it, less if the conversation does."""
        if named is not None:
            return self._listed[named], self._tuning.listed_bonus
        if about is not None:
            return self._listed[about], self._tuning.context_bonus
        return self._none_listed, 0.0


def _rank(classes: list[int], shares: list[float], alone: float, weights: Sequence[float]) -> Ranked:
    """The classes in order; the first is as likely right as its share, its lead and its share before joining say."""
    lead = shares[0] - shares[1] if len(shares) > 1 else 1.0
    features = (shares[0], lead, alone)
    return Ranked(tuple(classes), tuple(shares), logistic(weights, features), features)


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


def _find_parting(text: str, mentions: Sequence[Mention]) -> Flags:
    """The characters where one name of a list ends and the next begins."""
    parting = np.zeros(len(text), dtype=np.bool_)
    for match in _JOINTS.finditer(text):
        first, last = match.span()
        for mention in mentions:
            if mention.start < first and last < mention.end:
                break
        else:
            parting[first:last] = True
    return parting
