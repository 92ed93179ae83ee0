"""Where a person finds what a rule speaks of: file and row, or file and line."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class Said:
    """Words that an editor wrote, and where they stand (`human.yaml 第7行`)."""

    text: str
    place: str


def place_entries(path: Path) -> dict[str, str]:
    """Each `id` of a YAML list of entries → where it stands; empty where there is no such file."""
    if not path.is_file():
        return {}
    return {said.text: said.place for trail, said in read_strings(path) if trail[1:] == ("id",)}


def read_phrases(path: Path) -> Iterator[tuple[str, Said]]:
    """Official name and spoken phrase of each row of a file in `spoken/`."""
    for (name, phrase), place in read_cells(path, 2):
        yield name, Said(phrase, f"spoken/{place}")


def read_cells(path: Path, width: int) -> Iterator[tuple[list[str], str]]:
    """The cells of each row below the heading, and where it stands; the loader reports rows of another width."""
    if not path.is_file():
        return
    with path.open(encoding="utf-8-sig", newline="") as file:
        for number, row in enumerate(csv.reader(file), 1):
            if number > 1 and len(row) == width:
                yield [cell.strip() for cell in row], f"{path.name} 第{number}行"


def read_strings(path: Path) -> Iterator[tuple[tuple[str, ...], Said]]:
    """Every string of a YAML file with the keys and list positions (from 1) that lead to it, keys of a mapping last.

    Nothing where the file is missing or no YAML, which the loader reports.
    """
    try:
        root = yaml.compose(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        return
    yield from _walk(root, (), path.name)


def _walk(node: Any, trail: tuple[str, ...], name: str) -> Iterator[tuple[tuple[str, ...], Said]]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _walk(value, (*trail, str(key.value)), name)
    elif isinstance(node, yaml.SequenceNode):
        for number, item in enumerate(node.value, 1):
            yield from _walk(item, (*trail, str(number)), name)
    elif isinstance(node, yaml.ScalarNode):
        yield trail, Said(str(node.value), f"{name} 第{node.start_mark.line + 1}行")
