"""Reads the table of how long personal data is kept."""

from pathlib import Path
from typing import Final

from bot.catalogue.tables import Row, Table
from bot.domain.errors import Finding
from bot.domain.retention import DEFAULT_RETENTION, DataKind, RetentionRule

RETENTION: Final = "retention.csv"
_COLUMNS: Final = ("kind", "days", "basis")
_LONGEST_DAYS: Final = 36_500


def read_retention(directory: Path, findings: list[Finding]) -> dict[DataKind, RetentionRule]:
    """The rules of `retention.csv`; what it does not say stands as this program has it."""
    path = directory / RETENTION
    if not path.is_file():
        return DEFAULT_RETENTION
    table = Table(path, _COLUMNS)
    rules = dict(DEFAULT_RETENTION)
    for row in table:
        rule = _read_rule(row)
        row.claim(rule.kind, f"“{rule.kind}”在前面已经写过")
        rules[rule.kind] = rule
    findings.extend(table.findings)
    return rules


def _read_rule(row: Row) -> RetentionRule:
    row.required("kind")
    row.required("days")
    kind = row.converted("kind", DataKind, DataKind.DRAFT)
    days = row.converted("days", int, DEFAULT_RETENTION[kind].days)
    if not 1 <= days <= _LONGEST_DAYS:
        row.report(f"“days”一列要写1到{_LONGEST_DAYS}的整数")
        days = DEFAULT_RETENTION[kind].days
    return RetentionRule(kind=kind, days=days, basis=row.required("basis"), note=row.text("note"))
