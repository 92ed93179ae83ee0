"""`fit`: fits confidence and thresholds, and writes them to `tuning.yaml`.

It looks at the labelled questions of the catalogue and at a quarter of the whole questions of the language, read by an
engine that has learned the others, which takes some minutes.
"""

import sys
from argparse import Namespace
from pathlib import Path
from typing import Any

from bot.catalogue.load import load_catalogue
from bot.catalogue.vocabulary import vocabulary_of
from bot.settings import Settings
from cli.command import Command
from cli.evaluate import read_labels
from intents.cues import AGENT, OUTSIDE
from intents.data import read_language
from intents.engine import build_engine
from intents.fit import Labelled, collect_cases, collect_marked, fit_answer_at, fit_confidence, hold_out
from intents.understanding import Intent

# Tags of labelled questions → what they tell.
_TAGS = {"agent": AGENT, "out_of_city": OUTSIDE}
_HEADING = "# 由 `server.py fit` 算出，不要手改；这里没有的取 intents/tuning.py 的默认值。\n"


def run(args: Namespace, settings: Settings) -> int:
    """Writes the file and prints what it holds."""
    labels = read_labels(settings.catalogue / "labelled_questions.jsonl")
    vocabulary = vocabulary_of(load_catalogue(settings.catalogue))
    data = read_language(settings.intents)
    engine = build_engine(data, vocabulary, cache=settings.cache)
    cases = collect_cases(engine, [_to_labelled(label) for label in labels])
    others, held = hold_out(data)
    print(f"用其余的问题学一遍，看 {len(held.questions)} 个没学过的问题……", file=sys.stderr)
    for name, pairs in collect_marked(build_engine(others, vocabulary), held, vocabulary).items():
        cases[name] += pairs
    weights = fit_confidence(cases)
    lines = [f"{name}: {values}" for name, values in weights.items()]
    lines.append(f"answer_at: [{fit_answer_at(weights, cases)}]")
    _write(settings.intents / "tuning.yaml", lines)
    print("\n".join(lines))
    return 0


def _to_labelled(label: dict[str, Any]) -> Labelled:
    return Labelled(
        text=label["text"],
        intent=Intent(label["intent"]),
        matters=frozenset(label["matters"]),
        certificates=frozenset(label.get("certificates_all") or label["certificates"]),
        circumstances=frozenset(_TAGS[tag] for tag in label["tags"] if tag in _TAGS) if "tags" in label else None,
        is_open=label.get("verdict") == "clarify" and len(label["matters"]) != 1,
    )


def _write(path: Path, lines: list[str]) -> None:
    path.write_text(_HEADING + "\n".join(lines) + "\n", encoding="utf-8")


COMMAND = Command(name="fit", help="按标注好的问题重新计算把握程度和各条界线", run=run)
