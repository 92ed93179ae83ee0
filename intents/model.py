"""The trained weights of one engine, and their file."""

import json
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from intents.features import GramIndex
from intents.gating import EXTRA_ROWS
from intents.keeping import keep_file, mark_used
from intents.linear import Table
from intents.roles import PARTS, RoleModel
from intents.spelling import Spelling

# Raise when training or the layout of the file changes, so that no engine loads weights of another make.
FORMAT: Final = 17
_TABLE_PARTS: Final = ("levels", "steps", "bias", "cuts")


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """Everything training finds out.

    Attributes:
        table: scores of the models `MATTERS` (in vocabulary order, last "no matter is named"), `CERTIFICATES` (for one
            span), `INTENTS` (in the order of the enum), `FAQ` (in vocabulary order), and the two of circumstances.
    """

    spelling: Spelling
    index: GramIndex
    roles: RoleModel
    table: Table


def save_model(model: Model, path: Path) -> None:
    """Keeps the model, and of those in the folder the ones used last.

    Raises:
        OSError: the folder cannot be written.
    """
    arrays: dict[str, Any] = {
        "grams": model.index.keys,
        "spelling": np.frombuffer(json.dumps(model.spelling.words, ensure_ascii=False).encode(), dtype=np.uint8),
    }
    for part in PARTS:
        arrays[f"roles.{part}"] = getattr(model.roles, part)
    for part in _TABLE_PARTS:
        arrays[f"table.{part}"] = getattr(model.table, part)
    keep_file(path, "engine-*.npz", lambda file: np.savez(file, **arrays))


def load_model(path: Path) -> Model:
    """The model of a file written by `save_model`.

    Raises:
        OSError, ValueError, KeyError: the file is missing or damaged.
    """
    try:
        with path.open("rb") as file, np.load(file) as arrays:
            held = {name: arrays[name] for name in arrays.files}
        mark_used(path)
    except (zipfile.BadZipFile, EOFError) as error:
        raise ValueError(f"{path} is damaged") from error
    model = Model(
        spelling=Spelling(json.loads(held["spelling"].tobytes())),
        index=GramIndex(held["grams"]),
        roles=RoleModel(**{part: held[f"roles.{part}"] for part in PARTS}),
        table=Table(*(held[f"table.{part}"] for part in _TABLE_PARTS)),
    )
    if not _fits_together(model):
        raise ValueError(f"{path} holds parts of different models")
    return model


def _fits_together(model: Model) -> bool:
    """Whether every part has the size that the others expect: compiled loops read past the end of one that is short."""
    rows, table = model.index.size, model.table
    width, models = table.bias.shape[0], len(table.cuts) - 1
    return (
        table.levels.shape == (rows + EXTRA_ROWS, width)
        and table.steps.shape == (rows + EXTRA_ROWS, models)
        and table.cuts[0] == 0
        and table.cuts[-1] == width
        and bool((table.cuts[1:] > table.cuts[:-1]).all())
        and model.roles.fits_together
        and len(model.roles.vectors) == rows
    )
