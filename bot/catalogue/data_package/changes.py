"""What changed since an older package, row by row and cell by cell."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.catalogue.data_package.schema import CHANGE_COLUMNS, CHANGES, TABLE_KINDS, TableKind
from bot.catalogue.data_package.tables import Cells, PackageTable, read_rows
from bot.domain.errors import InvalidInputError

DESCRIPTOR = "datapackage.json"


def read_version(directory: Path) -> str:
    """The version of the package in a directory. Raises InvalidInputError where there is none."""
    try:
        descriptor = json.loads((directory / DESCRIPTOR).read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise InvalidInputError(f"“{directory}”里没有数据包（读不了 {DESCRIPTOR}）") from error
    if not isinstance(descriptor, dict) or not isinstance(descriptor.get("version"), str):
        raise InvalidInputError(f"“{directory}”里的 {DESCRIPTOR} 没有写版本，没法比较")
    return str(descriptor["version"])


def compare_packages(old: Path, tables: Sequence[PackageTable]) -> PackageTable:
    """The changes from the package in a directory to these tables.

    Raises:
        InvalidInputError: a table of the old package cannot be read.
    """
    new = {table.kind.name: table for table in tables}
    rows = [row for kind in TABLE_KINDS for row in _compare(kind, _read_old(old, kind), new.get(kind.name))]
    return PackageTable(kind=CHANGES, columns=CHANGE_COLUMNS, rows=tuple(rows))


def _read_old(directory: Path, kind: TableKind) -> dict[str, Cells]:
    path = directory / kind.path
    if not path.is_file():
        return {}
    try:
        _, rows = read_rows(path)
        return {row[kind.key]: row for row in rows}
    except (ValueError, KeyError) as error:
        raise InvalidInputError(f"旧数据包里的 {kind.path} 读不了，没法比较") from error


def _compare(kind: TableKind, old: dict[str, Cells], table: PackageTable | None) -> Iterator[Cells]:
    new = table.index() if table else {}
    for key, row in new.items():
        if key not in old:
            yield _change(kind, key, "added")
            continue
        for column in dict.fromkeys((*row, *old[key])):
            before, after = old[key].get(column, ""), row.get(column, "")
            if before != after:
                yield _change(kind, key, "changed", column, before, after)
    for key in old:
        if key not in new:
            yield _change(kind, key, "removed")


def _change(kind: TableKind, key: str, change: str, column: str = "", old: str = "", new: str = "") -> Cells:
    return {"table": kind.name, "key": key, "change": change, "column": column, "old": old, "new": new}
