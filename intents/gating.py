"""How much of a text each model hears: n-grams count fully where their characters have the model's role."""

from collections.abc import Sequence
from typing import Final

from intents.compose import CERTIFICATE, MATTER
from intents.features import Floats, Grams
from intents.kernels.roles import summarise_roles
from intents.kernels.scores import weigh_grams
from intents.layout import LEAKS

EXTRA_ROWS: Final = 4


def gate(roles: Floats, grams: Grams, role: int) -> Floats:
    """How much each n-gram counts for a role: fully where its characters have it, a little elsewhere.

    Args:
        roles: probabilities (length, ROLES).

    Returns:
        Strengths of shape (n-grams,).
    """
    return weigh_grams(grams.places, grams.ends, roles, role, 0, grams.length, LEAKS[role])


def gate_spans(roles: Floats, grams: Grams, spans: Sequence[tuple[int, int]]) -> list[Floats]:
    """As `gate` for certificates one by one: only the characters of each span count fully."""
    leak = LEAKS[CERTIFICATE]
    return [weigh_grams(grams.places, grams.ends, roles, CERTIFICATE, start, end, leak) for start, end in spans]


def summarise(roles: Floats) -> Floats:
    """How much of each slot a text holds: peaks and amounts, the extra features of intents. Shape (EXTRA_ROWS,)."""
    return summarise_roles(roles, MATTER)
