"""Loads a directory of catalogue tables; refuses what is inconsistent and names file and row."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Final, Protocol, TypeVar

from bot.catalogue.faq import read_faq
from bot.catalogue.retention import read_retention
from bot.catalogue.tables import Row, Table, hash_files, place_rows
from bot.catalogue.times import read_calendar, read_terms
from bot.domain.catalogue import (
    Article,
    Catalogue,
    Certificate,
    Channel,
    Entry,
    Handling,
    IssuerKind,
    Matter,
    Measure,
    MeasureText,
    NationalItem,
    Origin,
    Scope,
    Town,
    Unit,
    group_entries,
)
from bot.domain.errors import DataFindingsError, Finding

_REQUIRED_TABLES: Final = ("units.csv", "matters.csv", "certificates.csv", "catalogue.csv")
# The words of the column `channel_2020`; what an entry calls 不适用 has no channel.
_CHANNELS: Final = {
    "人脸识别身份可信认证": Channel.FACE,
    "“浙里办”/“阿拉警察”APP电子证照": Channel.APP,
    "省市公共数据共享平台电子证照": Channel.DATA_PLATFORM,
    "市电子证明共享核查平台电子证明": Channel.VERIFICATION_PLATFORM,
    "告知承诺制等其他": Channel.COMMITMENT,
}


class _Identified(Protocol):
    @property
    def id(self) -> str: ...


T = TypeVar("T")
I = TypeVar("I", bound=_Identified)  # noqa: E741


def load_catalogue(directory: Path) -> Catalogue:
    """The catalogue of a directory.

    Args:
        directory: holds at least units, matters, certificates and catalogue as CSV; all else is optional.

    Raises:
        DataFindingsError: a file is missing or inconsistent; every place is named.
    """
    missing = [Finding(name, "找不到这个文件") for name in _REQUIRED_TABLES if not (directory / name).is_file()]
    if missing:
        raise DataFindingsError(missing)
    findings: list[Finding] = []
    units = _index(directory / "units.csv", ("id", "name"), _read_unit, findings)
    matters = _index(directory / "matters.csv", ("id", "name", "unit"), _read_matter, findings)
    certificates = _index(directory / "certificates.csv", ("id", "name"), _read_certificate, findings)
    entry_columns = ("id", "matter_id", "certificate_id", "measure_2019")
    entries = _index(directory / "catalogue.csv", entry_columns, _read_entry, findings)
    towns = _index_optional(directory / "towns.csv", ("id", "name", "unit_id"), _read_town, findings)
    measures = _index_optional(directory / "measures.csv", ("id", "name"), _read_measure, findings)
    faq = read_faq(directory, findings)
    calendar = read_calendar(directory, findings)
    terms = read_terms(directory, findings)
    retention = read_retention(directory, findings)
    if not findings:
        _check_references(directory, units, matters, certificates, entries, towns, findings)
    if findings:
        raise DataFindingsError(findings)
    return Catalogue(
        version=hash_files(_catalogue_files(directory)),
        units=units,
        matters=matters,
        certificates=certificates,
        entries=entries,
        towns=towns,
        measures=measures,
        articles={row.key: row for row in _read_all(directory / "articles.csv", _read_article)},
        facts={key: value for key, value in _read_all(directory / "local_facts.csv", _read_fact) if key},
        national=tuple(_read_all(directory / "national_lists.csv", _read_national)),
        faq={entry.id: entry for entry in faq},
        calendar=calendar,
        retention=retention,
        terms=terms,
        by_pair={(entry.matter_id, entry.certificate_id): entry for entry in entries.values()},
        by_matter=group_entries(entries.values(), "matter_id"),
        by_certificate=group_entries(entries.values(), "certificate_id"),
    )


def _catalogue_files(directory: Path) -> list[Path]:
    return [path for path in directory.iterdir() if path.suffix in {".csv", ".yaml"}]


def _index(path: Path, columns: tuple[str, ...], read: Callable[[Row], I], findings: list[Finding]) -> dict[str, I]:
    """Rows by id; a second row of the same id is a finding."""
    table = Table(path, columns)
    found: dict[str, I] = {}
    for row in table:
        item = read(row)
        row.claim(item.id, f"编号“{item.id}”在前面已经用过")
        found[item.id] = item
    findings.extend(table.findings)
    return found


def _index_optional(
    path: Path, columns: tuple[str, ...], read: Callable[[Row], I], findings: list[Finding]
) -> dict[str, I]:
    return _index(path, columns, read, findings) if path.is_file() else {}


def _read_all(path: Path, read: Callable[[Row], T]) -> list[T]:
    return [read(row) for row in Table(path, ())] if path.is_file() else []


def _read_unit(row: Row) -> Unit:
    name = row.required("name")
    return Unit(
        id=row.required("id"),
        name=name,
        short_name=row.text("short_name") or name,
        aliases=row.listed("aliases", "|"),
        batch=row.text("batch"),
        level=row.text("level"),
        phone=row.text("phone"),
        phone_note=row.text("phone_note"),
        by_reference=row.text("regime").startswith(Scope.BY_REFERENCE.value),
    )


def _read_town(row: Row) -> Town:
    return Town(id=row.required("id"), name=row.required("name"), unit_id=row.required("unit_id"))


def _read_matter(row: Row) -> Matter:
    return Matter(
        id=row.required("id"),
        name=row.required("name"),
        aliases=row.listed("aliases", "|"),
        unit_id=row.required("unit"),
        audience=row.text("audience"),
        handling=row.converted("handling", Handling, Handling.PROMISED),
        demand_basis=row.text("demand_basis"),
    )


def _read_certificate(row: Row) -> Certificate:
    return Certificate(
        id=row.required("id"),
        name=row.required("name"),
        aliases=row.listed("aliases", "|"),
        issuer=row.text("issuer_unit"),
        issuer_unit_id=row.text("issuer_unit_id"),
        issuer_kind=row.converted("issuer_kind", IssuerKind, IssuerKind.CITY_UNIT),
    )


def _read_entry(row: Row) -> Entry:
    row.required("measure_2019")
    return Entry(
        id=row.required("id"),
        matter_id=row.required("matter_id"),
        certificate_id=row.required("certificate_id"),
        measure=row.converted("measure_2019", Measure, Measure.NOT_YET),
        channel=row.converted("channel_2020", _channel_of, Channel.NONE),
        legal_basis=row.listed("legal_basis", "；"),
        demand_basis=row.text("demand_basis"),
        reason=row.text("reason"),
        action=row.text("citizen_action"),
        verify_time_limit=row.text("verify_time_limit"),
        scope=row.converted("scope", Scope, Scope.APPLIES),
        scope_note=row.text("scope_note"),
        origin=row.converted("origin", Origin, Origin.ILLUSTRATIVE),
        source=row.text("source"),
        effective_from=row.converted("effective_from", date.fromisoformat, None),
    )


def _channel_of(text: str) -> Channel:
    return Channel.NONE if text.startswith("不适用") else _CHANNELS[text]


def _read_measure(row: Row) -> MeasureText:
    return MeasureText(
        id=row.required("id"),
        name=row.required("name"),
        document=row.text("doc"),
        article=row.text("article"),
        meaning=row.text("meaning"),
        action=row.text("citizen_action"),
    )


def _read_article(row: Row) -> Article:
    return Article(
        key=row.text("key"), document=row.text("document"), article=row.text("article"), summary=row.text("summary")
    )


def _read_fact(row: Row) -> tuple[str, str]:
    return row.text("key"), row.text("value")


def _read_national(row: Row) -> NationalItem:
    return NationalItem(
        id=row.text("id"),
        list_name=row.text("list_name"),
        document=row.text("doc_no"),
        name=row.text("item_name"),
        kind=row.text("item_type"),
        applies_to=row.text("applies_to"),
        replacement=row.text("replacement"),
        handled_by=row.text("handled_by"),
    )


def _check_references(
    directory: Path,
    units: dict[str, Unit],
    matters: dict[str, Matter],
    certificates: dict[str, Certificate],
    entries: dict[str, Entry],
    towns: dict[str, Town],
    findings: list[Finding],
) -> None:
    """Every id that a row names must exist, and a pair stands once. Only for tables that could be read whole."""
    rows = {
        table: place_rows(directory / f"{table}.csv") for table in ("matters", "certificates", "catalogue", "towns")
    }
    findings += [
        Finding(rows["matters"][matter.id], f"办理单位“{matter.unit_id}”不在 units.csv 里")
        for matter in matters.values()
        if matter.unit_id not in units
    ]
    findings += [
        Finding(rows["towns"][town.id], f"单位“{town.unit_id}”不在 units.csv 里")
        for town in towns.values()
        if town.unit_id not in units
    ]
    findings += [
        Finding(rows["certificates"][certificate.id], f"开具单位“{certificate.issuer_unit_id}”不在 units.csv 里")
        for certificate in certificates.values()
        if certificate.issuer_unit_id and certificate.issuer_unit_id not in units
    ]
    pairs: dict[tuple[str, str], str] = {}
    for entry in entries.values():
        place = f"{rows['catalogue'][entry.id]}（{entry.id}）"
        if entry.matter_id not in matters:
            findings.append(Finding(place, f"事项“{entry.matter_id}”不在 matters.csv 里"))
        if entry.certificate_id not in certificates:
            findings.append(Finding(place, f"证明“{entry.certificate_id}”不在 certificates.csv 里"))
        first = pairs.setdefault((entry.matter_id, entry.certificate_id), place)
        if first != place:
            findings.append(Finding(place, f"和 {first} 是同一事项同一证明，只能留一条"))
