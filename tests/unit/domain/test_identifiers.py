"""Ids are unique and follow time."""

from bot.domain.identifiers import new_id


def test_ids_are_unique_and_sort_as_they_were_made() -> None:
    ids = [new_id() for _ in range(2_000)]
    assert len(set(ids)) == len(ids)
    assert all(len(id_) == 32 for id_ in ids)
    times = [id_[:14] for id_ in ids]
    assert times == sorted(times)
