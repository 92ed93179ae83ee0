"""Small counts are not told, and cannot be worked out."""

from itertools import product

import pytest

from bot.domain.small_counts import LEAST, fold_small, may_share


@pytest.mark.parametrize(
    ("counts", "shown", "rest"),
    [
        ({"a": 12, "b": 6}, (("a", 12), ("b", 6)), 0),
        ({"a": 12, "b": 6, "c": 2}, (("a", 12),), 8),
        ({"a": 12, "b": 3, "c": 2}, (("a", 12),), 5),
        ({"a": 12, "b": 2}, (), 14),
        ({"a": 2, "b": 2}, (), None),
        ({"a": 0}, (), 0),
        ({}, (), 0),
    ],
)
def test_small_parts_are_folded_until_the_rest_is_not_small(
    counts: dict[str, int], shown: tuple[tuple[str, int], ...], rest: int | None
) -> None:
    folded = fold_small(counts)
    assert (folded.shown, folded.rest) == (shown, rest)


def test_no_total_gives_a_small_part_away() -> None:
    for parts in product(range(8), repeat=4):
        counts = dict(zip("abcd", parts, strict=True))
        folded = fold_small(counts)
        assert all(count >= LEAST for _name, count in folded.shown)
        hidden = [name for name in counts if name not in dict(folded.shown)]
        left = sum(counts[name] for name in hidden)
        assert folded.rest == (None if 0 < left < LEAST else left)


def test_a_share_is_told_only_where_no_part_is_small() -> None:
    assert may_share(20, 5)
    assert may_share(20, 0)
    assert not may_share(20, 2)
    assert not may_share(0, 0)
