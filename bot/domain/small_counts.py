"""Counts of few people are not published, nor anything from which they could be worked out. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

LEAST: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Folded:
    """The parts of a total that may be shown, the largest first; all others are one `rest`, which is 0 or not few.

    A reader cannot tell a part that is nothing from one that was folded, nor which parts the rest is made of. Where
    the whole is few, nothing is shown and `rest` is None.
    """

    shown: tuple[tuple[str, int], ...]
    rest: int | None


def is_few(count: int) -> bool:
    """Whether so few people are behind a count that it is not told; nobody is not few."""
    return 0 < count < LEAST


def fold_small(counts: Mapping[str, int]) -> Folded:
    """Folds small parts, and as many of the next ones as it takes for their sum not to be few itself."""
    ranked = sorted(((name, count) for name, count in counts.items() if count), key=lambda part: (-part[1], part[0]))
    shown = [part for part in ranked if part[1] >= LEAST]
    rest = sum(count for _name, count in ranked if count < LEAST)
    while is_few(rest) and shown:
        rest += shown.pop()[1]
    return Folded(shown=tuple(shown), rest=None if is_few(rest) else rest)


def may_share(*parts: int) -> bool:
    """Whether a share may be told, from which each part of the whole could be worked out."""
    return sum(parts) > 0 and not any(map(is_few, parts))
