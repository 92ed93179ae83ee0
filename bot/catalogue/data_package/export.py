"""Builds the package and puts it in place as a whole, or not at all."""

import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.catalogue.data_package.changes import DESCRIPTOR, compare_packages, read_version
from bot.catalogue.data_package.descriptor import describe_package, version_of
from bot.catalogue.data_package.linked import link_catalogue
from bot.catalogue.data_package.readme import write_readme
from bot.catalogue.data_package.tables import read_tables
from bot.catalogue.load import load_catalogue
from bot.domain.errors import ConflictError, UnavailableError

_FAQ: Final = "faq.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """A package that was written.

    Attributes:
        changes: how many changes `changes.csv` lists, or None where nothing was compared.
    """

    directory: Path
    version: str
    files: int
    bytes: int
    changes: int | None


def export_package(source: Path, target: Path, *, since: Path | None = None, force: bool = False) -> Exported:
    """Writes the package of a directory of catalogue tables.

    Args:
        target: a directory that does not exist or is empty.
        since: the directory of an older package to compare with.
        force: replaces the package that stands in `target`; anything else is never replaced.

    Raises:
        DataFindingsError: the tables are not consistent.
        InvalidInputError: `since` holds no package.
        ConflictError: `target` holds something that must not be replaced.
        UnavailableError: the disk refuses.
    """
    catalogue = load_catalogue(source)
    _check_target(target, force=force)
    tables = read_tables(source, catalogue.faq.values())
    since_version = read_version(since) if since else None
    changes = compare_packages(since, tables) if since else None
    tables = (*tables, changes) if changes else tables
    files = {table.kind.path: table.to_csv() for table in tables}
    if (source / _FAQ).is_file():
        files[_FAQ] = (source / _FAQ).read_bytes()
    files["catalogue.jsonld"] = (json.dumps(link_catalogue(catalogue), ensure_ascii=False, indent=1) + "\n").encode()
    files["README.md"] = write_readme(catalogue, tables, since_version)
    files[DESCRIPTOR] = describe_package(catalogue, tables, files, since_version)
    _put_in_place(files, target)
    return Exported(
        directory=target,
        version=version_of(catalogue),
        files=len(files),
        bytes=sum(len(content) for content in files.values()),
        changes=len(changes.rows) if changes else None,
    )


def _check_target(target: Path, *, force: bool) -> None:
    if target.exists() and not target.is_dir():
        raise ConflictError(f"“{target}”是一个文件，请换一个目录名")
    if not target.exists() or not any(target.iterdir()):
        return
    if not force:
        raise ConflictError(f"目录“{target}”里已经有东西，没有写。换一个目录，或者加 --force 替换里面的旧数据包")
    if not (target / DESCRIPTOR).is_file():
        raise ConflictError(f"目录“{target}”里不是数据包，--force 也不会替换它，请换一个目录")


def _put_in_place(files: Mapping[str, bytes], target: Path) -> None:
    """Writes beside the target and renames, so that nobody ever sees half a package."""
    target = target.absolute()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with _working_directory(target) as work:
            new, old = work / "new", work / "old"
            new.mkdir()
            for path, content in files.items():
                (new / path).write_bytes(content)
            if target.exists():
                target.rename(old)
            new.rename(target)
    except OSError as error:
        raise UnavailableError(f"写不进目录“{target}”：{error.strerror or error}") from error


@contextmanager
def _working_directory(target: Path) -> Iterator[Path]:
    """A place on the same disk; gone afterwards. A package that could not be replaced is put back."""
    work = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        yield work
    finally:
        if (work / "old").exists() and not target.exists():
            (work / "old").rename(target)
        shutil.rmtree(work, ignore_errors=True)
