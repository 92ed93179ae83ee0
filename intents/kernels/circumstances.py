"""What the two models of circumstances say about one message."""

from typing import Final

import numpy as np
import numpy.typing as npt

from intents.kernels.compiler import compiled
from intents.kernels.scores import Table, score_classes
from intents.layout import ISSUED, PERSON

Rows = npt.NDArray[np.int32]

# Log-odds beyond this say no more.
_FAR: Final = 6.0


@compiled
def score_circumstances(table: Table, rows: Rows) -> tuple[float, float]:
    """Log-odds that somebody acts for the applicant, and that the certificate was issued outside.

    Args:
        rows: of the n-grams of the text.
    """
    strengths = np.ones(len(rows), np.float32)
    person = score_classes(table, PERSON, rows, strengths)
    issued = score_classes(table, ISSUED, rows, strengths)
    return (
        max(-_FAR, min(_FAR, float(person[1] - person[0]))),
        max(-_FAR, min(_FAR, float(issued[1] - issued[0]))),
    )
