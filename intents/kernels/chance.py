"""Random numbers for compiled loops: cheap, and the same on every machine."""

from typing import Final

import numpy as np

from intents.kernels.compiler import compiled

# Numbers are drawn from so many; a share of them is a probability.
DRAWS: Final = 1 << 31
# Multiplier and increment of Knuth's MMIX generator; its high bits are the random ones.
_FACTOR: Final = np.int64(6364136223846793005)
_ADDEND: Final = np.int64(1442695040888963407)
_SHIFT: Final = 32


@compiled
def step(state: int) -> int:
    """The next state of the generator."""
    return int(state * _FACTOR + _ADDEND)


@compiled
def draw(state: int) -> int:
    """The number below `DRAWS` that a state stands for."""
    return int((state >> _SHIFT) & (DRAWS - 1))
