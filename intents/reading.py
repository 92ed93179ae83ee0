"""Reads single files of the language data strictly; what cannot be used becomes a problem with its place."""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with a data file: where, and what to do about it (in Chinese, for its editors)."""

    place: str
    message: str


class Reader:
    """Reads the files of one directory and keeps in `problems` what is wrong with them."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self.problems: list[Problem] = []

    def report(self, place: str, message: str) -> None:
        """Adds a problem."""
        self.problems.append(Problem(place, message))

    def mapping(self, name: str) -> dict[str, Any]:
        """The content of a YAML file; a `note` for editors is passed over."""
        path = self._directory / name
        if not path.is_file():
            self.report(name, "找不到这个文件")
            return {}
        try:
            content = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            self.report(name, f"读不懂这个文件，请检查缩进和引号：{error}")
            return {}
        return self.section(name, content)

    def section(self, place: str, content: Any) -> dict[str, Any]:
        """A mapping without its note; empty where it is none."""
        if not isinstance(content, dict):
            self.report(place, "这里应当是“名称: 内容”的形式")
            return {}
        return {str(key): value for key, value in content.items() if key != "note"}

    def words(self, place: str, content: Any) -> tuple[str, ...]:
        """A list of words; nothing written is an empty list."""
        if not isinstance(content, list | None) or any(isinstance(word, list | dict) for word in content or ()):
            self.report(place, "这里应当是一份列表，每行一句话或者一个词，前面加“- ”")
            return ()
        return tuple(map(str, content or ()))

    def lists(self, name: str, content: Mapping[str, Any] | None = None) -> dict[str, tuple[str, ...]]:
        """Lists of words by name, from a YAML file or a part of one."""
        sections = self.mapping(name) if content is None else content
        return {key: self.words(f"{name} {key}", words) for key, words in sections.items()}

    def pairs(self, name: str) -> dict[str, str]:
        """The pairs of all sections of a YAML file as one map; the first mention of a key wins."""
        merged: dict[str, str] = {}
        for key, content in self.mapping(name).items():
            for word, value in self.section(f"{name} {key}", content or {}).items():
                if isinstance(value, list | dict | None):
                    self.report(f"{name} {key} {word}", "冒号后面应当是一个词")
                merged.setdefault(word, str(value))
        return merged

    def numbers(self, name: str) -> dict[str, tuple[float, ...]]:
        """Lists of numbers by name, from a YAML file."""
        values: dict[str, tuple[float, ...]] = {}
        for key, words in self.lists(name).items():
            try:
                values[key] = tuple(map(float, words))
            except ValueError:
                self.report(f"{name} {key}", "这里只能写数")
            if not all(map(isfinite, values.get(key, ()))):
                self.report(f"{name} {key}", "这里只能写数")
        return values

    def rows(self, name: str, width: int) -> Iterator[tuple[str, list[str]]]:
        """Place and cells of each row of a CSV file below the heading; rows of another width are problems."""
        path = self._directory / name
        if not path.is_file():
            self.report(name, "找不到这个文件")
            return
        try:
            with path.open(encoding="utf-8-sig", newline="") as file:
                for number, row in enumerate(csv.reader(file), 1):
                    place = f"{name} 第{number}行"
                    if number > 1 and row and len(row) != width:
                        self.report(place, f"每行要有{width}格，现在是{len(row)}格")
                    elif number > 1 and row:
                        yield place, [cell.strip() for cell in row]
        except (UnicodeDecodeError, csv.Error) as error:
            self.report(name, f"读不懂这个文件，请另存为“CSV UTF-8”：{error}")

    def check_expressions(self, place: str, expressions: tuple[str, ...]) -> None:
        """Reports what is no regular expression."""
        for expression in expressions:
            try:
                re.compile(expression)
            except re.error as error:
                self.report(place, f"“{expression}”不是有效的正则表达式：{error}")
