"""What the two models of circumstances say about one message, in one call."""

import numpy as np
import numpy.typing as npt

from intents.kernels.compiler import compiled
from intents.kernels.grams import find_grams
from intents.kernels.scores import score_classes
from intents.layout import ISSUED, PERSON

Rows = npt.NDArray[np.int32]
Keys = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]
Levels = npt.NDArray[np.int8]


@compiled
def score_circumstances(
    padded: bytes, sounds: Rows, keys: Keys, key_rows: Rows, levels: Levels, steps: Floats, bias: Floats, cuts: Rows
) -> tuple[float, float]:
    """Log-odds that somebody acts for the applicant, and that the certificate was issued outside.

    Args:
        padded: the text between its marks, four bytes a character; then the arrays of the index and of the table.
    """
    rows = find_grams(padded, sounds, keys, key_rows)[0]
    strengths = np.ones(len(rows), np.float32)
    table = (levels, steps, bias, cuts)
    person = score_classes(table, PERSON, rows, strengths)
    issued = score_classes(table, ISSUED, rows, strengths)
    return float(person[1] - person[0]), float(issued[1] - issued[0])
