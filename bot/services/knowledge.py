"""The data that answers rest on, exchanged as a whole while the service runs."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, Self

from bot.dialogue.dialogue import Dialogue
from bot.domain.catalogue import Catalogue
from bot.domain.errors import DataFindingsError, Finding
from intents.understanding import Context, Understanding


class Understander(Protocol):
    """The engine, as the desk sees it."""

    def understand(self, text: str, context: Context | None = None) -> Understanding:
        """What a message means in its context."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """One version of the data with everything that was built from it."""

    catalogue: Catalogue
    engine: Understander
    dialogue: Dialogue

    @property
    def version(self) -> str:
        """The name of this version; the same data always has the same."""
        return self.dialogue.version


class LiveKnowledge:
    """Holds the version in use. Who answers takes `current` once and keeps it for the whole turn."""

    def __init__(self, current: Knowledge, build: Callable[[], Knowledge]) -> None:
        self.current = current
        self._build = build
        self._reloading = asyncio.Lock()

    @classmethod
    async def open(cls, build: Callable[[], Knowledge], rebuild: Callable[[], Knowledge] | None = None) -> Self:
        """The first version.

        Args:
            build: reads the files, checks them and builds a version; runs in a thread.
            rebuild: the same for every later version, with all the checks that a start does not wait for.

        Raises:
            DataFindingsError: the data must not be used.
        """
        return cls(await _build_apart(build), rebuild or build)

    async def reload(self) -> Knowledge:
        """Reads the files again and uses them from the next turn on.

        Raises:
            DataFindingsError: the data must not be used; the old version goes on answering.
        """
        async with self._reloading:
            self.current = await _build_apart(self._build)
        return self.current


async def _build_apart(build: Callable[[], Knowledge]) -> Knowledge:
    try:
        return await asyncio.to_thread(build)
    except OSError as error:
        raise DataFindingsError([Finding(str(error.filename or "数据目录"), f"读不到（{error.strerror}）")]) from error
