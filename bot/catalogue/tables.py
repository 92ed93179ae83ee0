"""Reads one CSV table strictly and collects findings with file and row, so that an editor finds the cell."""

import csv
import hashlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

from bot.domain.errors import Finding

T = TypeVar("T")


class Row:
    """One line of a table; reading a cell that is not right leaves a finding and a harmless value."""

    def __init__(self, table: "Table", number: int, cells: Mapping[str, str]) -> None:
        self._table = table
        self.number = number
        self._cells = cells

    def text(self, column: str) -> str:
        """The cell, stripped; empty where the column is missing."""
        return (self._cells.get(column) or "").strip()

    def required(self, column: str) -> str:
        """The cell, which must not be empty."""
        value = self.text(column)
        if not value:
            self.report(f"“{column}”一列是空的，请补上")
        return value

    def listed(self, column: str, separator: str) -> tuple[str, ...]:
        """The parts of a cell that holds several values."""
        return tuple(part.strip() for part in self.text(column).split(separator) if part.strip())

    def converted(self, column: str, convert: Callable[[str], T], default: T) -> T:
        """The cell through `convert`; a `ValueError` or `KeyError` of it becomes a finding."""
        value = self.text(column)
        if not value:
            return default
        try:
            return convert(value)
        except (ValueError, KeyError):
            self.report(f"“{column}”一列写的“{value}”不是认得的值")
            return default

    @property
    def place(self) -> str:
        """File and row, as findings name them."""
        return f"{self._table.path.name} 第{self.number}行"

    def claim(self, what: str, message: str) -> None:
        """Adds a finding that names both rows where an earlier row of the table has claimed the same."""
        first = self._table.claimed.setdefault(what, self.place)
        if first != self.place:
            self.report(f"{message}，另一处在 {first}")

    def report(self, message: str) -> None:
        """Adds a finding about this row."""
        self._table.findings.append(Finding(self.place, message))


class Table:
    """A CSV file in UTF-8 with a heading row; row numbers are those a person sees in the file."""

    def __init__(self, path: Path, columns: tuple[str, ...]) -> None:
        self.path = path
        self.findings: list[Finding] = []
        self.claimed: dict[str, str] = {}
        self._columns = columns

    def __iter__(self) -> Iterator[Row]:
        try:
            with self.path.open(encoding="utf-8-sig", newline="") as file:
                yield from self._rows(csv.DictReader(file))
        except UnicodeDecodeError:
            self.findings.append(Finding(self.path.name, "不是UTF-8编码，请另存为“CSV UTF-8”"))
        except csv.Error as error:
            self.findings.append(Finding(self.path.name, f"不是有效的CSV文件（{error}）"))

    def _rows(self, reader: "csv.DictReader[str]") -> Iterator[Row]:
        missing = [column for column in self._columns if column not in (reader.fieldnames or ())]
        if missing:
            self.findings.append(Finding(self.path.name, f"少了这些列：{'、'.join(missing)}"))
            return
        for cells in reader:
            if None in cells:
                self.findings.append(
                    Finding(f"{self.path.name} 第{reader.line_num}行", "多出了单元格，请检查逗号和引号")
                )
                continue
            if any((value or "").strip() for value in cells.values()):
                yield Row(self, reader.line_num, cells)


def place_rows(path: Path, column: str = "id") -> dict[str, str]:
    """Each row's value of `column` → where the row stands; empty where there is no such file."""
    if not path.is_file():
        return {}
    return {row.text(column): f"{path.name} 第{row.number}行" for row in Table(path, ())}


def hash_files(paths: list[Path]) -> str:
    """A short name for exactly these files: 12 hexadecimal digits of SHA-256 over names and contents."""
    digest = hashlib.sha256()
    for path in sorted(paths, key=lambda item: item.name):
        content = path.read_bytes()
        digest.update(f"{path.name}:{len(content)}:".encode())
        digest.update(content)
    return digest.hexdigest()[:12]
