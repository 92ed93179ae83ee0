"""Rules for how YAML files are written: lists where lists belong, and no word that YAML reads as something else."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import yaml

from bot.domain.errors import Finding

_WORD: Final = "word"
_LIST: Final = "list"
_MAP: Final = "map"
# From the outside in. A `note` for editors may stand anywhere in a mapping.
_SHAPES: Final = {
    "lexicon.yaml": (_MAP, _MAP, _WORD),
    "cues.yaml": (_MAP, _MAP, _LIST, _WORD),
    "acts.yaml": (_MAP, _LIST, _WORD),
    "fillers.yaml": (_MAP, _LIST, _WORD),
    "circumstances.yaml": (_MAP, _LIST, _WORD),
}
_SENTENCES: Final = (_LIST, _WORD)
_EXPECTED: Final = {
    _WORD: "这里应当是一句话或者一个词；里面有冒号的，两头要加引号",
    _LIST: "这里应当是一份列表，每行一条，前面加“- ”",
    _MAP: "这里应当是“名称: 内容”的形式",
}
# Words such as no, on, null and 2020-09-01 are not text to YAML unless they are quoted.
_MISREAD: Final = frozenset(f"tag:yaml.org,2002:{kind}" for kind in ("bool", "null", "timestamp"))


def check_shapes(language: Path) -> Iterator[Finding]:
    """Places in the language data that are not written as the loader expects; missing files it reports itself."""
    for path in sorted(language.glob("*.yaml")):
        root = _compose(path)
        if path.name in _SHAPES:
            yield from _check(root, _SHAPES[path.name], path.name)
        elif isinstance(root, yaml.MappingNode):
            for key, value in root.value:
                if key.value == "sentences":
                    yield from _check(value, _SENTENCES, path.name)


def _compose(path: Path) -> Any:
    """The file's nodes; nothing where it is no YAML, which the loader reports."""
    try:
        return yaml.compose(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, UnicodeDecodeError):
        return None


def _check(node: Any, shape: tuple[str, ...], name: str) -> Iterator[Finding]:
    if node is None:
        return
    expected, *inner = shape
    place = f"{name} 第{node.start_mark.line + 1}行"
    if expected == _MAP and isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value != "note":
                yield from _check(value, tuple(inner), name)
    elif expected == _LIST and isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _check(item, tuple(inner), name)
    elif expected == _WORD and isinstance(node, yaml.ScalarNode):
        if node.tag in _MISREAD:
            yield Finding(place, f'“{node.value}”没有加引号，程序会读成别的东西，请写成 "{node.value}"')
    else:
        yield Finding(place, _EXPECTED[expected])
