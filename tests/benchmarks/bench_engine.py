"""The engine on one core: speed against jieba's cut, tantivy and bm25s; load, memory, growth to 1,000,000 entries.

Every size is measured in a process of its own, so that no memory of another counts. All sides of a ratio take turns in
one process. Speed is that of the better half of the rounds, since other programs only ever make a round slower.
"""

import json
import multiprocessing
import os
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import jieba

from bot.catalogue.load import load_catalogue
from bot.catalogue.vocabulary import vocabulary_of
from intents.data import LanguageData, read_language
from intents.engine import Engine, build_engine
from intents.vocabulary import Vocabulary, gather_phrases
from tests.benchmarks.growth import grow, list_places
from tests.benchmarks.searches import index_bm25s, index_tantivy, list_documents

ROOT: Final = Path(__file__).parents[2]
QUESTIONS: Final = ROOT / "tests" / "data" / "dev_questions.jsonl"
SIZES: Final = (10_000, 100_000, 1_000_000)
ROUNDS: Final = 10

Side = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Speed:
    """Milliseconds that a question takes: in the middle, and at the 99th of 100; and questions a second."""

    p50: float
    p99: float
    rate: float


def main() -> None:
    """Prints every figure, the ones to quote last."""
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    with tempfile.TemporaryDirectory() as folder:
        cache = Path(folder)
        begin = time.perf_counter()
        run_alone(prepare, cache)
        print(f"training the real catalogue's model and the grown ones': {time.perf_counter() - begin:.0f} s, once")
        run_alone(measure_load, cache)
        run_alone(measure_speed, cache)
        for size in SIZES:
            run_alone(measure_growth, cache, size)


def run_alone(measure: Callable[..., None], *arguments: object) -> None:
    """Runs a measurement in a fresh process on the same core."""
    process = multiprocessing.get_context("spawn").Process(target=measure, args=arguments)
    process.start()
    process.join()
    if process.exitcode:
        raise SystemExit(f"{measure.__name__}: exit code {process.exitcode}")


def prepare(cache: Path) -> None:
    """Trains what the others load."""
    data, vocabulary = read_data()
    build_engine(data, vocabulary, cache=cache)
    build_engine(data, grow(vocabulary, SIZES[0]), cache=cache)


def measure_load(cache: Path) -> None:
    """How long the files of the real catalogue take until the first answer."""
    begin = time.perf_counter()
    data, vocabulary = read_data()
    read = time.perf_counter()
    build_engine(data, vocabulary, cache=cache).understand("办公租房要无房证明吗")
    built = time.perf_counter()
    print(f"load: engine {built - read:.2f} s, after {read - begin:.2f} s for its data files; {find_memory():.0f} MB")


def measure_speed(cache: Path) -> None:
    """Compares the engine with jieba's cut, and with searches over the same phrases by the same tokens."""
    data, vocabulary = read_data()
    engine = build_engine(data, vocabulary, cache=cache)
    texts = read_questions()
    jieba.initialize()
    documents = list_documents(list_names(data, vocabulary))
    bm25s, tantivy = index_bm25s(documents), index_tantivy(documents)
    sides: dict[str, Side] = {
        "understand": engine.understand,
        "jieba.lcut": jieba.lcut,
        "tantivy, cut included": lambda text: tantivy(jieba.lcut(text)),
        "bm25s, cut included": lambda text: bm25s(jieba.lcut(text)),
    }
    speeds = dict(zip(sides, compare(texts, list(sides.values())), strict=True))
    own, cut = speeds["understand"], speeds["jieba.lcut"]
    for name, speed in speeds.items():
        print(
            f"{name}: p50 {speed.p50:.3f} ms, p99 {speed.p99:.3f} ms, {speed.rate:.0f} questions a second; "
            f"understand answers {own.rate / speed.rate:.2f} times as many"
        )
    print(f"understand at p50 {own.p50 / cut.p50:.2f}, at p99 {own.p99 / cut.p50:.2f} times the p50 of jieba.lcut")


def measure_growth(cache: Path, size: int) -> None:
    """Compares an engine of many entries with that of the real catalogue; every other question names a place."""
    data, vocabulary = read_data()
    before = find_memory()
    grown = grow(vocabulary, size)
    listed = find_memory()
    begin = time.perf_counter()
    large = build_engine(data, grown, cache=cache)
    seconds, memory = time.perf_counter() - begin, find_memory()
    places = list(list_places())
    texts = [
        f"{places[number % len(grown.places)]}，{text}" if number % 2 else text
        for number, text in enumerate(read_questions())
    ]
    check_variants(large, grown)
    real = build_engine(data, vocabulary, cache=cache)
    own, plain = compare(texts, (large.understand, real.understand))
    print(
        f"{len(grown.pairs):,} entries, {len(grown.matters):,} matters: p50 {own.p50 / plain.p50:.2f}, "
        f"p99 {own.p99 / plain.p99:.2f} times those of the real catalogue; load {seconds:.1f} s; "
        f"{memory:.0f} MB, of which {listed - before:.0f} MB are the list of names given to it"
    )


def check_variants(engine: Engine, grown: Vocabulary) -> None:
    """Stops where the engine does not tell the variants of a matter apart: then its speed would mean nothing."""
    for matter in (grown.matters[0], grown.matters[-1]):
        found = engine.understand(f"{matter.name}要带什么材料")
        if found.matter != matter.id:
            raise SystemExit(f"{matter.name} was taken for {found.matter}")


def compare(texts: Sequence[str], sides: Sequence[Side]) -> list[Speed]:
    """The speed of each side, all sides taking turns."""
    rounds: list[list[list[float]]] = [[] for _ in sides]
    for number in range(ROUNDS + 1):
        for side, times in zip(sides, rounds, strict=True):
            spent = [time_one(side, text) for text in texts]
            if number:  # the first round only warms up
                times.append(spent)
    return [sum_up(times) for times in rounds]


def time_one(side: Side, text: str) -> float:
    """Milliseconds for one question."""
    begin = time.perf_counter()
    side(text)
    return (time.perf_counter() - begin) * 1000


def sum_up(rounds: Sequence[Sequence[float]]) -> Speed:
    """The speed in the better half of the rounds."""
    best = [one for spent in sorted(rounds, key=sum)[: ROUNDS // 2] for one in spent]
    return Speed(statistics.median(best), sorted(best)[int(len(best) * 0.99)], 1000 / statistics.fmean(best))


def read_data() -> tuple[LanguageData, Vocabulary]:
    """The real language data and vocabulary."""
    return read_language(ROOT / "intents" / "data"), vocabulary_of(load_catalogue(ROOT / "catalogue_data"))


def read_questions() -> list[str]:
    """The development questions."""
    return [json.loads(line)["text"] for line in QUESTIONS.read_text("utf-8").splitlines()]


def list_names(data: LanguageData, vocabulary: Vocabulary) -> list[tuple[str, ...]]:
    """What people call each matter and each certificate."""
    groups = (
        gather_phrases(vocabulary.matters, data.matters),
        gather_phrases(vocabulary.certificates, data.certificates),
    )
    return [names for group in groups for names in group.by_id.values()]


def find_memory() -> float:
    """The most that this process has used, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
