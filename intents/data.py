"""Reads `intents/data/`: sentences by intent, spoken phrases, lexicon and cues. Refuses what is inconsistent."""

import csv
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import yaml

from intents.understanding import Intent

SLOTS: Final = frozenset({"matter", "certificate", "unit", "place", "person", "date", "number"})
# Whole questions are marked by hand: <what tells the matter>, [what names a certificate].
MARKS: Final = re.compile(r"(<[^<>]*>|\[[^\[\]]*\])")
SLOT_PATTERN: Final = re.compile(r"\{(\w+)\}")
# Files that decide on what a trained model says, and are not part of it.
_UNTRAINED: Final = frozenset({"acts", "cues", "general", "tuning"})
_GENERAL_FILES: Final = ("lexicon", "cues", "acts", "fillers", "general", "tuning")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with a data file: where, and what to do about it (in Chinese, for its editors)."""

    place: str
    message: str


class DataError(ValueError):
    """Data files that cannot be used; `problems` names every place."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("；".join(f"{problem.place}：{problem.message}" for problem in problems[:5]))
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class Question:
    """A whole question as somebody said it: what it wants, and the official names of what it asks about."""

    text: str
    intent: Intent
    matter: str
    certificates: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageData:
    """Everything the engine knows of the language, whatever the city.

    Attributes:
        sentences: what people say for each intent; slots stand in braces.
        questions: whole questions with what they mean, by official names.
        matters, certificates: official name → spoken phrases.
        rewrites: what people type → standard words.
        cues: name of a cue → kind of word → words that show it or rule it out.
        acts: what a short message does to a conversation → regular expressions for the whole message.
        general: word that names several matters at once → their official names, the likeliest first.
        fillers: slot name → words that may fill it, and `opening`: words people start with.
        tuning: weights and thresholds, fitted on data (see `README.md` there).
        version: a hash of all files; trained_on: a hash of those that a model is trained on.
    """

    sentences: dict[Intent, tuple[str, ...]]
    questions: tuple[Question, ...]
    matters: dict[str, tuple[str, ...]]
    certificates: dict[str, tuple[str, ...]]
    rewrites: dict[str, str]
    cues: dict[str, dict[str, tuple[str, ...]]]
    acts: dict[str, tuple[str, ...]]
    general: dict[str, tuple[str, ...]]
    fillers: dict[str, tuple[str, ...]]
    tuning: dict[str, tuple[float, ...]] = field(default_factory=dict)
    version: str = ""
    trained_on: str = ""


@lru_cache(maxsize=4)
def _cached(directory: Path, version: str, trained_on: str) -> LanguageData:
    return _read(directory, version, trained_on)


def read_language(directory: Path) -> LanguageData:
    """The language data of a directory.

    Raises:
        DataError: a file is missing, not readable or inconsistent; every place is named.
    """
    return _cached(directory, _hash(directory), _hash(directory, without=_UNTRAINED))


def _read(directory: Path, version: str, trained_on: str) -> LanguageData:
    problems: list[Problem] = []
    sentences = {intent: _read_sentences(directory, intent, problems) for intent in Intent}
    general = {name: _read_yaml(directory / f"{name}.yaml", problems) for name in _GENERAL_FILES}
    spoken = {
        kind: _read_spoken(directory / "spoken" / f"{kind}.csv", problems) for kind in ("matters", "certificates")
    }
    questions = _read_questions(directory / "questions.csv", problems)
    if problems:
        raise DataError(problems)
    return LanguageData(
        sentences=sentences,
        questions=questions,
        matters=spoken["matters"],
        certificates=spoken["certificates"],
        rewrites=_merge(general["lexicon"]),
        cues={str(name): _lists(kinds) for name, kinds in general["cues"].items()},
        acts=_lists(general["acts"]),
        general=_lists(general["general"]),
        fillers=_lists(general["fillers"]),
        tuning={name: tuple(map(float, values)) for name, values in _lists(general["tuning"]).items()},
        version=version,
        trained_on=trained_on,
    )


def _hash(directory: Path, without: frozenset[str] = frozenset()) -> str:
    digest = hashlib.sha256()
    for path in sorted(directory.rglob("*")):
        if path.suffix in {".yaml", ".csv"} and path.stem not in without:
            digest.update(f"{path.relative_to(directory).as_posix()}\0".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _read_yaml(path: Path, problems: list[Problem]) -> dict[str, Any]:
    if not path.is_file():
        problems.append(Problem(path.name, "找不到这个文件"))
        return {}
    try:
        content = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        problems.append(Problem(path.name, f"读不懂这个文件，请检查缩进和引号：{error}"))
        return {}
    if not isinstance(content, dict):
        problems.append(Problem(path.name, "最外层应当是“名称: 内容”的形式"))
        return {}
    return content


def _read_sentences(directory: Path, intent: Intent, problems: list[Problem]) -> tuple[str, ...]:
    path = directory / f"{intent}.yaml"
    content = _read_yaml(path, problems)
    if content and content.get("intent") != intent:
        problems.append(Problem(path.name, f"intent 应当写 {intent}，一个文件只放一种意图"))
    sentences = tuple(str(sentence) for sentence in content.get("sentences") or ())
    for sentence in sentences:
        unknown = set(SLOT_PATTERN.findall(sentence)) - SLOTS
        if unknown:
            problems.append(Problem(f"{path.name} “{sentence}”", f"没有叫 {'、'.join(sorted(unknown))} 的槽位"))
    return sentences


def _read_spoken(path: Path, problems: list[Problem]) -> dict[str, tuple[str, ...]]:
    if not path.is_file():
        problems.append(Problem(f"spoken/{path.name}", "找不到这个文件"))
        return {}
    phrases: dict[str, list[str]] = {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        for number, row in enumerate(csv.reader(file), 1):
            if number == 1 or not row:
                continue
            if len(row) != 2 or not row[0].strip() or not row[1].strip():
                problems.append(Problem(f"spoken/{path.name} 第{number}行", "每行要有两格：正式名称、口语说法"))
                continue
            phrases.setdefault(row[0].strip(), []).append(row[1].strip())
    return {name: tuple(group) for name, group in phrases.items()}


def _read_questions(path: Path, problems: list[Problem]) -> tuple[Question, ...]:
    """Rows of matter, certificates (joined by |), intent and question; none where there is no file."""
    if not path.is_file():
        return ()
    questions: list[Question] = []
    with path.open(encoding="utf-8-sig", newline="") as file:
        for number, row in enumerate(csv.reader(file), 1):
            if number == 1 or not row:
                continue
            if len(row) != 4 or row[2] not in set(Intent) or not row[3].strip():
                problems.append(
                    Problem(f"{path.name} 第{number}行", "每行要有四格：事项、证明、意图、问题；意图要用认得的名称")
                )
                continue
            names = tuple(name for name in row[1].split("|") if name)
            questions.append(Question(row[3].strip(), Intent(row[2]), row[0].strip(), names))
    return tuple(questions)


def _merge(sections: Mapping[str, Any]) -> dict[str, str]:
    merged: dict[str, str] = {}
    for section in sections.values():
        for key, value in (section or {}).items():
            merged.setdefault(str(key), str(value))
    return merged


def _lists(sections: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """Lists of words by name; a `note` for editors is passed over."""
    return {str(name): tuple(map(str, words or ())) for name, words in sections.items() if name != "note"}
