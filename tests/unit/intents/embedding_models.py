"""Embedding models of a few bytes: one axis for each character, so that texts are alike where they share characters."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
from onnx import TensorProto, helper, numpy_helper, save
from tokenizers import Regex, Tokenizer, models, pre_tokenizers

CHARACTERS: Final = "证明房户口结婚护照收入登记身份"
_MARKS: Final = ("[PAD]", "[UNK]")
_OPSET: Final = 17
_FORMAT: Final = 9


def write_tokenizer(folder: Path, characters: str = CHARACTERS) -> None:
    """A tokenizer that takes each character by itself."""
    words = {word: place for place, word in enumerate([*_MARKS, *characters])}
    tokenizer = Tokenizer(models.WordLevel(words, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex("."), "isolated")
    tokenizer.save(str(folder / "tokenizer.json"))


def write_model(
    folder: Path,
    *,
    inputs: Sequence[str] = ("input_ids", "attention_mask"),
    output: str = "last_hidden_state",
    characters: str = CHARACTERS,
) -> Path:
    """The folder with a model and its tokenizer.

    Args:
        output: `sentence_embedding` sums over the tokens inside the model; any other name gives hidden states.
    """
    table = np.eye(len(_MARKS) + len(characters), dtype=np.float32)
    pooled = output == "sentence_embedding"
    nodes = [helper.make_node("Gather", ["table", inputs[0]], ["hidden" if pooled else output])]
    if pooled:
        nodes.append(helper.make_node("ReduceSum", ["hidden", "axes"], [output], keepdims=0))
    graph = helper.make_graph(
        nodes,
        "tiny",
        [helper.make_tensor_value_info(name, TensorProto.INT64, ["texts", "tokens"]) for name in inputs],
        [
            helper.make_tensor_value_info(
                output, TensorProto.FLOAT, ["texts", "size"] if pooled else ["texts", "tokens", "size"]
            )
        ],
        [
            numpy_helper.from_array(table, "table"),
            *([numpy_helper.from_array(np.array([1], dtype=np.int64), "axes")] if pooled else []),
        ],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", _OPSET)], ir_version=_FORMAT)
    save(model, str(folder / "model.onnx"))
    write_tokenizer(folder, characters)
    return folder
