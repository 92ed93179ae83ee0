"""The open data package holds everything, says what it is, and can be trusted to be whole."""

import csv
import hashlib
import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.catalogue.data_package.export import export_package
from bot.catalogue.load import load_catalogue
from bot.domain.catalogue import Catalogue, Measure
from bot.domain.errors import ConflictError, DataFindingsError, InvalidInputError, UnavailableError

ROOT = Path(__file__).parents[4]
SOURCE = ROOT / "catalogue_data"


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("export") / "package"
    export_package(SOURCE, directory)
    return directory


@pytest.fixture(scope="module")
def descriptor(package: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((package / "datapackage.json").read_text("utf-8"))
    return found


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(SOURCE)


@pytest.fixture
def city(tmp_path: Path) -> Path:
    """A copy of the city's tables that a test may spoil."""
    shutil.copytree(SOURCE, tmp_path / "city")
    return tmp_path / "city"


def read_table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write_table(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def read_files(directory: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in directory.iterdir()}


def test_every_file_is_described_with_its_size_and_checksum(package: Path, descriptor: dict[str, Any]) -> None:
    resources = {resource["path"]: resource for resource in descriptor["resources"]}
    assert set(resources) | {"datapackage.json"} == set(read_files(package))
    for path, resource in resources.items():
        content = (package / path).read_bytes()
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"


def test_the_descriptor_is_of_version_two(descriptor: dict[str, Any], catalogue: Catalogue) -> None:
    assert descriptor["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert descriptor["version"] == f"1.0.0+{catalogue.version}"
    tables = [resource for resource in descriptor["resources"] if resource.get("type") == "table"]
    assert {table["name"] for table in tables} >= {
        "units",
        "matters",
        "certificates",
        "entries",
        "measures",
        "articles",
        "national-items",
        "holidays",
        "terms",
        "retention",
        "faq",
    }
    assert all(isinstance(table["schema"]["primaryKey"], list) for table in tables)


def test_columns_are_those_of_the_files(package: Path, descriptor: dict[str, Any]) -> None:
    for resource in descriptor["resources"]:
        if resource.get("type") == "table":
            with (package / resource["path"]).open(encoding="utf-8", newline="") as file:
                assert [field["name"] for field in resource["schema"]["fields"]] == next(csv.reader(file))


def test_primary_and_foreign_keys_hold(package: Path, descriptor: dict[str, Any]) -> None:
    tables = {
        resource["name"]: (resource["schema"], read_table(package / resource["path"]))
        for resource in descriptor["resources"]
        if resource.get("type") == "table"
    }
    references = 0
    for schema, rows in tables.values():
        (key,) = schema["primaryKey"]
        assert len({row[key] for row in rows}) == len(rows)
        for foreign in schema.get("foreignKeys", ()):
            (column,), (target,) = foreign["fields"], foreign["reference"]["fields"]
            known = {row[target] for row in tables[foreign["reference"]["resource"]][1]}
            assert {row[column] for row in rows} - {""} <= known
            references += 1
    assert references == 6


def test_closed_columns_hold_only_their_values(package: Path, descriptor: dict[str, Any]) -> None:
    entries = next(resource for resource in descriptor["resources"] if resource["name"] == "entries")
    closed = {
        field["name"]: field["constraints"]["enum"]
        for field in entries["schema"]["fields"]
        if "enum" in field.get("constraints", {})
    }
    assert set(closed) == {"measure_2019", "scope", "origin"}
    for row in read_table(package / "catalogue.csv"):
        assert all(row[column] in values for column, values in closed.items())


def test_the_package_serves_as_a_catalogue_and_is_the_same_one(package: Path, catalogue: Catalogue) -> None:
    assert replace(load_catalogue(package), version=catalogue.version) == catalogue


def test_a_package_of_a_package_has_the_same_tables(package: Path, tmp_path: Path) -> None:
    export_package(package, tmp_path / "again")
    first, second = read_files(package), read_files(tmp_path / "again")
    same = {name for name in first if first[name] == second[name]}
    assert set(first) - same == {"datapackage.json", "README.md"}


def test_no_column_of_the_city_is_lost(package: Path) -> None:
    for path in SOURCE.glob("*.csv"):
        assert (package / path.name).read_text("utf-8").splitlines()[0] == path.read_text("utf-8").splitlines()[0]


def test_the_faq_is_a_table_too(package: Path, catalogue: Catalogue) -> None:
    rows = {row["id"]: row for row in read_table(package / "faq.csv")}
    assert rows.keys() == catalogue.faq.keys()
    entry = next(iter(catalogue.faq.values()))
    assert (rows[entry.id]["answer"], rows[entry.id]["asks"].split("|")) == (entry.answer, list(entry.asks))


@pytest.mark.parametrize("seed", ["0", "1"])
def test_the_same_data_gives_the_same_bytes(package: Path, tmp_path: Path, seed: str) -> None:
    code = (
        "from pathlib import Path; from bot.catalogue.data_package.export import export_package;"
        f"export_package(Path({os.fspath(SOURCE)!r}), Path({os.fspath(tmp_path / 'b')!r}))"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, env={"PYTHONHASHSEED": seed}, check=True, timeout=60)
    assert read_files(tmp_path / "b") == read_files(package)


def test_linked_data_names_every_matter_certificate_unit_and_entry(package: Path, catalogue: Catalogue) -> None:
    document = json.loads((package / "catalogue.jsonld").read_text("utf-8"))
    nodes = {node["@id"]: node for node in document["@graph"]}
    kinds: dict[str, int] = {}
    for node in nodes.values():
        kinds[node["@type"]] = kinds.get(node["@type"], 0) + 1
    assert kinds["cpsv:PublicService"] == len(catalogue.matters)
    assert kinds["cccev:Requirement"] == len(catalogue.entries)
    assert kinds["cccev:EvidenceType"] == len(catalogue.certificates) + 3
    assert kinds["cv:PublicOrganisation"] + kinds["org:Organization"] == len(catalogue.units)
    assert {f"#measure/{measure.name.lower()}" for measure in Measure} <= nodes.keys()
    prefixes = document["@context"].keys()
    assert all(name.startswith("@") or name.split(":")[0] in prefixes for node in nodes.values() for name in node)


def test_every_reference_in_linked_data_leads_somewhere(package: Path) -> None:
    document = json.loads((package / "catalogue.jsonld").read_text("utf-8"))
    known = {node["@id"] for node in document["@graph"]}
    links = {
        name for name, term in document["@context"].items() if isinstance(term, dict) and term.get("@type") == "@id"
    }

    def list_targets(node: dict[str, Any]) -> list[str]:
        targets: list[str] = []
        for name in links & node.keys():
            for value in node[name] if isinstance(node[name], list) else [node[name]]:
                targets += list_targets(value) if isinstance(value, dict) else [value]
        return targets

    targets = [target for node in document["@graph"] for target in list_targets(node)]
    assert len(targets) > 5_000
    assert set(targets) <= known


def test_a_cancelled_certificate_is_no_requirement_of_its_matter(package: Path, catalogue: Catalogue) -> None:
    nodes = {node["@id"]: node for node in json.loads((package / "catalogue.jsonld").read_text("utf-8"))["@graph"]}
    for entry in catalogue.entries.values():
        matter = nodes[f"#matter/{entry.matter_id}"]
        place = "mz:noLongerHolds" if entry.measure is Measure.CANCEL else "cv:holdsRequirement"
        assert f"#entry/{entry.id}" in matter[place]


def test_the_readme_says_plainly_what_is_only_an_example(package: Path, catalogue: Catalogue) -> None:
    text = (package / "README.md").read_text("utf-8")
    samples = sum(entry.origin == "illustrative" for entry in catalogue.entries.values())
    assert f"`illustrative` {samples}条：**编写的示例，不是官方公布的目录**" in text
    assert f"`official` {len(catalogue.entries) - samples}条" in text
    assert catalogue.version in text
    assert "还没有写明使用许可" in text


def test_the_publisher_may_grant_a_licence(city: Path, tmp_path: Path) -> None:
    facts = read_table(city / "local_facts.csv")
    facts.append({**dict.fromkeys(facts[0], ""), "key": "data_licence", "value": "ODC-By-1.0"})
    write_table(city / "local_facts.csv", facts)
    export_package(city, tmp_path / "package")
    descriptor = json.loads((tmp_path / "package" / "datapackage.json").read_text("utf-8"))
    assert descriptor["licenses"] == [{"name": "ODC-By-1.0", "title": "ODC-By-1.0"}]
    assert "许可按“ODC-By-1.0”" in (tmp_path / "package" / "README.md").read_text("utf-8")


def test_changes_since_an_older_package_are_listed_cell_by_cell(package: Path, city: Path, tmp_path: Path) -> None:
    rows = read_table(city / "catalogue.csv")
    gone = rows.pop()
    rows[0]["citizen_action"] = "换了说法"
    rows.insert(1, {**rows[1], "id": "c9999", "certificate_id": gone["certificate_id"], "matter_id": gone["matter_id"]})
    write_table(city / "catalogue.csv", rows)
    exported = export_package(city, tmp_path / "new", since=package)
    old = read_table(package / "catalogue.csv")[0]
    assert read_table(tmp_path / "new" / "changes.csv") == [
        change("changed", rows[0]["id"], "citizen_action", old["citizen_action"], "换了说法"),
        change("added", "c9999"),
        change("removed", gone["id"]),
    ]
    assert exported.changes == 3
    descriptor = json.loads((tmp_path / "new" / "datapackage.json").read_text("utf-8"))
    assert "changes" in {resource["name"] for resource in descriptor["resources"]}
    assert descriptor["previousVersion"] in (tmp_path / "new" / "README.md").read_text("utf-8")


def change(kind: str, key: str, column: str = "", old: str = "", new: str = "") -> dict[str, str]:
    return {"table": "entries", "key": key, "change": kind, "column": column, "old": old, "new": new}


def test_nothing_changed_is_an_empty_list(package: Path, tmp_path: Path) -> None:
    assert export_package(SOURCE, tmp_path / "new", since=package).changes == 0
    assert read_table(tmp_path / "new" / "changes.csv") == []


def test_what_is_no_package_cannot_be_compared_with(tmp_path: Path) -> None:
    with pytest.raises(InvalidInputError, match="没有数据包"):
        export_package(SOURCE, tmp_path / "new", since=tmp_path)
    assert not (tmp_path / "new").exists()


def test_a_directory_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", "utf-8")
    with pytest.raises(ConflictError, match="已经有东西"):
        export_package(SOURCE, tmp_path)
    with pytest.raises(ConflictError, match="不是数据包"):
        export_package(SOURCE, tmp_path, force=True)
    with pytest.raises(ConflictError, match="是一个文件"):
        export_package(SOURCE, tmp_path / "mine.txt", force=True)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_an_empty_directory_is_filled_and_a_package_replaced_by_force(tmp_path: Path) -> None:
    target = tmp_path / "deep" / "package"
    target.mkdir(parents=True)
    export_package(SOURCE, target)
    (target / "stale.csv").write_text("a", "utf-8")
    with pytest.raises(ConflictError):
        export_package(SOURCE, target)
    export_package(SOURCE, target, since=target, force=True)
    assert "stale.csv" not in read_files(target)
    assert [path.name for path in target.parent.iterdir()] == ["package"]


def test_a_write_that_fails_leaves_the_old_package_and_no_rest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "package"
    export_package(SOURCE, target)
    before = read_files(target)
    rename = Path.rename

    def fail(path: Path, other: Path) -> Path:
        if path.name == "new":
            raise OSError(28, "No space left on device")
        return rename(path, other)

    monkeypatch.setattr(Path, "rename", fail)
    with pytest.raises(UnavailableError, match="写不进"):
        export_package(SOURCE, target, force=True)
    assert read_files(target) == before
    assert [path.name for path in tmp_path.iterdir()] == ["package"]


def test_tables_that_do_not_fit_together_are_not_exported(city: Path, tmp_path: Path) -> None:
    rows = read_table(city / "measures.csv")
    write_table(city / "measures.csv", [row for row in rows if row["name"] != "共享"])
    with pytest.raises(DataFindingsError) as caught:
        export_package(city, tmp_path / "package")
    assert "“共享”不在 measures.csv 里" in str(caught.value)
    assert not (tmp_path / "package").exists()


def test_another_city_needs_only_the_four_tables(city: Path, tmp_path: Path) -> None:
    for path in city.iterdir():
        if path.name not in {"units.csv", "matters.csv", "certificates.csv", "catalogue.csv"}:
            path.unlink()
    export_package(city, tmp_path / "package")
    descriptor = json.loads((tmp_path / "package" / "datapackage.json").read_text("utf-8"))
    entries = next(resource for resource in descriptor["resources"] if resource["name"] == "entries")
    assert [key["reference"]["resource"] for key in entries["schema"]["foreignKeys"]] == ["matters", "certificates"]
    assert load_catalogue(tmp_path / "package").entries.keys() == load_catalogue(city).entries.keys()
