"""N-grams count fully for the role of their characters, and a little elsewhere."""

import numpy as np
import pytest

from intents.compose import CERTIFICATE, MATTER, OTHER
from intents.features import ROLES, Floats, GramIndex, Grams
from intents.gating import EXTRA_ROWS, gate, gate_spans, summarise


@pytest.fixture(scope="module")
def grams() -> Grams:
    return GramIndex.learn(["要带身份证"] * 2).extract("要带身份证")


@pytest.fixture(scope="module")
def roles() -> Floats:
    """Of "要带身份证"."""
    roles = np.zeros((5, ROLES), dtype=np.float32)
    roles[:2, OTHER] = 1
    roles[2:, CERTIFICATE] = 1
    return roles


def test_an_ngram_counts_fully_for_the_role_of_its_characters_and_a_little_elsewhere(
    roles: Floats, grams: Grams
) -> None:
    inside = (grams.places >= 2) & (grams.places < grams.ends)
    outside = (grams.ends <= 2) & (np.maximum(grams.places, 0) < grams.ends)
    assert np.allclose(gate(roles, grams, CERTIFICATE)[inside], 1.0, atol=1e-5)
    assert np.allclose(gate(roles, grams, OTHER)[outside], 1.0, atol=1e-5)
    leaked = gate(roles, grams, CERTIFICATE)[outside]
    assert ((leaked > 0) & (leaked < 1)).all()
    assert (gate(roles, grams, MATTER)[inside] < 1).all()


def test_of_several_certificates_each_counts_in_its_own_span(roles: Floats, grams: Grams) -> None:
    named, unnamed = gate_spans(roles, grams, [(2, 5), (0, 2)])
    inside = (grams.places >= 2) & (grams.places < grams.ends)
    assert np.allclose(named[inside], 1.0, atol=1e-5)
    assert (unnamed < 1).all()
    assert gate_spans(roles, grams, []) == []


def test_the_summary_tells_how_much_of_each_slot_there_is(roles: Floats) -> None:
    nothing = summarise(np.zeros((0, ROLES), dtype=np.float32))
    some = summarise(roles)
    assert nothing.tolist() == [0.0] * EXTRA_ROWS
    assert len(some) == EXTRA_ROWS
    assert some.sum() > 0
