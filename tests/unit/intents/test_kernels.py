"""Compiled loops compute what plain Python says, are compiled once, and never while somebody waits."""

import json
import os
import shutil
import subprocess
import sys
from math import exp
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intents.kernels.compiler import compiled, keep_kernels
from intents.kernels.message import judge
from intents.kernels.products import TILE_COLUMNS, TILE_ROWS, add_product
from intents.kernels.scores import make_shares, rank_best
from intents.kernels.slots import favour_listed, join_matters
from intents.tuning import logistic

SCORES = st.lists(st.floats(-20, 20, width=32), min_size=1, max_size=30)
MESSAGES = (
    "",
    "吗",
    "办公租房要无房证明吗",
    "x" * 700,
    "公租房，身份证、收入证明跟结婚证要带吗？",
    "𠮷",
    "那张证明要带吗",
    "结登婚记要带什么",
    "护照申要带什么",
    "登记要带什么",
    "我替我妈去办护照，老家开的",
    "刷脸怎么刷",
    "无证明城市是什么",
)
ROOT = Path(__file__).parents[3]


# A start of its own, with a model that was kept: training calls loops too, and so do other tests.
FIRST_MESSAGES = """
import json, sys
from pathlib import Path
from intents.engine import build_engine
from intents.kernels.compiler import count_versions
from intents.understanding import Context, Intent
from tests.unit.intents.conftest import ENOUGH
from tests.unit.intents.tiny import VOCABULARY, make_language

engine = build_engine(make_language(), VOCABULARY, amounts=ENOUGH, cache=Path(sys.argv[1]))
before = count_versions()
for text in json.loads(sys.argv[2]):
    for context in (Context(), Context(matter="rent", certificates=("id",), intent=Intent.CERTIFICATE_NEEDED)):
        engine.understand(text, context).trace
print(json.dumps([before, count_versions()]))
"""


def start_and_ask(cache: Path, *messages: str) -> tuple[dict[str, int], dict[str, int]]:
    """How many versions of each loop there are after a start, and after these messages."""
    command = [sys.executable, "-c", FIRST_MESSAGES, str(cache), json.dumps(messages)]
    told = subprocess.run(command, capture_output=True, check=True, text=True, cwd=ROOT).stdout
    before, after = json.loads(told)
    return before, after


def test_no_first_message_has_anything_compiled(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    if request.config.cache is not None:
        (tmp_path / "kernels").symlink_to(request.config.cache.mkdir("kernels"))
    start_and_ask(tmp_path)
    before, after = start_and_ask(tmp_path, *MESSAGES)
    assert after == before
    assert {"read_message", "find_windows", "find_words", "measure_role", "rank_best"} <= {
        name for name, count in before.items() if count
    }


def test_machine_code_is_kept_where_told(tmp_path: Path) -> None:
    @compiled
    def double(number: int) -> int:
        return 2 * number

    keep_kernels(tmp_path / "kernels")
    assert double(21) == 42
    assert list((tmp_path / "kernels").rglob("*double*.nbi"))


def test_where_nothing_can_be_kept_it_works_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "kernels").write_text("no directory")

    @compiled
    def triple(number: int) -> int:
        return 3 * number

    keep_kernels(tmp_path / "kernels")
    assert triple(14) == 42


def test_of_older_sources_only_what_was_used_last_is_kept(tmp_path: Path) -> None:
    older = [tmp_path / f"{number:012x}" for number in range(5)]
    other = tmp_path / "notes"
    for age, folder in enumerate([*older, other]):
        (folder / "intents").mkdir(parents=True)
        (folder / "intents" / "loop.nbc").write_bytes(b"code")
        os.utime(folder, (1_000_000 - age, 1_000_000 - age))

    keep_kernels(tmp_path)
    kept = [folder for folder in tmp_path.iterdir() if folder != other]
    assert len(kept) == 3
    assert older[:2] == sorted(folder for folder in kept if folder in older)
    assert other.is_dir()


def test_machine_code_is_compiled_anew_where_another_process_removed_it(tmp_path: Path) -> None:
    keep_kernels(tmp_path)

    @compiled
    def halve(number: int) -> int:
        return number // 2

    keep_kernels(tmp_path)
    shutil.rmtree(next(iter(tmp_path.iterdir())))
    assert halve(84) == 42
    assert list(tmp_path.rglob("*halve*.nbi"))


@settings(deadline=None)
@given(SCORES)
def test_shares_add_up_to_one_and_keep_the_order(scores: list[float]) -> None:
    shares = np.array(scores, np.float32)
    make_shares(shares)
    assert np.isclose(shares.sum(), 1.0, atol=1e-5)
    assert np.allclose(shares, np.exp(scores) / np.exp(scores).sum(), atol=1e-5)


@settings(deadline=None)
@given(SCORES, st.integers(0, 40))
def test_the_best_come_first_and_of_equals_the_first(scores: list[float], count: int) -> None:
    expected = sorted(range(len(scores)), key=lambda place: (-scores[place], place))[:count]
    assert rank_best(np.array(scores, np.float32), count).tolist() == expected


@settings(deadline=None)
@given(st.lists(st.floats(-50, 50), min_size=3, max_size=3))
def test_probabilities_are_judged_as_when_they_are_fitted(features: list[float]) -> None:
    weights = (-1.5, 2.0, 0.5, -3.0)
    assert judge(np.array(weights), np.array(features)) == pytest.approx(logistic(weights, features))


def test_a_certificate_speaks_for_the_matters_that_list_it_as_strongly_as_its_role() -> None:
    matters = np.array([1.0, 0.9, -5.0], np.float32)
    certificates = np.array([[0.9, 0.1]], np.float32)
    lists = np.array([[1, -1], [0, -1], [-1, -1]], np.int32)
    for strength, first in ((0.0, 0), (1.0, 1)):
        classes, shares, alone = join_matters(matters, certificates, np.array([strength], np.float32), lists, 2.0, 2)
        assert classes.tolist() == [first, 1 - first]
        assert shares.sum() == pytest.approx(1.0, abs=1e-5)
        assert alone == pytest.approx(exp(matters[first]) / sum(map(exp, matters.tolist())), abs=1e-5)


def test_what_is_listed_is_likelier_by_its_odds() -> None:
    shares = favour_listed(np.array([0.5, 0.5], np.float32), np.array([True, False]), 2.0)
    assert shares[0] / shares[1] == pytest.approx(exp(2.0), rel=1e-4)


@settings(deadline=None)
@given(st.integers(1, 3), st.integers(1, 40), st.integers(1, 3), st.integers(0, 2))
def test_products_are_added_in_tiles(high: int, depth: int, wide: int, first: int) -> None:
    random = np.random.default_rng(high * depth * wide)
    rows, columns = high * TILE_ROWS, wide * TILE_COLUMNS
    left = random.standard_normal((rows + 2, depth), np.float32)
    right = random.standard_normal((depth + 2, columns), np.float32)
    product = random.standard_normal((rows, columns), np.float32)
    expected = product + left[first : first + rows] @ right[first : first + depth]
    add_product(left, first, right, first, product)
    assert np.allclose(product, expected, atol=1e-4)
