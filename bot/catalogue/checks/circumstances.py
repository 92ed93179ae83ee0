"""Rules for sentences about circumstances: who comes, and where a certificate was issued."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from bot.catalogue.checks.comparing import form_of
from bot.catalogue.checks.places import Said, read_strings
from bot.domain.errors import Finding
from intents.circumstances import SIDES
from intents.data import CIRCUMSTANCES

_ENOUGH_SENTENCES: Final = 100
_PAIRS: Final = {side: number for number, sides in enumerate(SIDES) for side in sides}


def check_circumstances(language: Path, normalise: Callable[[str], str]) -> Iterator[Finding]:
    """Sentences on both sides of a question, twice on one side, or of which nothing is left."""
    seen: dict[tuple[int, str], tuple[str, Said]] = {}
    for side, said in _read(language):
        form = form_of(said.text, normalise)
        if not form:
            yield Finding(said.place, f"“{said.text}”去掉符号、表情和长数字以后什么也不剩，学不到东西，请删掉")
            continue
        first, other = seen.setdefault((_PAIRS[side], form), (side, said))
        if first != side:
            both = f"既写在 {side}，又写在 {first}"
            yield Finding(said.place, f"“{said.text}”{both}，只能归一边；另一处在 {other.place}（“{other.text}”）")
        elif other is not said and other.text.strip() == said.text.strip():
            yield Finding(said.place, f"“{said.text}”写了两遍，请删掉一处；另一处在 {other.place}")


def remark_circumstances(language: Path) -> Iterator[Finding]:
    """Sides with few sentences, where there is such a file."""
    if not (language / CIRCUMSTANCES).is_file():
        return
    counts = dict.fromkeys(_PAIRS, 0)
    for side, _ in _read(language):
        counts[side] += 1
    for side, count in counts.items():
        if count < _ENOUGH_SENTENCES:
            message = f"{side} 只有 {count} 句，不到 {_ENOUGH_SENTENCES} 句，请再写一些不同的说法"
            yield Finding(CIRCUMSTANCES, message)


def _read(language: Path) -> Iterator[tuple[str, Said]]:
    """Side and sentence; nothing where there is no such file. The loader reports sides that it does not know."""
    for trail, said in read_strings(language / CIRCUMSTANCES):
        if trail[0] in _PAIRS:
            yield trail[0], said
