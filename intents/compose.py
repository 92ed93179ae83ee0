"""Composes training sentences: templates of each intent, filled with what people call matters and certificates.

A composed sentence knows the role of every character, so the engine can learn from it where in a sentence a matter or a
certificate is named, and not only which.
"""

import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from intents.data import SLOT_PATTERN, LanguageData
from intents.normalise import Normaliser
from intents.understanding import Intent
from intents.vocabulary import Phrases, Vocabulary, names_of

OTHER, MATTER, CERTIFICATE = 0, 1, 2
_PAUSES: Final = frozenset("，。？！；：、,?! ")
# Stands for a name while the words around it are brought into form.
_ANY_NAME: Final = "某某"
_SPLIT: Final = re.compile(r"(\{\w+\})")
_OPENING_SHARE: Final = 0.3
# How often a composed pair is one of the catalogue's; the rest teaches that any certificate may be asked about.
_LISTED_SHARE: Final = 0.7
# How often a matter's sentence names a certificate too: that is where roles must be told apart.
_BOTH_SHARE: Final = 0.6
# What share of sentences about slots each intent has among citizens; the rest share alike.
_SHARES: Final = {
    Intent.CERTIFICATE_NEEDED: 12.0,
    Intent.MATTER_MATERIALS: 4.0,
    Intent.COMPLAINT_FILE: 2.0,
    Intent.CERTIFICATE_OBTAIN: 2.0,
}
_OTHER_SHARE: Final = 0.7
# Sentences of these intents name papers and matters even where they have no slots.
_NAMING: Final = frozenset(
    {
        Intent.CERTIFICATE_NEEDED,
        Intent.MATTER_MATERIALS,
        Intent.CERTIFICATE_OBTAIN,
        Intent.COMPLAINT_FILE,
        Intent.E_LICENSE,
        Intent.VERIFICATION_TRACK,
    }
)
# How often a name is typed with a slip: a character dropped, doubled, swapped or replaced.
_SLIP_SHARE: Final = 0.15
_SLIP_LEAST: Final = 3
# How often several certificates are asked about at once, and what people put between them.
_LIST_SHARE: Final = 0.2
_AND: Final = ("，", "，", "和", "跟", "还有", "与", "，还有", "")


@dataclass(frozen=True, slots=True)
class Span:
    """Characters [start, end) that name the certificate with this index."""

    start: int
    end: int
    index: int


@dataclass(frozen=True, slots=True)
class Sample:
    """One training sentence. `matter` is the index of the matter named, or None; `roles` has one role a character.

    `bare` sentences are a name and nothing else. Where `located` is false nobody has said yet which characters name
    what: such a sentence teaches the intent only, and `whole` questions also which slots they have.
    """

    text: str
    roles: npt.NDArray[np.int8]
    intent: Intent
    matter: int | None
    spans: tuple[Span, ...]
    bare: bool = False
    located: bool = True
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Amounts:
    """How many sentences are composed for each item and each sentence without slots.

    `least` are composed for the items of a kind together: in a small catalogue each item gets more, for else sentences
    without slots would drown the others.
    """

    per_matter: int = 24
    per_certificate: int = 40
    per_sentence: int = 6
    least: int = 6_000

    def for_each(self, number: int, count: int) -> int:
        """How many for each of `count` items, where `number` are usual."""
        return max(number, self.least // max(count, 1))


class Composer:
    """Draws training sentences; the same seed gives the same sentences."""

    def __init__(
        self,
        data: LanguageData,
        vocabulary: Vocabulary,
        matters: Phrases,
        certificates: Phrases,
        normaliser: Normaliser,
        *,
        seed: int = 7,
    ) -> None:
        self._random = random.Random(seed)
        self._matter_ids = tuple(matters.by_id)
        self._certificate_ids = tuple(certificates.by_id)
        self._certificate_index = {key: place for place, key in enumerate(self._certificate_ids)}
        self._matters = normalise_phrases(matters, normaliser)
        self._certificates = normalise_phrases(certificates, normaliser)
        self._listed = _group_pairs(vocabulary.pairs)
        self._fillers = {name: tuple(map(normaliser.apply, words)) for name, words in data.fillers.items()}
        self._fillers["unit"] = tuple(normaliser.apply(name) for unit in vocabulary.units for name in names_of(unit))
        self._templates = [
            (intent, _normalise_template(sentence, normaliser))
            for intent, sentences in data.sentences.items()
            for sentence in sentences
        ]
        self._templates += [
            (Intent(asked.intent), normaliser.apply(ask)) for asked in vocabulary.faq for ask in asked.asks
        ]

    def compose(self, amounts: Amounts) -> list[Sample]:
        """The training sentences in random order."""
        with_matter = self._pick(lambda sentence: "{matter}" in sentence)
        with_both = self._pick(lambda sentence: "{matter}" in sentence and "{certificate}" in sentence)
        with_certificate = self._pick(lambda sentence: "{certificate}" in sentence and "{matter}" not in sentence)
        plain = [pair for pair in self._templates if "{matter}" not in pair[1] and "{certificate}" not in pair[1]]
        samples: list[Sample] = []
        for place, matter in enumerate(self._matter_ids):
            samples += [self._bare(phrase, MATTER, place) for phrase in self._matters[matter]]
            for _ in range(amounts.for_each(amounts.per_matter, len(self._matter_ids))):
                both = with_both and self._random.random() < _BOTH_SHARE
                template = self._draw(with_both if both else with_matter)
                samples.append(self._fill(template, matter, self._draw_certificates(matter)))
        for place, certificate in enumerate(self._certificate_ids):
            samples += [self._bare(phrase, CERTIFICATE, place) for phrase in self._certificates[certificate]]
            for _ in range(amounts.for_each(amounts.per_certificate, len(self._certificate_ids))):
                others = [certificate, *self._random.choices(self._certificate_ids, k=2)]
                samples.append(self._fill(self._draw(with_certificate), None, others))
        for template in plain * amounts.per_sentence:
            samples.append(self._fill(template, None, ()))
        samples = [sample for sample in samples if sample.text]
        self._random.shuffle(samples)
        return samples

    def _pick(self, fits: Callable[[str], bool]) -> dict[Intent, list[tuple[Intent, str]]]:
        """The templates that fit, by intent."""
        picked: dict[Intent, list[tuple[Intent, str]]] = {}
        for intent, sentence in self._templates:
            if fits(sentence):
                picked.setdefault(intent, []).append((intent, sentence))
        return picked

    def _draw(self, templates: dict[Intent, list[tuple[Intent, str]]]) -> tuple[Intent, str]:
        """One template: first the intent by its share of what citizens ask, then any of its sentences."""
        intents = list(templates)
        shares = [_SHARES.get(intent, _OTHER_SHARE) for intent in intents]
        return self._random.choice(templates[self._random.choices(intents, shares)[0]])

    def _draw_certificates(self, matter: str) -> list[str]:
        listed = self._listed.get(matter, ())
        pool = listed if listed and self._random.random() < _LISTED_SHARE else self._certificate_ids
        return [self._random.choice(pool) for _ in range(4)]

    def _bare(self, phrase: str, role: int, index: int) -> Sample:
        roles = np.full(len(phrase), role, dtype=np.int8)
        if role == MATTER:
            return Sample(phrase, roles, Intent.MATTER_MATERIALS, index, (), bare=True)
        return Sample(phrase, roles, Intent.CERTIFICATE_NEEDED, None, (Span(0, len(phrase), index),), bare=True)

    def _fill(self, template: tuple[Intent, str], matter: str | None, certificates: Sequence[str]) -> Sample:
        intent, sentence = template
        pieces: list[str] = []
        roles: list[int] = []
        spans: list[Span] = []
        if self._random.random() < _OPENING_SHARE and self._fillers.get("opening"):
            opening = self._random.choice(self._fillers["opening"])
            pieces.append(opening)
            roles += [OTHER] * len(opening)
        for piece in _SPLIT.split(sentence):
            role, words = OTHER, piece
            if piece == "{matter}" and matter is not None:
                role, words = MATTER, self._say(self._matters[matter])
            elif piece == "{certificate}" and certificates:
                self._add_certificates(certificates, pieces, roles, spans)
                continue
            elif slot := SLOT_PATTERN.fullmatch(piece):
                words = self._random.choice(self._fillers.get(slot.group(1)) or ("",))
            pieces.append(words)
            roles += [role] * len(words)
        index = self._matter_ids.index(matter) if matter is not None and "{matter}" in sentence else None
        located = bool(SLOT_PATTERN.search(sentence)) or intent not in _NAMING
        return Sample("".join(pieces), np.array(roles, dtype=np.int8), intent, index, tuple(spans), located=located)

    def _say(self, phrases: Sequence[str]) -> str:
        """One of the phrases, now and then with a slip of the finger."""
        phrase = self._random.choice(phrases)
        if len(phrase) < _SLIP_LEAST or self._random.random() >= _SLIP_SHARE:
            return phrase
        place = self._random.randrange(len(phrase) - 1)
        before, character, after = phrase[:place], phrase[place], phrase[place + 1 :]
        slips = (
            before + after,
            before + character * 2 + after,
            before + after[0] + character + after[1:],
            before + self._random.choice(self._random.choice(phrases)) + after,
        )
        return self._random.choice(slips)

    def _add_certificates(
        self, certificates: Sequence[str], pieces: list[str], roles: list[int], spans: list[Span]
    ) -> None:
        """One certificate's phrase, or now and then a list of several."""
        count = self._random.choice((2, 3)) if self._random.random() < _LIST_SHARE else 1
        for number in range(count):
            if number:
                joint = self._random.choice(_AND)
                pieces.append(joint)
                roles += [OTHER] * len(joint)
            certificate = certificates[len(spans) % len(certificates)]
            words = self._say(self._certificates[certificate])
            spans.append(Span(len(roles), len(roles) + len(words), self._certificate_index[certificate]))
            pieces.append(words)
            roles += [CERTIFICATE] * len(words)


def normalise_phrases(phrases: Phrases, normaliser: Normaliser) -> dict[str, tuple[str, ...]]:
    """The phrases in the engine's form, without those that come out empty or twice."""
    return {
        key: tuple(dict.fromkeys(form for form in map(normaliser.apply, group) if form)) or (key,)
        for key, group in phrases.by_id.items()
    }


def normalise_pieces(pieces: Sequence[str], normaliser: Normaliser) -> list[str]:
    """Each piece of a sentence in the engine's form, as it comes out between the pieces before and behind it."""
    forms = []
    for number, piece in enumerate(pieces):
        behind = "".join(_shorten_neighbour(later) for later in pieces[number + 1 : number + 2])
        form = normaliser.apply(f"{_ANY_NAME}{piece}{behind}")
        forms.append(form[len(_ANY_NAME) : len(form) - len(behind)])
    return [*(form.removeprefix("，") for form in forms[:1]), *forms[1:]]


def _shorten_neighbour(piece: str) -> str:
    """What stands for a piece while the one before it is brought into form: any name, after a pause if it has one."""
    return f"，{_ANY_NAME}" if piece[:1] in _PAUSES else _ANY_NAME


def _normalise_template(sentence: str, normaliser: Normaliser) -> str:
    """The words around the slots in the engine's form."""
    pieces = [piece for piece in _SPLIT.split(sentence) if piece]
    words = iter(normalise_pieces(["" if SLOT_PATTERN.fullmatch(piece) else piece for piece in pieces], normaliser))
    forms = [
        form or piece if SLOT_PATTERN.fullmatch(piece) else form for piece, form in zip(pieces, words, strict=True)
    ]
    return "".join(forms).strip("，")


def _group_pairs(pairs: frozenset[tuple[str, str]]) -> Mapping[str, tuple[str, ...]]:
    groups: dict[str, list[str]] = {}
    for matter, certificate in sorted(pairs):
        groups.setdefault(matter, []).append(certificate)
    return {matter: tuple(group) for matter, group in groups.items()}
