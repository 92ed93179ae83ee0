"""A model from a folder embeds texts; what cannot be used is told in plain words."""

import subprocess
import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from intents.onnx_embedder import EmbedderError, OnnxEmbedder, pool
from tests.unit.intents.embedding_models import CHARACTERS, write_model, write_tokenizer


class _Blocker:
    """Makes a package look as if it were not installed."""

    def __init__(self, name: str) -> None:
        self._name = name

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        if name == self._name:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return None


def test_hidden_states_are_averaged_over_the_real_tokens(tmp_path: Path) -> None:
    embedder = OnnxEmbedder(write_model(tmp_path))
    short, long = embedder.embed(["证", "证明房户"])
    assert short[2] == pytest.approx(1.0, abs=1e-5)
    assert long[2:6] == pytest.approx([0.5] * 4, abs=1e-5)
    assert long[0] == short[0] == 0.0


def test_texts_keep_their_order_and_do_not_depend_on_their_neighbours(tmp_path: Path) -> None:
    embedder = OnnxEmbedder(write_model(tmp_path))
    texts = [CHARACTERS[: 1 + place % len(CHARACTERS)] for place in range(70)]
    alone = np.concatenate([embedder.embed([text]) for text in texts])
    assert np.allclose(embedder.embed(texts), alone, atol=1e-6)
    assert np.linalg.norm(alone, axis=1) == pytest.approx(np.ones(70), abs=1e-5)


def test_a_model_that_pools_by_itself_is_believed(tmp_path: Path) -> None:
    embedder = OnnxEmbedder(write_model(tmp_path, output="sentence_embedding"))
    assert embedder.embed(["证证证明"])[0][2:4] == pytest.approx(np.array([3.0, 1.0]) / np.sqrt(10), abs=1e-5)


@pytest.mark.parametrize(
    "inputs", [("input_ids",), ("input_ids", "attention_mask", "token_type_ids"), ("input_ids", "token_type_ids")]
)
def test_a_model_gets_just_the_inputs_it_asks_for(tmp_path: Path, inputs: tuple[str, ...]) -> None:
    embedder = OnnxEmbedder(write_model(tmp_path, inputs=inputs))
    assert embedder.embed(["房"]).shape == (1, len(CHARACTERS) + 2)


def test_the_mean_leaves_out_what_the_mask_hides() -> None:
    values = np.array([[[2.0, 0.0], [0.0, 4.0], [9.0, 9.0]]], dtype=np.float32)
    assert pool(values, np.array([[1, 1, 0]], dtype=np.float32)).tolist() == [[1.0, 2.0]]


def test_long_texts_are_cut_and_empty_ones_do_no_harm(tmp_path: Path) -> None:
    embedder = OnnxEmbedder(write_model(tmp_path))
    assert np.isfinite(embedder.embed(["证" * 5_000, ""])).all()


def test_another_model_or_tokenizer_has_another_version(tmp_path: Path) -> None:
    first = OnnxEmbedder(write_model(tmp_path)).version
    assert OnnxEmbedder(tmp_path).version == first
    write_tokenizer(tmp_path, CHARACTERS[::-1])
    assert OnnxEmbedder(tmp_path).version != first


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json"])
def test_missing_and_damaged_files_are_named(tmp_path: Path, name: str) -> None:
    write_model(tmp_path)
    (tmp_path / name).write_bytes(b"no such thing")
    with pytest.raises(EmbedderError, match=name):
        OnnxEmbedder(tmp_path)
    (tmp_path / name).unlink()
    with pytest.raises(EmbedderError, match=f"没有 {name}"):
        OnnxEmbedder(tmp_path)


def test_a_model_of_another_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EmbedderError, match="pixels"):
        OnnxEmbedder(write_model(tmp_path, inputs=("pixels",)))


def test_a_tokenizer_with_more_words_than_the_model_is_refused(tmp_path: Path) -> None:
    write_model(tmp_path, characters="证")
    write_tokenizer(tmp_path, CHARACTERS + "免办")
    with pytest.raises(EmbedderError, match="合在一起不能用"):
        OnnxEmbedder(tmp_path)


@pytest.mark.parametrize("name", ["onnxruntime", "tokenizers"])
def test_missing_packages_are_told_with_the_command_that_installs_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    write_model(tmp_path)
    monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.setattr(sys, "meta_path", [_Blocker(name), *sys.meta_path])
    with pytest.raises(EmbedderError, match=f"缺 {name}.*make reranker"):
        OnnxEmbedder(tmp_path)


def test_the_program_loads_the_packages_only_where_they_are_wanted() -> None:
    code = "import sys, server; print([name for name in ('onnxruntime', 'tokenizers') if name in sys.modules])"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert shown.stdout.strip() == "[]"
