"""A trained model is kept in a file; a file that is damaged is trained anew."""

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from intents.compose import Amounts
from intents.engine import Engine, build_engine
from intents.model import Model, load_model, save_model
from intents.understanding import Understanding
from intents.vocabulary import Vocabulary
from tests.unit.intents.tiny import VOCABULARY, make_language

FEW = Amounts(per_matter=8, per_certificate=8, per_sentence=4, least=0)
ASKED = ("办公租房要无房证明吗", "你好", "jiehun dengji yao dai hukouben ma", "")


def understand(cache: Path, vocabulary: Vocabulary = VOCABULARY, **data: object) -> list[Understanding]:
    engine = build_engine(make_language(**data), vocabulary, cache=cache, amounts=FEW)
    return [engine.understand(text) for text in ASKED]


def find_file(cache: Path) -> Path:
    (path,) = cache.glob("*.npz")
    return path


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    """A directory in which one model was kept."""
    understand(tmp_path)
    return tmp_path


@pytest.fixture
def model(cache: Path) -> Model:
    return load_model(find_file(cache))


def test_a_model_comes_back_as_it_was_saved(model: Model, tmp_path: Path) -> None:
    path = tmp_path / "new" / "copy.npz"
    save_model(model, path)
    again = load_model(path)
    assert again.index.grams == model.index.grams
    assert again.spelling.words == model.spelling.words
    assert np.array_equal(again.table.levels, model.table.levels)
    assert np.array_equal(again.table.bias, model.table.bias)
    assert all(map(np.array_equal, again.roles.arrays, model.roles.arrays))


def test_no_draft_is_left_behind(cache: Path) -> None:
    assert [path.suffix for path in cache.iterdir() if path.is_file()] == [".npz"]


def test_an_engine_from_the_file_understands_the_same(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fresh = [item.intent for item in understand(cache / "elsewhere")]
    written = find_file(cache).stat().st_mtime_ns
    kept = understand(cache)
    assert find_file(cache).stat().st_mtime_ns == written
    assert [item.intent for item in kept] == fresh


@pytest.mark.parametrize("damage", [b"", b"no model", b"PK\x03\x04 half a zip"])
def test_a_damaged_file_is_trained_anew_and_replaced(cache: Path, damage: bytes) -> None:
    before = understand(cache)
    find_file(cache).write_bytes(damage)
    assert understand(cache) == before
    load_model(find_file(cache))


def test_half_a_file_is_trained_anew(cache: Path) -> None:
    content = find_file(cache).read_bytes()
    find_file(cache).write_bytes(content[: len(content) // 2])
    assert understand(cache)[0].matter == "rent"


def test_a_file_that_lacks_a_part_is_trained_anew(cache: Path) -> None:
    with np.load(find_file(cache)) as arrays:
        held = {name: arrays[name] for name in arrays.files if name != "table.bias"}
    with find_file(cache).open("wb") as file:
        np.savez(file, **held)
    assert understand(cache)[0].matter == "rent"


PARTS = [
    "grams",
    "roles.vectors",
    "roles.mixes",
    "roles.whole",
    "table.levels",
    "table.steps",
    "table.bias",
    "table.cuts",
]


@pytest.mark.parametrize("part", PARTS)
def test_a_file_with_a_part_of_another_model_is_trained_anew(cache: Path, part: str) -> None:
    with np.load(find_file(cache)) as arrays:
        held = {name: arrays[name] for name in arrays.files}
    held[part] = held[part][:-1]
    with find_file(cache).open("wb") as file:
        np.savez(file, **held)
    with pytest.raises(ValueError, match="different models"):
        load_model(find_file(cache))
    assert understand(cache)[0].matter == "rent"


def test_a_model_of_another_vocabulary_is_refused(model: Model) -> None:
    village = replace(VOCABULARY, matters=VOCABULARY.matters[:2], pairs=frozenset())
    with pytest.raises(ValueError, match="another vocabulary"):
        Engine(make_language(), village, model)


@pytest.mark.parametrize("damage", [b"", b"no model"])
def test_a_file_that_cannot_be_read_is_an_error_for_who_loads_it(tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / "model.npz"
    path.write_bytes(damage)
    with pytest.raises((OSError, ValueError, KeyError)):
        load_model(path)
    with pytest.raises(OSError, match="none"):
        load_model(tmp_path / "none.npz")


def test_other_data_has_a_file_of_its_own(cache: Path) -> None:
    understand(cache, trained_on="other")
    understand(cache, replace(VOCABULARY, matters=VOCABULARY.matters[:2], pairs=frozenset(), version="village"))
    assert len(list(cache.glob("*.npz"))) == 3


def test_what_only_decides_needs_no_training(cache: Path) -> None:
    written = find_file(cache).stat().st_mtime_ns
    understand(cache, version="other", tuning={"answer_at": (0.99,)})
    assert find_file(cache).stat().st_mtime_ns == written


def test_three_models_stay_and_they_are_those_used_last(cache: Path) -> None:
    first = find_file(cache)
    for age, name in enumerate(("second", "third")):
        understand(cache, trained_on=name)
        (path,) = cache.glob(f"*-{name}-*.npz")
        os.utime(path, (1_000_000 + age, 1_000_000 + age))
    os.utime(first, (999_999, 999_999))
    understand(cache)
    understand(cache, trained_on="fourth")

    kept = {path.name.split("-")[2] for path in cache.glob("*.npz")}
    assert kept == {first.name.split("-")[2], "third", "fourth"}


def test_what_is_no_model_is_left_alone(cache: Path) -> None:
    (cache / "notes.npz").write_bytes(b"")
    for name in ("second", "third", "fourth"):
        understand(cache, trained_on=name)
    assert len(list(cache.glob("engine-*.npz"))) == 3
    assert (cache / "notes.npz").is_file()


def test_a_model_removed_while_it_is_looked_for_is_trained_anew(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, path = understand(cache), find_file(cache)
    opened = Path.open

    def remove_first(self: Path, *args: Any, **options: Any) -> Any:
        monkeypatch.undo()
        path.unlink()
        return opened(self, *args, **options)

    monkeypatch.setattr(Path, "open", remove_first)
    assert understand(cache) == before
    load_model(path)


def test_models_that_cannot_be_removed_harm_nothing(cache: Path) -> None:
    for name in ("engine-1-folder.npz", "engine-2-folder.npz", "engine-3-folder.npz"):
        (cache / name / "held").mkdir(parents=True)
    cache.joinpath("engine-0-gone.npz").symlink_to(cache / "nowhere")
    assert understand(cache, trained_on="other")[0].matter == "rent"


def test_several_may_train_keep_and_remove_at_once(tmp_path: Path) -> None:
    def start(number: int) -> str | None:
        return understand(tmp_path, trained_on=f"data{number % 5}")[0].matter

    with ThreadPoolExecutor(5) as pool:
        assert set(pool.map(start, range(20))) == {"rent"}
    assert len(list(tmp_path.glob("*.npz"))) <= 3
    assert not list(tmp_path.glob("*.part"))


def test_a_draft_that_a_dead_process_left_is_removed(cache: Path) -> None:
    stale, fresh = cache / "engine-1-stale.part", cache / "engine-1-fresh.part"
    for draft in (stale, fresh):
        draft.write_bytes(b"half")
    os.utime(stale, (1_000_000, 1_000_000))
    understand(cache, trained_on="other")
    assert not stale.exists()
    assert fresh.exists()


def test_without_a_directory_nothing_is_kept(tmp_path: Path) -> None:
    engine = build_engine(make_language(), VOCABULARY, amounts=FEW)
    assert engine.understand("办公租房要无房证明吗").matter == "rent"
    assert list(tmp_path.iterdir()) == []
