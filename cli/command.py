"""What a command is: its name, its arguments, and what it does with the settings."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import dataclass

from bot.domain.errors import DataFindingsError, DomainError
from bot.settings import Settings


def _no_arguments(parser: ArgumentParser) -> None:
    """For commands that need none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One command of `server.py`.

    Attributes:
        help: one line in Chinese, shown by `--help`.
        run: gets the parsed arguments and the settings; returns the exit code of the process.
    """

    name: str
    help: str
    run: Callable[[Namespace, Settings], int]
    add_arguments: Callable[[ArgumentParser], None] = _no_arguments


def explain_error(error: DomainError) -> str:
    """An error for the person at the terminal, with every finding where it has some."""
    if isinstance(error, DataFindingsError):
        return "\n".join([error.title, *(f"  {finding}" for finding in error.findings)])
    return error.title if error.detail == error.title else f"{error.title}：{error.detail}"
