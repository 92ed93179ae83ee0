"""Keeps what was made last of what is made anew for each change of data, so that a folder does not grow without end."""

import os
import shutil
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, Final

# Two versions of a city's data and one more: who goes back to the version before waits for nothing.
KEPT: Final = 3
_DRAFT: Final = ".part"
# A draft this old was left by a process that died; writing takes a second.
_STALE_SECONDS: Final = 3600.0


def keep_file(path: Path, pattern: str, write: Callable[[BinaryIO], object]) -> None:
    """Writes a file beside its final place and moves it there, so that no half file is ever read; drops older ones.

    Several processes and threads may write the same file at once; then the last stays.

    Args:
        pattern: names of the files of its kind, as in `glob`. write: puts the content into the draft.

    Raises:
        OSError: the folder cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.stem}-{os.getpid()}-{threading.get_ident()}{_DRAFT}")
    try:
        with draft.open("wb") as file:
            write(file)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    drop_older(path, pattern)
    _drop_stale_drafts(path.parent)


def mark_used(path: Path) -> None:
    """Notes as the time of access that a file or folder is used now, whether or not the disk notes reading."""
    with suppress(OSError):
        os.utime(path, ns=(time.time_ns(), path.stat().st_mtime_ns))


def drop_older(kept: Path, pattern: str) -> None:
    """Removes what was used longest ago, so that `KEPT` files or folders stay; never fails, for others do the same.

    Args:
        kept: stays whatever its time says. pattern: names of what lies beside it and is of its kind, as in `glob`.
    """
    try:
        dated = sorted(((_last_use(path), path) for path in kept.parent.glob(pattern) if path != kept), reverse=True)
    except OSError:
        return
    for _, path in dated[KEPT - 1 :]:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            with suppress(OSError):
                path.unlink()


def _last_use(path: Path) -> int:
    """When it was read or written last, in nanoseconds; 0 where it is gone."""
    try:
        stat = path.stat()
    except OSError:
        return 0
    return max(stat.st_atime_ns, stat.st_mtime_ns)


def _drop_stale_drafts(directory: Path) -> None:
    with suppress(OSError):
        for draft in directory.glob(f"*{_DRAFT}"):
            if draft.stat().st_mtime < time.time() - _STALE_SECONDS:
                draft.unlink()
