"""Every name and alias of the catalogue, and the ways in which people get them wrong."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from intents.normalise import syllables_of
from intents.understanding import Understanding
from tests.real import load_real_knowledge

# A slip in a name of two characters leaves another word.
SHORTEST: Final = 3
_SEED: Final = 5
_QUESTIONS: Final = {
    "matter": ("{}要带什么材料", "我想办{}，要准备什么"),
    "certificate": ("{}要带吗", "还要{}吗"),
}
Spoil = Callable[[random.Random, str], str]


@dataclass(frozen=True, slots=True)
class Name:
    """What a matter or a certificate is called, and its id."""

    kind: str
    id: str
    text: str


@cache
def list_names(kind: str) -> tuple[Name, ...]:
    """Official names and aliases; `kind` is matter or certificate."""
    catalogue = load_real_knowledge().catalogue
    items = catalogue.matters if kind == "matter" else catalogue.certificates
    named = ((item.id, name) for item in items.values() for name in (item.name, *item.aliases))
    return tuple(Name(kind, key, text) for key, text in dict.fromkeys(named))


def list_missed(kind: str, spoil: Spoil = lambda _, text: text, *, shortest: int = 1) -> tuple[list[str], int]:
    """Questions in which a name is not understood as itself, and how many there were."""
    engine, source = load_real_knowledge().engine, random.Random(_SEED)
    missed, count = [], 0
    for name in list_names(kind):
        for question in _QUESTIONS[kind] if len(name.text) >= shortest else ():
            asked = question.format(spoil(source, name.text))
            count += 1
            if not _is_heard(engine.understand(asked), name):
                missed.append(f"{asked} ({name.text} {name.id})")
    return missed, count


def slip(source: random.Random, text: str) -> str:
    """A character dropped, doubled, swapped with the next one or replaced by any other."""
    place = source.randrange(len(text) - 1)
    before, character, behind = text[:place], text[place], text[place + 1 :]
    return source.choice(
        (
            before + behind,
            before + character * 2 + behind,
            before + behind[0] + character + behind[1:],
            before + source.choice(_common_characters()) + behind,
        )
    )


def mishear(source: random.Random, text: str) -> str:
    """A character replaced by another one that sounds the same; the text itself where there is none."""
    others = {place: _list_homophones(character) for place, character in enumerate(text)}
    places = [place for place, characters in others.items() if characters]
    if not places:
        return text
    place = source.choice(places)
    return text[:place] + source.choice(others[place]) + text[place + 1 :]


def _is_heard(understood: Understanding, name: Name) -> bool:
    return understood.matter == name.id if name.kind == "matter" else name.id in understood.certificates


@cache
def _common_characters() -> tuple[str, ...]:
    """The 3,755 characters of the first level of GB 2312."""
    return tuple(_decode_level_one())


def _decode_level_one() -> Iterator[str]:
    for row in range(0xB0, 0xD8):
        for cell in range(0xA1, 0xFF):
            try:
                yield bytes((row, cell)).decode("gb2312")
            except UnicodeDecodeError:
                return


@cache
def _list_homophones(character: str) -> tuple[str, ...]:
    (syllable,) = syllables_of(character)
    return tuple(other for other in _by_syllable().get(syllable, ()) if other != character)


@cache
def _by_syllable() -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for character in _common_characters():
        groups.setdefault(syllables_of(character)[0], []).append(character)
    return groups
