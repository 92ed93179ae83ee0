"""The labelled sentences of this folder, how the service answers them, and which of them are known to fail."""

from functools import cache
from pathlib import Path
from typing import Any, Final

from cli.evaluate import judge_all, read_labels
from cli.scoring import Judged
from tests.city import TODAY
from tests.real import load_real_knowledge

FOLDER: Final = Path(__file__).parent
KNOWN_FAILURES: Final = FOLDER / "known_failures.txt"
# A definite verdict; what is none asks back or declines.
DEFINITE: Final = frozenset({"not_needed", "needed", "not_listed", "depends"})


def list_files() -> list[Path]:
    """One file an intent."""
    return sorted(FOLDER.glob("*.jsonl"))


@cache
def read_golden() -> tuple[dict[str, Any], ...]:
    """Every labelled sentence."""
    return tuple(label for path in list_files() for label in read_labels(path))


@cache
def judge_golden() -> tuple[Judged, ...]:
    """Every labelled sentence with its answer, each in a conversation of its own."""
    return tuple(judge_all(load_real_knowledge().dialogue, read_golden(), TODAY))


def list_failing() -> list[str]:
    """Ids of the sentences that are not answered wholly right."""
    return [item.label["id"] for item in judge_golden() if not item.whole]


def read_known_failures() -> list[str]:
    """Ids of the sentences that are known to fail."""
    lines = KNOWN_FAILURES.read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]
