"""Measures the engine: speed against jieba, tantivy and bm25s in one run, load, memory, growth to 1,000,000 entries.

Needs nothing; `pip install tantivy bm25s` adds those two sides. Prints ratios; see README.md here.
"""

import json
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import jieba

from bot.catalogue.load import load_catalogue
from bot.catalogue.vocabulary import vocabulary_of
from intents.data import read_language
from intents.engine import Engine, build_engine
from intents.vocabulary import Named, Vocabulary

ROOT = Path(__file__).parents[2]
QUESTIONS = ROOT / "tests" / "data" / "dev_questions.jsonl"
ROUNDS = 5


def main() -> None:
    """Prints every figure, the one to quote last."""
    texts = [json.loads(line)["text"] for line in QUESTIONS.read_text("utf-8").splitlines()]
    data, vocabulary = read_language(ROOT / "intents" / "data"), vocabulary_of(load_catalogue(ROOT / "catalogue_data"))
    cache = ROOT / "var" / "models"
    build_engine(data, vocabulary, cache=cache)
    engine, seconds = timed(lambda: build_engine(data, vocabulary, cache=cache))
    print(f"load of the real catalogue with a kept model: {seconds:.2f} s")
    jieba.initialize()
    cut, understand = compare(texts, (jieba.lcut, engine.understand))
    print(f"jieba.lcut p50 {cut[0]:.3f} ms; understand p50 {understand[0]:.3f} ms, p99 {understand[1]:.3f} ms")
    for name, search in list_searches(vocabulary):
        other, own = compare(texts, (search, engine.understand))
        print(
            f"{name} p50 {other[0]:.3f} ms: understand answers {other[0] / own[0]:.2f} times as many questions a second"
        )
    real = understand[0]
    for entries in (10_000, 100_000, 1_000_000):
        grown = grow(vocabulary, entries)
        with tempfile.TemporaryDirectory() as folder:
            large: Engine = build_engine(data, grown, cache=Path(folder))
            (own,) = compare(texts, (large.understand,))
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(
                f"{len(grown.pairs):,} entries: p50 {own[0] / real:.2f} times the real one, peak memory {memory:.0f} MB"
            )
            del large
    print(f"understand / jieba.lcut at p50: {understand[0] / cut[0]:.2f}")


def timed(work: Callable[[], Engine]) -> tuple[Engine, float]:
    """The result and the seconds it took."""
    begin = time.perf_counter()
    return work(), time.perf_counter() - begin


def compare(texts: Sequence[str], sides: Sequence[Callable[[str], object]]) -> list[tuple[float, float]]:
    """p50 and p99 in milliseconds of each side, all sides taking turns."""
    spent: list[list[float]] = [[] for _ in sides]
    for text in texts:
        for side in sides:
            side(text)
    for _ in range(ROUNDS):
        for side, times in zip(sides, spent, strict=True):
            for text in texts:
                begin = time.perf_counter()
                side(text)
                times.append((time.perf_counter() - begin) * 1000)
    return [(statistics.median(times), sorted(times)[int(len(times) * 0.99)]) for times in spent]


def list_searches(vocabulary: Vocabulary) -> Iterator[tuple[str, Callable[[str], object]]]:
    """Full-text searches over names and aliases with jieba's tokens, where they are installed."""
    documents = [" ".join(jieba.lcut(" ".join((item.name, *item.aliases)))) for item in vocabulary.matters]
    try:
        import bm25s

        retriever = bm25s.BM25()
        retriever.index([document.split() for document in documents], show_progress=False)
        yield "bm25s", lambda text: retriever.retrieve([jieba.lcut(text)], k=5, show_progress=False)
    except ImportError:
        print("bm25s is not installed: left out", file=sys.stderr)
    try:
        import tantivy

        builder = tantivy.SchemaBuilder()
        builder.add_text_field("body", stored=True, tokenizer_name="whitespace")
        index = tantivy.Index(builder.build())
        writer = index.writer()
        for document in documents:
            writer.add_document(tantivy.Document(body=document))
        writer.commit()
        index.reload()
        searcher = index.searcher()

        def search(text: str) -> object:
            terms = [word for word in jieba.lcut(text) if word.isalnum()]
            query = tantivy.Query.boolean_query(
                [(tantivy.Occur.Should, tantivy.Query.term_query(index.schema, "body", term)) for term in terms]
            )
            return searcher.search(query, 5)

        yield "tantivy", search
    except ImportError:
        print("tantivy is not installed: left out", file=sys.stderr)


def grow(vocabulary: Vocabulary, entries: int) -> Vocabulary:
    """The vocabulary with variants of every matter by place, until it has about so many entries."""
    copies = max(entries // len(vocabulary.pairs), 1)
    places = [f"{city}市{district}区" for city in "甲乙丙丁戊己庚辛壬癸" for district in map(to_name, range(100))][
        :copies
    ]
    matters = [
        Named(id=f"{matter.id}@{number}", name=f"{place}{matter.name}", aliases=matter.aliases if number == 0 else ())
        for number, place in enumerate(places)
        for matter in vocabulary.matters
    ]
    pairs = frozenset(
        (f"{matter}@{number}", certificate) for number in range(copies) for matter, certificate in vocabulary.pairs
    )
    return replace(
        vocabulary, matters=tuple(matters), pairs=pairs, places=tuple(places), version=f"{vocabulary.version}x{copies}"
    )


def to_name(number: int) -> str:
    """A made-up name of two characters for a district."""
    return "东南西北中上下左右前"[number // 10] + "山水江河湖海田林石沙"[number % 10]


if __name__ == "__main__":
    main()
