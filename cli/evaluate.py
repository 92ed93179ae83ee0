"""`evaluate`: scores labelled questions, with the worst errors first and how far the confidence can be believed."""

import json
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

from bot.dialogue.dialogue import Dialogue
from bot.domain.errors import DataFindingsError, Finding
from bot.services.clock import SystemClock
from bot.services.loading import load_knowledge
from bot.settings import Settings
from cli.batch import BatchAnswerer
from cli.command import Command
from cli.scoring import HARMS, Judged, count_right, expect_error, group_by, judge, list_bins, list_mistakes

_REQUIRED: Final = ("id", "text", "intent", "matters", "certificates")


def run(args: Namespace, settings: Settings) -> int:
    """Prints the scores; 0 whatever they are."""
    labels = read_labels(args.file)
    knowledge = load_knowledge(settings.catalogue, settings.intents, cache=settings.cache, reranker=settings.reranker)
    judged = judge_all(knowledge.dialogue, labels, SystemClock().now().date())
    print(json.dumps(to_json(judged), ensure_ascii=False) if args.json else describe(judged, args.errors))
    return 0


def add_arguments(parser: ArgumentParser) -> None:
    """FILE and the options."""
    parser.add_argument("file", metavar="FILE", type=Path, help="标注好的问题，每行一个JSON对象")
    parser.add_argument("--errors", type=int, default=20, metavar="N", help="列出最严重的 N 个错误，默认20")
    parser.add_argument("--json", action="store_true", help="结果写成一行JSON")


def read_labels(path: Path) -> list[dict[str, Any]]:
    """The labelled questions of a file.

    Raises:
        DataFindingsError: lines that are none; every one is named.
    """
    labels: list[dict[str, Any]] = []
    findings: list[Finding] = []
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise DataFindingsError([Finding(path.name, "读不到这个文件，或者它不是UTF-8")]) from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        label = _read_label(line)
        if label is None:
            findings.append(Finding(f"{path.name} 第{number}行", f"应是JSON对象，要有 {'、'.join(_REQUIRED)}"))
        else:
            labels.append(label)
    if findings:
        raise DataFindingsError(findings)
    return labels


def _read_label(line: str) -> dict[str, Any] | None:
    try:
        label = json.loads(line)
    except ValueError:
        return None
    return label if isinstance(label, dict) and all(key in label for key in _REQUIRED) else None


def judge_all(dialogue: Dialogue, labels: Sequence[dict[str, Any]], today: date) -> list[Judged]:
    """Asks every question in a conversation of its own and compares."""
    answerer = BatchAnswerer(dialogue, today)
    return [
        judge(label, answerer.answer(json.dumps({"id": label["id"], "text": label["text"]}).encode()))
        for label in labels
    ]


def to_json(judged: Sequence[Judged]) -> dict[str, Any]:
    """The scores for another program: shares, and right of all by intent and tag."""
    bins = list_bins(judged)
    return {
        **{name: round(right / total, 4) for name, (right, total) in count_right(judged).items()},
        "questions": len(judged),
        "unanswered_rows": 0,
        "intents": group_by(judged, "intent"),
        "tags": group_by(judged, "tags"),
        "calibration_error": round(expect_error(bins), 4),
        "reliability": [
            {
                "from": item.low,
                "to": item.high,
                "count": item.count,
                "confidence": round(item.confidence, 4),
                "right": round(item.right, 4),
            }
            for item in bins
        ],
    }


def describe(judged: Sequence[Judged], errors: int) -> str:
    """The scores for a person."""
    lines = [
        f"{name:13} {right:5}/{total:<5} {right / total:7.2%}" for name, (right, total) in count_right(judged).items()
    ]
    for title, field in (("intents", "intent"), ("tags", "tags")):
        groups = group_by(judged, field)
        lines.append(f"{title:8} " + "  ".join(f"{key} {right}/{total}" for key, (right, total) in groups.items()))
    bins = list_bins(judged)
    lines.append(f"calibration error {expect_error(bins):.4f}")
    lines += (
        f"  {item.low:.1f}-{item.high:.1f}  {item.count:5}  sure {item.confidence:.2f}  right {item.right:.2f}"
        for item in bins
    )
    return "\n".join([*lines, *(_describe_mistake(item) for item in list_mistakes(judged)[:errors])])


def _describe_mistake(item: Judged) -> str:
    label, got = item.label, item.prediction
    wrong = [name for name, is_right in item.checks.items() if not is_right]
    wrong += [name for name in HARMS if getattr(item, name)]
    meant = f"{label['intent']} {label['matters']} {label['certificates']} {label.get('verdict')}"
    told = f"{got.get('intent')} {got.get('matter')} {got.get('certificate')} {got.get('verdict')}"
    return f"- {label['id']} {label['text']}\n  [{','.join(wrong)}] meant {meant} | got {told} {item.confidence:.2f}"


COMMAND = Command(
    name="evaluate", help="给标注好的问题打分，最严重的错误排在前面", run=run, add_arguments=add_arguments
)
