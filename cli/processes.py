"""The processes of the service: who is the first, and several that serve together."""

import fcntl
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Final

# A process that ends sooner than this did not start well, and another try would not either.
_SHORTEST_LIFE_SECONDS: Final = 5.0

_SIGNALS: Final = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


@contextmanager
def held_pid_file(path: Path) -> Iterator[bool]:
    """Leaves this process's number in a file, locked while it lives, so that a stale number is never taken for a live
    one. Yields whether it worked; it does not where another service holds the file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        try:
            yield True
        finally:
            file.truncate(0)


def find_service(path: Path) -> int | None:
    """The process number of the service that holds this file, or None where none runs."""
    if not path.is_file():
        return None
    with path.open() as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            number = file.read().strip()
            return int(number) if number.isdigit() else None
    return None


def run_workers(count: int, work: Callable[[int], int]) -> int:
    """Runs `work` in several processes until told to stop, and starts anew what dies.

    Args:
        work: gets the number of the worker, from 0; returns its exit code.

    Returns:
        0 after a stop, 1 where a worker could not start.
    """
    return _Workers(work).run(count)


class _Workers:
    """Passes signals on to its children and waits for them."""

    def __init__(self, work: Callable[[int], int]) -> None:
        self._work = work
        self._running: dict[int, tuple[int, float]] = {}
        self._is_stopping = False

    def run(self, count: int) -> int:
        for each in _SIGNALS:
            signal.signal(each, self._pass_on)
        for number in range(count):
            self._start(number)
        exit_code = 0
        while self._running:
            child, _ = os.wait()
            number, started = self._running.pop(child)
            if self._is_stopping:
                continue
            if time.monotonic() - started < _SHORTEST_LIFE_SECONDS:
                exit_code = 1
                self._stop()
            else:
                self._start(number)
        return exit_code

    def _start(self, number: int) -> None:
        child = os.fork()
        if child:
            self._running[child] = (number, time.monotonic())
            return
        for each in _SIGNALS:
            signal.signal(each, signal.SIG_DFL)
        exit_code = 1
        try:
            exit_code = self._work(number)
        finally:
            # A child must never go on in its parent's code, whatever happened.
            if sys.exc_info()[0]:
                traceback.print_exc()
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(exit_code)

    def _pass_on(self, number: int, _frame: FrameType | None) -> None:
        if number == signal.SIGHUP:
            self._send(signal.SIGHUP)
        else:
            self._stop()

    def _stop(self) -> None:
        self._is_stopping = True
        self._send(signal.SIGTERM)

    def _send(self, number: signal.Signals) -> None:
        for child in tuple(self._running):
            os.kill(child, number)
