"""Rules about the repository itself: what it may name, how long things may be, and that its papers tell the truth."""

import ast
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import MISSING, Field, fields
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from bot.settings import PREFIX, Settings
from intents.understanding import Intent

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
_IGNORED = {"var", "__pycache__", "node_modules"}
_KEPT_HIDDEN = {".ci", ".gitignore"}
_LONGEST_FILE, _LONGEST_FUNCTION = 400, 50
# Written in pieces, so that this file does not hold what it forbids.
_FOREIGN = re.compile(
    "|".join(
        [
            "py" + r"pi\.org",
            "python" + "hosted",
            "npm" + r"js\.(com|org)",
            r"deb\." + "debian",
            "/" + "work/",
            r"\.\./" + "shared",
            "/" + r"opt/(py" + "pi|wheels)",
        ]
    )
)
_CITY = re.compile("宁波|海曙|ningbo|haishu", re.IGNORECASE)
_PINNED = re.compile(r"[a-z0-9][a-z0-9.-]*==\S+ .*--hash=sha256:[0-9a-f]{64}")
# Found by name at run time (database drivers), or needed by another package on some versions of Python.
_NEVER_IMPORTED = {"aiosqlite", "asyncpg", "async-timeout"}
_LEFT_TO_DO = re.compile(r"\b(TODO|FIXME|XXX|raise NotImplementedError)\b")


def _walk_files() -> Iterator[Path]:
    """Every file that belongs to the repository; what .gitignore leaves out is never entered."""
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [name for name in folders if name not in _IGNORED and _is_kept(name)]
        yield from (Path(folder, name) for name in names if _is_kept(name) and not name.endswith(".pyc"))


def _is_kept(name: str) -> bool:
    return not name.startswith(".") or name in _KEPT_HIDDEN


FILES = tuple(sorted(_walk_files()))
SOURCES = tuple(path for path in FILES if path.suffix == ".py" and not path.is_relative_to(ROOT / "tests"))
PAGES = tuple(path for path in FILES if path.is_relative_to(ROOT / "web") and path.suffix in {".js", ".css", ".html"})
TREES = {path: ast.parse(path.read_text("utf-8")) for path in SOURCES}


def _text_of(path: Path) -> str:
    """The text of a file; empty for what is not text."""
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError:
        return ""


def _name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _find_lines(paths: tuple[Path, ...], pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{_name_of(path)}:{number}: {line.strip()[:100]}"
        for path in paths
        for number, line in enumerate(_text_of(path).splitlines(), 1)
        if pattern.search(line)
    ]


def _functions() -> Iterator[tuple[Path, ast.FunctionDef | ast.AsyncFunctionDef]]:
    for path, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield path, node


def _imports() -> Iterator[tuple[ast.Import | ast.ImportFrom, ast.alias]]:
    for tree in TREES.values():
        for node in ast.walk(tree):
            if isinstance(node, ast.Import | ast.ImportFrom):
                yield from ((node, name) for name in node.names)


def _list_wanted(name: str) -> set[str]:
    """The packages that a requirements*.in asks for."""
    lines = (line.split("[")[0].strip().lower() for line in (ROOT / name).read_text("utf-8").splitlines())
    return {line for line in lines if line and line[0] not in "#-"}


def test_no_file_names_a_package_host_or_a_place_outside() -> None:
    assert _find_lines(FILES, _FOREIGN) == []


def test_no_code_knows_a_city() -> None:
    assert _find_lines(SOURCES + PAGES, _CITY) == []


def test_no_code_is_left_to_do() -> None:
    assert _find_lines(SOURCES + PAGES, _LEFT_TO_DO) == []


def test_no_python_file_is_too_long() -> None:
    assert [_name_of(path) for path in SOURCES if _text_of(path).count("\n") > _LONGEST_FILE] == []


def test_no_function_is_too_long() -> None:
    too_long = [
        f"{_name_of(path)}:{node.lineno} {node.name}"
        for path, node in _functions()
        if (node.end_lineno or node.lineno) - node.lineno >= _LONGEST_FUNCTION
    ]
    assert too_long == []


def test_no_import_hides_in_a_function() -> None:
    hidden = [
        f"{_name_of(path)}:{inner.lineno}"
        for path, node in _functions()
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    assert hidden == []


def test_every_module_says_what_it_is() -> None:
    assert [_name_of(path) for path, tree in TREES.items() if tree.body and not ast.get_docstring(tree)] == []


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt", "requirements-reranker.txt"])
def test_a_lock_file_pins_every_package_with_hashes_and_names_no_address(name: str) -> None:
    text = (ROOT / name).read_text("utf-8").replace("\\\n", " ")
    entries = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    assert entries
    assert [line for line in entries if not _PINNED.match(line)] == []
    assert not re.search("://|find-links|index-url|trusted-host", text)


@pytest.mark.parametrize("name", ["requirements", "requirements-dev", "requirements-reranker"])
def test_a_lock_file_holds_what_was_asked_for(name: str) -> None:
    pinned = re.findall(r"^([a-z0-9.-]+)==", (ROOT / f"{name}.txt").read_text("utf-8"), re.MULTILINE)
    assert _list_wanted(f"{name}.in") <= set(pinned)


def test_every_dependency_is_used() -> None:
    modules = {node.module if isinstance(node, ast.ImportFrom) else name.name for node, name in _imports()}
    imported = {module.split(".")[0] for module in modules if module}
    packages = {
        package.lower() for module, names in packages_distributions().items() if module in imported for package in names
    }
    assert _list_wanted("requirements.in") - packages == _NEVER_IMPORTED


def test_tests_run_with_the_same_versions_as_the_program() -> None:
    pins = [
        set(re.findall(r"^(\S+==\S+)", (ROOT / name).read_text("utf-8"), re.MULTILINE))
        for name in ("requirements.txt", "requirements-reranker.txt", "requirements-dev.txt")
    ]
    assert pins[0] | pins[1] <= pins[2]


def test_there_is_no_lock_file_of_another_tool() -> None:
    assert {path.name for path in FILES} & {"uv.lock", "poetry.lock", "Pipfile.lock", "package-lock.json"} == set()


def test_ci_checks_then_tests() -> None:
    script = ROOT / ".ci" / "run"
    calls = re.findall(r"^make .*\b(\w+)$", script.read_text("utf-8"), re.MULTILINE)
    assert calls == ["check", "test"]
    assert os.access(script, os.X_OK)


@pytest.mark.parametrize("item", fields(Settings), ids=lambda item: item.name)
def test_the_readme_lists_every_setting_with_its_default(item: Field[object]) -> None:
    name = PREFIX + item.name.upper()
    row = re.search(rf"^\| `{name}` \| (.*?) \|", README, re.MULTILINE)
    assert row, f"README.md has no row for {name}"
    if "secret" not in item.name and item.name != "data_keys":
        given = item.default if item.default_factory is MISSING else item.default_factory()
        default = int(given) if isinstance(given, bool) else given
        assert row[1].startswith(f"`{default}`" if default not in ("", {}, None) else "empty")
    if production := item.metadata.get("production"):
        assert row[1].endswith(f"production `{production}`")


def test_the_readme_lists_no_setting_that_is_gone() -> None:
    known = {PREFIX + item.name.upper() for item in fields(Settings)}
    assert set(re.findall(rf"{PREFIX}[A-Z0-9_]+", README)) <= known


def test_the_readme_names_every_make_target() -> None:
    targets = re.findall(r"^([a-z]+):.* ## ", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert {"run", "test", "check", "bench", "help"} <= set(targets)
    assert [target for target in targets if f"`make {target}`" not in README] == []


def test_the_readme_names_every_command() -> None:
    shown = subprocess.run(
        [sys.executable, "server.py", "--help"], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    listed = re.search(r"\{([\w,-]+)\}", shown.stdout)
    assert listed
    table = re.findall(r"^\| `([a-z-]+)(?: [^`]*)?` \|", README, re.MULTILINE)
    assert set(listed[1].split(",")) == set(table) - {"make"}


def test_the_readme_draws_the_import_directions_that_are_checked() -> None:
    contract = PYPROJECT["tool"]["importlinter"]["contracts"][0]
    assert contract["type"] == "layers"
    assert "\n".join(["server.py", *contract["layers"]]) in README


def test_the_readme_tours_every_folder() -> None:
    # bot/ is toured package by package.
    folders = {path.relative_to(ROOT).parts[0] for path in FILES if len(path.relative_to(ROOT).parts) > 1} - {
        ".ci",
        "bot",
    }
    packages = {f"bot/{path.parent.name}" for path in (ROOT / "bot").glob("*/__init__.py")}
    assert [folder for folder in sorted(folders | packages) if f"| `{folder}/` |" not in README] == []


@pytest.mark.parametrize("intent", Intent)
def test_every_intent_has_a_data_file_and_labelled_questions(intent: Intent) -> None:
    assert (ROOT / "intents" / "data" / f"{intent}.yaml").is_file()
    questions = ROOT / "tests" / "intents"
    assert (questions / f"{intent}.jsonl").is_file() or not questions.is_dir()
