"""What the two models of circumstances say about one message."""

import numpy as np
import numpy.typing as npt

from intents.kernels.compiler import compiled
from intents.kernels.grams import find_grams
from intents.kernels.scores import Table, score_classes
from intents.layout import ISSUED, PERSON

Rows = npt.NDArray[np.int32]
Keys = npt.NDArray[np.int64]


@compiled
def score_circumstances(table: Table, rows: Rows) -> tuple[float, float]:
    """Log-odds that somebody acts for the applicant, and that the certificate was issued outside.

    Args:
        rows: of the n-grams of the text.
    """
    strengths = np.ones(len(rows), np.float32)
    person = score_classes(table, PERSON, rows, strengths)
    issued = score_classes(table, ISSUED, rows, strengths)
    return float(person[1] - person[0]), float(issued[1] - issued[0])


@compiled
def read_circumstances(padded: bytes, sounds: Rows, keys: Keys, key_rows: Rows, table: Table) -> tuple[float, float]:
    """The same for a text between its marks, four bytes a character, by the arrays of the index."""
    return score_circumstances(table, find_grams(padded, sounds, keys, key_rows)[0])
