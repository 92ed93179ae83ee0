"""Runs what the dialogue asks of the world: each kind of errand by the service that can do it."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.dialogue.errands import Errand, NotHere, Result
from bot.domain.filing import Record
from bot.domain.viewer import Viewer


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """Who sends a message, in which conversation, when."""

    viewer: Viewer
    conversation_id: str
    at: datetime


# The result, and what must be stored together with the turn that tells of it.
Done = tuple[Result, Sequence[Record]]
Handler = Callable[[Occasion, Any], Awaitable[Done]]


class Errands:
    """Hands each errand to its handler.

    Args:
        handlers: by the class of the errand. Each raises UnavailableError where it cannot say now.
    """

    def __init__(self, handlers: Mapping[type[Errand], Handler]) -> None:
        self._handlers = handlers

    async def run(self, occasion: Occasion, errand: Errand) -> Done:
        """The result of the errand; `NotHere` where nobody here can run it."""
        handler = self._handlers.get(type(errand))
        return (NotHere(), ()) if handler is None else await handler(occasion, errand)
