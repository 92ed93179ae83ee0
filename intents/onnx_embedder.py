"""Embeds texts by a sentence-transformers model in ONNX form; its packages are loaded only where one is asked for."""

import hashlib
import importlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from intents.features import Floats
from intents.linear import scale

MODEL: Final = "model.onnx"
TOKENIZER: Final = "tokenizer.json"
_PACKAGES: Final = ("onnxruntime", "tokenizers")
_BATCH: Final = 32
_MOST_TOKENS: Final = 256
# What exports of a sentence-transformers model ask for, and the output that is pooled already.
_INPUTS: Final = frozenset({"input_ids", "attention_mask", "token_type_ids"})
_POOLED: Final = "sentence_embedding"
_PADS: Final = ("<pad>", "[PAD]")
_LONGEST_REASON: Final = 120
_TRIAL: Final = "免证办"


class EmbedderError(ValueError):
    """A folder that holds no usable model, or packages that are missing; the text says so to a person, in Chinese."""


class OnnxEmbedder:
    """A model from a folder with `model.onnx` and `tokenizer.json`. May be used from several threads.

    Where the model has no output `sentence_embedding`, its hidden states are averaged over the real tokens (Reimers and
    Gurevych 2019). Vectors have length 1.

    Raises:
        EmbedderError: packages or files are missing, or the files are no such model.
    """

    def __init__(self, folder: Path) -> None:
        runtime, tokenizers = map(_import_package, _PACKAGES)
        missing = [name for name in (MODEL, TOKENIZER) if not (folder / name).is_file()]
        if missing:
            raise EmbedderError(f"{folder} 里没有 {'、'.join(missing)}")
        try:
            self._tokenizer = tokenizers.Tokenizer.from_file(str(folder / TOKENIZER))
        except Exception as error:  # the package raises nothing narrower
            raise EmbedderError(f"{TOKENIZER} 不是 tokenizers 的文件（{_shorten(error)}）") from error
        try:
            self._session = runtime.InferenceSession(str(folder / MODEL), providers=["CPUExecutionProvider"])
        except Exception as error:  # as above
            raise EmbedderError(f"{MODEL} 不是能用的 ONNX 模型（{_shorten(error)}）") from error
        self._inputs = [item.name for item in self._session.get_inputs()]
        self._output = self._choose_output()
        self._prepare_tokenizer()
        self.version = _hash(folder)
        try:
            self.embed([_TRIAL])
        except Exception as error:  # as above
            raise EmbedderError(f"{MODEL} 和 {TOKENIZER} 合在一起不能用（{_shorten(error)}）") from error

    def embed(self, texts: Sequence[str]) -> Floats:
        """The vectors of the texts, in their order. Shape (texts, size)."""
        order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
        batches = [order[begin : begin + _BATCH] for begin in range(0, len(order), _BATCH)]
        found = np.concatenate([self._embed_batch([texts[place] for place in batch]) for batch in batches])
        vectors = np.empty_like(found)
        vectors[order] = found
        return vectors

    def _embed_batch(self, texts: list[str]) -> Floats:
        encoded = self._tokenizer.encode_batch(texts)
        given = {
            "input_ids": [item.ids for item in encoded],
            "attention_mask": [item.attention_mask for item in encoded],
            "token_type_ids": [item.type_ids for item in encoded],
        }
        feed = {name: np.array(given[name], dtype=np.int64) for name in self._inputs}
        (values,) = self._session.run([self._output], feed)
        return scale(pool(np.asarray(values, dtype=np.float32), np.array(given["attention_mask"], np.float32)))

    def _choose_output(self) -> str:
        if "input_ids" not in self._inputs or not set(self._inputs) <= _INPUTS:
            raise EmbedderError(f"{MODEL} 的输入应是 {'、'.join(sorted(_INPUTS))}，现在是 {'、'.join(self._inputs)}")
        outputs = {item.name: len(item.shape or ()) for item in self._session.get_outputs()}
        if outputs.get(_POOLED) == 2:
            return _POOLED
        hidden: str | None = next((name for name, axes in outputs.items() if axes == 3), None)
        if hidden is None:
            raise EmbedderError(f"{MODEL} 既没有 {_POOLED}，也没有逐字的向量（三维的输出）")
        return hidden

    def _prepare_tokenizer(self) -> None:
        known = ((mark, self._tokenizer.token_to_id(mark)) for mark in _PADS)
        pad, number = next(((mark, found) for mark, found in known if found is not None), (_PADS[0], 0))
        self._tokenizer.enable_padding(pad_id=number, pad_token=pad)
        self._tokenizer.enable_truncation(_MOST_TOKENS)


def pool(values: Floats, mask: Floats) -> Floats:
    """One vector a text: as the model gives it, or the mean of the hidden states where the mask is 1.

    Args:
        values: shape (texts, size) or (texts, tokens, size). mask: shape (texts, tokens).
    """
    if values.ndim == 2:
        return values
    pooled: Floats = (values * mask[:, :, None]).sum(axis=1) / np.maximum(mask.sum(axis=1, keepdims=True), 1.0)
    return pooled


def _import_package(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise EmbedderError(f"要用重排模型，还缺 {name}，请先运行 make reranker") from error


def _hash(folder: Path) -> str:
    """Of the model with its weights, which large models keep in a file beside it, and the tokenizer."""
    digest = hashlib.sha256()
    for path in sorted([*folder.glob(f"{MODEL}*"), folder / TOKENIZER]):
        with path.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()[:12]


def _shorten(error: Exception) -> str:
    return " ".join(str(error).split())[:_LONGEST_REASON]
