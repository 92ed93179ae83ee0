"""`reload`: checks the data files and, if they are good, brings them into the running service."""

import json
import os
import signal
import sys
import time
import urllib.error
import urllib.request
from argparse import Namespace
from collections.abc import Callable
from typing import Final

from bot.services.knowledge import Knowledge
from bot.settings import Settings
from cli.command import Command
from cli.processes import find_service

LoaderOf = Callable[[Settings], Callable[[], Knowledge]]

_PATIENCE_SECONDS: Final = 60.0
_PAUSE_SECONDS: Final = 0.5


def make_command(loader_of: LoaderOf) -> Command:
    """The command, given how to load the data that the settings name."""

    def run(_arguments: Namespace, settings: Settings) -> int:
        version = loader_of(settings)().version
        service = find_service(settings.pid_file)
        if service is None:
            return _refuse(f"数据没有问题（版本 {version}），但服务没有在运行")
        os.kill(service, signal.SIGHUP)
        if not _wait_for_version(settings, version):
            return _refuse(f"数据没有问题（版本 {version}），但服务还没有换上，请看服务的日志")
        print(f"已换上新数据，版本 {version}")
        return 0

    return Command(name="reload", help="检查改好的数据，让运行中的服务换上", run=run)


def _refuse(reason: str) -> int:
    print(reason, file=sys.stderr)
    return 1


def _wait_for_version(settings: Settings, version: str) -> bool:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if _read_version(f"http://{settings.host}:{settings.port}/health/ready") == version:
            return True
        time.sleep(_PAUSE_SECONDS)
    return False


def _read_version(address: str) -> str | None:
    """The version that answers now; None while the service does not."""
    try:
        with urllib.request.urlopen(address, timeout=_PATIENCE_SECONDS) as answer:
            version: str | None = json.load(answer).get("version")
    except (urllib.error.URLError, OSError, ValueError):
        return None
    return version
