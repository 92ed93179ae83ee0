"""`serve` with the scripted dialogue, as a process of its own.

The file that TEST_VERSION_FILE names holds the data version; without it the data is bad.
"""

import os
import sys
from functools import partial
from pathlib import Path

from bot.domain.errors import DataFindingsError, Finding
from bot.services.knowledge import Knowledge
from bot.settings import Settings
from cli import serve
from server import build_app, reload_data  # noqa: TID251
from tests.scripted import script_knowledge


def load() -> Knowledge:
    path = Path(os.environ["TEST_VERSION_FILE"])
    if not path.is_file():
        raise DataFindingsError([Finding("matters.csv 第2行", "坏了")])
    return script_knowledge(version=path.read_text("utf-8"))


if __name__ == "__main__":
    command = serve.make_command(partial(build_app, load=load), reload_data)
    sys.exit(command.run(None, Settings.from_environ(os.environ)))  # type: ignore[arg-type]
