"""The commands that need no database: one line a command, in the order that `--help` shows."""

from typing import Final

from cli import ask, assess, check_data, evaluate, export_package, fit, verify_uses
from cli.command import Command

COMMANDS: Final[tuple[Command, ...]] = (
    ask.COMMAND,
    assess.COMMAND,
    check_data.COMMAND,
    evaluate.COMMAND,
    export_package.COMMAND,
    fit.COMMAND,
    verify_uses.COMMAND,
)
