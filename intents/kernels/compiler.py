"""Compiles inner loops to machine code, and keeps it beside the models so that it is compiled once."""

import hashlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, ParamSpec, TypeVar

import numba
import scipy.linalg.cython_blas  # noqa: F401  what compiled loops multiply matrices with
from threadpoolctl import threadpool_limits

from intents.keeping import drop_older, mark_used

_P = ParamSpec("_P")
_R = TypeVar("_R")
_KERNELS: Final[list[Any]] = []
_SOURCES: Final = Path(__file__).parents[1]
_NAME_LENGTH: Final = 12


def compiled(function: Callable[_P, _R]) -> Callable[_P, _R]:
    """The function as machine code, compiled when it is first called; it takes arrays, bytes and numbers only."""
    kernel = numba.njit(nogil=True, error_model="numpy")(function)
    _KERNELS.append(kernel)
    return kernel


def count_versions() -> dict[str, int]:
    """How many versions of each loop this process has compiled, or loaded, for a call from Python."""
    return {kernel.__name__: len(kernel.signatures) for kernel in _KERNELS}


def use_one_core() -> None:
    """From now on matrices are multiplied on the core that asks.

    They are small; several messages, and the parts of training, share the cores better by themselves.
    """
    threadpool_limits(limits=1, user_api="blas")


def keep_kernels(directory: Path) -> None:
    """From now on machine code is kept in a directory, and taken from there where it is of this source and machine.

    Where nothing can be written, it is compiled anew at every start, which takes seconds. Machine code of older
    sources is removed, but for what was used last.
    """
    # numba looks at the file of a function only, not at what it calls or at constants from elsewhere.
    source = b"".join(path.read_bytes() for path in sorted(_SOURCES.rglob("*.py")))
    folder = directory / hashlib.sha256(source).hexdigest()[:_NAME_LENGTH]
    numba.config.CACHE_DIR = str(folder)  # type: ignore[attr-defined]
    with suppress(RuntimeError):
        for kernel in _KERNELS:
            kernel.enable_caching()
    mark_used(folder)
    drop_older(folder, "[0-9a-f]" * _NAME_LENGTH)
