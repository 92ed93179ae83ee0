"""Reads `intents/data/`: sentences by intent, spoken phrases, lexicon and cues. Refuses what is inconsistent."""

import hashlib
import re
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Final

from intents.reading import Problem, Reader
from intents.tuning import Tuning
from intents.understanding import Act, Intent

SLOTS: Final = frozenset({"matter", "certificate", "unit", "place", "person", "date", "number"})
# A place of the city itself; only sentences about circumstances have it.
HERE: Final = "here"
# Whole questions are marked by hand: <what tells the matter>, [what names a certificate].
MARKS: Final = re.compile(r"(<[^<>]*>|\[[^\[\]]*\])")
SLOT_PATTERN: Final = re.compile(r"\{(\w+)\}")
# Files that decide on what a trained model says, and are not part of it.
_UNTRAINED: Final = frozenset({"acts", "general", "tuning"})
_QUESTIONS: Final = "questions.csv"
_GENERAL: Final = "general.yaml"
CIRCUMSTANCES: Final = "circumstances.yaml"
CIRCUMSTANCE_SIDES: Final = ("agent", "in_person", "outside", "not_outside")


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
        circumstances: by side (see `CIRCUMSTANCE_SIDES`) what people say of who comes and where a paper was issued.
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
    circumstances: dict[str, tuple[str, ...]] = field(default_factory=dict)
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
    reader = Reader(directory)
    data = LanguageData(
        sentences={intent: _read_sentences(reader, intent) for intent in Intent},
        rewrites=reader.pairs("lexicon.yaml"),
        cues=_read_cues(reader),
        acts=_read_acts(reader),
        fillers=reader.lists("fillers.yaml"),
        general=reader.lists(_GENERAL) if (directory / _GENERAL).is_file() else {},
        circumstances=_read_circumstances(reader) if (directory / CIRCUMSTANCES).is_file() else {},
        tuning=_read_tuning(reader),
        matters=_read_spoken(reader, "spoken/matters.csv"),
        certificates=_read_spoken(reader, "spoken/certificates.csv"),
        questions=_read_questions(reader) if (directory / _QUESTIONS).is_file() else (),
        version=version,
        trained_on=trained_on,
    )
    if reader.problems:
        raise DataError(reader.problems)
    return data


def _hash(directory: Path, without: frozenset[str] = frozenset()) -> str:
    digest = hashlib.sha256()
    for path in sorted(directory.rglob("*")):
        if path.suffix in {".yaml", ".csv"} and path.stem not in without:
            digest.update(f"{path.relative_to(directory).as_posix()}\0".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _read_sentences(reader: Reader, intent: Intent) -> tuple[str, ...]:
    name = f"{intent}.yaml"
    content = reader.mapping(name)
    if content and content.get("intent") != intent:
        reader.report(name, f"intent 应当写 {intent}，一个文件只放一种意图")
    sentences = reader.words(f"{name} sentences", content.get("sentences"))
    _check_slots(reader, name, sentences, SLOTS)
    return sentences


def _check_slots(reader: Reader, name: str, sentences: tuple[str, ...], slots: frozenset[str]) -> None:
    for sentence in sentences:
        unknown = set(SLOT_PATTERN.findall(sentence)) - slots
        if unknown:
            reader.report(f"{name} “{sentence}”", f"没有叫 {'、'.join(sorted(unknown))} 的槽位")


def _read_circumstances(reader: Reader) -> dict[str, tuple[str, ...]]:
    said = reader.lists(CIRCUMSTANCES)
    for side, sentences in said.items():
        if side not in CIRCUMSTANCE_SIDES:
            reader.report(f"{CIRCUMSTANCES} {side}", f"没有这一组，只能是 {'、'.join(CIRCUMSTANCE_SIDES)}")
        _check_slots(reader, f"{CIRCUMSTANCES} {side}", sentences, SLOTS | {HERE})
    return said


def _read_cues(reader: Reader) -> dict[str, dict[str, tuple[str, ...]]]:
    name = "cues.yaml"
    content = reader.mapping(name)
    cues = {
        cue: reader.lists(f"{name} {cue}", reader.section(f"{name} {cue}", kinds)) for cue, kinds in content.items()
    }
    reader.check_expressions(f"{name} agent", cues.get("agent", {}).get("regexes", ()))
    for item in cues.get("breaches", {}):
        if not item.isdecimal():
            reader.report(f"{name} breaches {item}", '这里应当写第几项，如 "2"')
    return cues


def _read_acts(reader: Reader) -> dict[str, tuple[str, ...]]:
    acts = reader.lists("acts.yaml")
    for act, expressions in acts.items():
        if act not in set(Act):
            reader.report(f"acts.yaml {act}", f"没有这种动作，只能是 {'、'.join(Act)}")
        reader.check_expressions(f"acts.yaml {act}", expressions)
    return acts


def _read_tuning(reader: Reader) -> dict[str, tuple[float, ...]]:
    """Values by name; how many a name has follows from the defaults."""
    values = reader.numbers("tuning.yaml")
    for name, given in values.items():
        size = Tuning.size_of(name)
        if size is None:
            reader.report(f"tuning.yaml {name}", "没有叫这个名字的数")
        elif len(given) != size:
            reader.report(f"tuning.yaml {name}", f"这里应当有{size}个数，现在是{len(given)}个")
    return values


def _read_spoken(reader: Reader, name: str) -> dict[str, tuple[str, ...]]:
    phrases: dict[str, list[str]] = {}
    for place, (official, phrase) in reader.rows(name, 2):
        if not official or not phrase:
            reader.report(place, "正式名称和口语说法都要写")
        phrases.setdefault(official, []).append(phrase)
    return {official: tuple(group) for official, group in phrases.items()}


def _read_questions(reader: Reader) -> tuple[Question, ...]:
    """Rows of matter, certificates (joined by |), intent and question."""
    questions: list[Question] = []
    for place, (matter, certificates, intent, text) in reader.rows(_QUESTIONS, 4):
        if intent not in set(Intent) or not text:
            reader.report(place, "四格是事项、证明、意图、问题；意图要用认得的名称，问题不能空着")
            continue
        names = tuple(name.strip() for name in certificates.split("|") if name.strip())
        questions.append(Question(text, Intent(intent), matter, names))
    return tuple(questions)
