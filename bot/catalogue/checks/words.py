"""Rules for the lists of words: lexicon, cues, acts, fillers."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from bot.catalogue.checks.names import Group
from bot.catalogue.checks.places import Said, read_strings
from bot.domain.errors import Finding
from intents.data import SLOT_PATTERN, SLOTS

_FILLERS: Final = SLOTS | {"opening"}
# The slot that patterns of cues know: any word for another person.
_PERSON: Final = "person"


def check_lexicon(directory: Path, normalise: Callable[[str], str], plain: Callable[[str], str]) -> Iterator[Finding]:
    """Words with two replacements, and replacements that would be replaced again.

    Args:
        plain: normalises without the lexicon.
    """
    seen: dict[str, Said] = {}
    for (_, key), said in _pairs(directory / "lexicon.yaml"):
        first = seen.setdefault(key, said)
        if first.text != said.text:
            message = f"“{key}”在 {first.place} 已经改成“{first.text}”，这里又改成“{said.text}”，只能留一处"
            yield Finding(said.place, message)
        again = normalise(said.text)
        if again != plain(said.text):
            message = f"“{key}”改成“{said.text}”，而“{said.text}”又会被改成“{again}”，请直接写成最后的词"
            yield Finding(said.place, message)


def check_broken_names(group: Group, normalise: Callable[[str], str], plain: Callable[[str], str]) -> Iterator[Finding]:
    """Official names that hold a word of the lexicon, so that they would be read as something else."""
    for item in group.items:
        form = normalise(item.name)
        if form != plain(item.name):
            hint = "请改 lexicon.yaml，或者在那里给这个名称加一行，两边都写它自己"
            message = f"正式名称“{item.name}”里有 lexicon.yaml 要改写的词，会被读成“{form}”；{hint}"
            yield Finding(group.places[item.id], message)


def check_patterns(directory: Path) -> Iterator[Finding]:
    """Regular expressions that do not compile, and slots that nothing fills."""
    for _, said in _pairs(directory / "acts.yaml"):
        problem = _find_pattern_problem(said.text)
        if problem:
            yield Finding(said.place, f"“{said.text}”不是有效的正则表达式：{problem}")
    for _, said in _listed(directory / "cues.yaml"):
        unknown = set(SLOT_PATTERN.findall(said.text)) - {_PERSON}
        if unknown:
            message = f"“{said.text}”里没有叫 {'、'.join(sorted(unknown))} 的槽位，只能用 {{{_PERSON}}}"
            yield Finding(said.place, message)


def check_cues(directory: Path) -> Iterator[Finding]:
    """A word that one cue counts in and out, or twice."""
    seen: dict[tuple[str, str], tuple[str, str]] = {}
    for (cue, kind), said in _listed(directory / "cues.yaml"):
        first, place = seen.setdefault((cue, said.text), (kind, said.place))
        if first != kind:
            message = f"“{said.text}”在 {cue} 里既写在 {first}（{place}），又写在 {kind}，只能留一处"
            yield Finding(said.place, message)


def check_fillers(directory: Path) -> Iterator[Finding]:
    """Words for a slot that no sentence can have."""
    names = {trail[0]: said.place for trail, said in read_strings(directory / "fillers.yaml")}
    for name, place in names.items():
        if name not in _FILLERS:
            yield Finding(place, f"没有叫 {name} 的槽位，只能是 {'、'.join(sorted(_FILLERS))}")


def _pairs(path: Path) -> Iterator[tuple[tuple[str, str], Said]]:
    """Strings one level down: section and key."""
    for trail, said in read_strings(path):
        if len(trail) == 2:
            yield (trail[0], trail[1]), said


def _listed(path: Path) -> Iterator[tuple[tuple[str, str], Said]]:
    """Strings of lists two levels down: cue and kind. Notes for editors stand one level higher."""
    for trail, said in read_strings(path):
        if len(trail) == 3:
            yield (trail[0], trail[1]), said


def _find_pattern_problem(pattern: str) -> str | None:
    try:
        re.compile(pattern)
    except re.error as error:
        return f"第{(error.pos or 0) + 1}个字附近（{error.msg}）"
    return None
