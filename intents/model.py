"""The trained weights of one engine, and their file."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from intents.features import Floats, GramIndex
from intents.roles import RoleModel
from intents.sparse import Postings
from intents.spelling import Spelling

# Raise when training or the layout of the file changes, so that no engine loads weights of another make.
FORMAT: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """Everything training finds out.

    Attributes:
        matters: scores of each matter in vocabulary order, and last "no matter is named".
        certificates: scores of each certificate for one span.
        intents: scores of each intent in the order of the enum.
        faq: scores of each curated answer in vocabulary order.
    """

    spelling: Spelling
    index: GramIndex
    roles: RoleModel
    matters: Postings
    certificates: Postings
    intents: Postings
    faq: Postings


def save_model(model: Model, path: Path) -> None:
    """Writes the model beside its final place and moves it there, so that no half file is ever read."""
    arrays: dict[str, Any] = {
        "grams": np.frombuffer(json.dumps(model.index.grams, ensure_ascii=False).encode(), dtype=np.uint8),
        "spelling": np.frombuffer(json.dumps(model.spelling.words, ensure_ascii=False).encode(), dtype=np.uint8),
        "roles.weights": model.roles.weights.astype(np.float16),
        "roles.bias": model.roles.bias,
    }
    for name in ("matters", "certificates", "intents", "faq"):
        postings: Postings = getattr(model, name)
        for part in ("starts", "classes", "weights", "bias"):
            arrays[f"{name}.{part}"] = getattr(postings, part)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".part")
    with draft.open("wb") as file:
        np.savez(file, **arrays)
    draft.replace(path)


def load_model(path: Path) -> Model:
    """The model of a file written by `save_model`.

    Raises:
        OSError, ValueError, KeyError: the file is missing or damaged.
    """
    with np.load(path) as arrays:
        held = {name: arrays[name] for name in arrays.files}
    return Model(
        spelling=Spelling(json.loads(held["spelling"].tobytes())),
        index=GramIndex(json.loads(held["grams"].tobytes())),
        roles=RoleModel(_floats(held["roles.weights"]), held["roles.bias"]),
        matters=_postings(held, "matters"),
        certificates=_postings(held, "certificates"),
        intents=_postings(held, "intents"),
        faq=_postings(held, "faq"),
    )


def _floats(array: Any) -> Floats:
    return np.asarray(array, dtype=np.float32)


def _postings(held: dict[str, Any], name: str) -> Postings:
    return Postings(*(held[f"{name}.{part}"] for part in ("starts", "classes", "weights", "bias")))
