"""How much of a text each model hears: n-grams count fully where their characters have the model's role."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from intents.compose import CERTIFICATE, MATTER
from intents.features import Floats, Grams
from intents.kernels.roles import summarise_roles
from intents.kernels.scores import weigh_grams

# What an n-gram outside the slot still counts for the model of a role: context tells 红本本 of a house from a marriage.
LEAKS: Final = (0.6, 0.3, 0.35)
EXTRA_ROWS: Final = 4
_SUMMARY_STRENGTH: Final = np.float32(0.5)
_MUCH: Final = 8


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
    return summarise_roles(roles, MATTER, _MUCH) * _SUMMARY_STRENGTH
