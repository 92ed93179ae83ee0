"""The rows of the package: every column of the city's tables, checked for keys, written the same way every time."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.catalogue.data_package.schema import FAQ_COLUMNS, TABLE_KINDS, TableKind
from bot.domain.catalogue import FaqEntry
from bot.domain.errors import DataFindingsError, Finding

Cells = dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageTable:
    """A table with its rows, in the order of the city's file."""

    kind: TableKind
    columns: tuple[str, ...]
    rows: tuple[Cells, ...]

    def index(self) -> dict[str, Cells]:
        """The rows by key."""
        return {row[self.kind.key]: row for row in self.rows}

    def to_csv(self) -> bytes:
        """UTF-8 without a mark, lines ended by a line feed."""
        text = io.StringIO(newline="")
        writer = csv.DictWriter(text, self.columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(self.rows)
        return text.getvalue().encode()


def read_tables(directory: Path, faq: Iterable[FaqEntry]) -> tuple[PackageTable, ...]:
    """The tables of a directory that the loader has accepted, and the FAQ as one more.

    Raises:
        DataFindingsError: a key stands twice or refers to nothing; every row is named.
    """
    kinds = [kind for kind in TABLE_KINDS if (directory / kind.path).is_file() and kind.name != "faq"]
    tables = [_read_table(directory / kind.path, kind) for kind in kinds]
    if faq_rows := tuple(_row_of(entry) for entry in faq):
        faq_kind = next(kind for kind in TABLE_KINDS if kind.name == "faq")
        tables.append(PackageTable(kind=faq_kind, columns=FAQ_COLUMNS, rows=faq_rows))
    if findings := check_keys(tables):
        raise DataFindingsError(findings)
    return tuple(tables)


def read_rows(path: Path) -> tuple[tuple[str, ...], tuple[Cells, ...]]:
    """Columns and rows of a CSV file, blanks around cells and rows without content left out.

    Raises:
        ValueError: it is no CSV in UTF-8, or a row has more cells than there are columns.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file, restval="", strict=True)
        columns = tuple(reader.fieldnames or ())
        rows: list[Cells] = []
        try:
            for cells in reader:
                if None in cells:
                    raise ValueError(f"line {reader.line_num} has too many cells")
                row = {column: cells[column].strip() for column in columns}
                if any(row.values()):
                    rows.append(row)
        except csv.Error as error:
            raise ValueError(str(error)) from error
    return columns, tuple(rows)


def check_keys(tables: Sequence[PackageTable]) -> list[Finding]:
    """What breaks a primary or foreign key."""
    by_name = {table.kind.name: table for table in tables}
    return [finding for table in tables for finding in (*_check_key(table), *_check_references(table, by_name))]


def _check_key(table: PackageTable) -> list[Finding]:
    seen: set[str] = set()
    findings: list[Finding] = []
    for row in table.rows:
        key = row.get(table.kind.key, "")
        if not key:
            findings.append(Finding(table.kind.path, f"有一行的“{table.kind.key}”是空的"))
        elif key in seen:
            findings.append(Finding(f"{table.kind.path} {key}", "这个编号出现了两次"))
        seen.add(key)
    return findings


def _check_references(table: PackageTable, by_name: dict[str, PackageTable]) -> list[Finding]:
    findings: list[Finding] = []
    for reference in table.kind.foreign_keys:
        target = by_name.get(reference.table)
        if target is None:
            continue
        known = {row[reference.target] for row in target.rows} | {""}
        findings += [
            Finding(f"{table.kind.path} {row[table.kind.key]}", f"“{row[reference.column]}”不在 {target.kind.path} 里")
            for row in table.rows
            if row.get(reference.column, "") not in known
        ]
    return findings


def _read_table(path: Path, kind: TableKind) -> PackageTable:
    try:
        columns, rows = read_rows(path)
    except ValueError as error:
        raise DataFindingsError([Finding(path.name, f"不是有效的CSV文件（{error}）")]) from error
    if kind.key not in columns:
        raise DataFindingsError([Finding(path.name, f"少了“{kind.key}”一列")])
    return PackageTable(kind=kind, columns=columns, rows=rows)


def _row_of(entry: FaqEntry) -> Cells:
    return {
        "id": entry.id,
        "topic": entry.topic,
        "intent": entry.intent,
        "question": entry.question,
        "asks": "|".join(entry.asks),
        "answer": entry.answer,
        "sources": "；".join(entry.sources),
    }
