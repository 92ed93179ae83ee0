"""Keeps what was made last of what is made anew for each change of data, so that a folder does not grow without end."""

import os
import shutil
import time
from contextlib import suppress
from pathlib import Path
from typing import Final

# Two versions of a city's data and one more: who goes back to the version before waits for nothing.
KEPT: Final = 3


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
