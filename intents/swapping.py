"""Puts what names a matter or a certificate in one whole question into the place of it in another.

"[村里写的条子]要吗" and "[产院那张]丢了能办吗" make "[村里写的条子]丢了能办吗": what a paper is called says little of
how people ask for it. From such questions the network of roles learns to tell names by what stands around them.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from intents.compose import CERTIFICATE, MATTER, Sample
from intents.kernels.roles import FIRST

# How often the name of a matter, or of a certificate, gives way to another one.
_SHARES: Final = {MATTER: 0.5, CERTIFICATE: 0.7}
_SEED: Final = 7

Voices = npt.NDArray[np.int8]


class _Piece(NamedTuple):
    """A stretch of a question. `is_name` where it is all that names a slot, so that another name can stand there."""

    role: int
    text: str
    is_name: bool


def swap_slots(questions: Sequence[Sample], times: int) -> Iterator[list[tuple[str, Voices]]]:
    """So many times, new sentences made of the questions, with the voice of each character.

    Args:
        questions: those of which it is known what names their slots. One that keeps its own names by chance, or has
            none, gives no sentence.
    """
    source = random.Random(_SEED)
    cut = [_cut(question) for question in questions]
    names = {
        role: [piece for pieces in cut for piece in pieces if piece.is_name and piece.role == role] for role in _SHARES
    }
    for _ in range(times):
        swapped = ([_swap(piece, names, source) for piece in pieces] for pieces in cut)
        yield [_join(new) for old, new in zip(cut, swapped, strict=True) if new != old]


def _cut(question: Sample) -> list[_Piece]:
    """The stretches of a question."""
    firsts = {span.start for span in question.spans if span.start < span.end}
    roles = question.roles.tolist()
    begins = [place for place, role in enumerate(roles) if not place or place in firsts or role != roles[place - 1]]
    # Several stretches that together tell the matter make sense only together.
    is_told_at_once = sum(roles[begin] == MATTER for begin in begins) == 1
    return [
        _Piece(role, question.text[begin:end], role == CERTIFICATE or (role == MATTER and is_told_at_once))
        for role, begin, end in zip((roles[begin] for begin in begins), begins, [*begins[1:], len(roles)], strict=True)
    ]


def _swap(piece: _Piece, names: Mapping[int, Sequence[_Piece]], source: random.Random) -> _Piece:
    return source.choice(names[piece.role]) if piece.is_name and source.random() < _SHARES[piece.role] else piece


def _join(pieces: Sequence[_Piece]) -> tuple[str, Voices]:
    voices: list[int] = []
    for role, text, _ in pieces:
        voices += [FIRST if role == CERTIFICATE else role, *[role] * (len(text) - 1)]
    return "".join(piece.text for piece in pieces), np.array(voices, dtype=np.int8)
