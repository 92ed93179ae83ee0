"""The commands that need no database: one line a command, in the order that `--help` shows."""

from typing import Final

from cli import check_data, export_package
from cli.command import Command

COMMANDS: Final[tuple[Command, ...]] = (check_data.COMMAND, export_package.COMMAND)
