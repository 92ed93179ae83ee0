"""When a letter is tried again, and when it is given up. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from bot.domain.filing import Letter

_FIRST_PAUSE: Final = timedelta(seconds=2)
_LONGEST_PAUSE: Final = timedelta(minutes=30)
# With the pauses above about two days: longer than any outage that nobody notices.
MOST_ATTEMPTS: Final = 100


class LetterState(StrEnum):
    """What has become of a letter. A dead one raises an alarm and waits for a person."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    DEAD = "dead"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """A letter that is to be delivered now, the how manieth time."""

    letter: Letter
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StuckLetter:
    """A letter that was given up, for those who must see to it. Holds nothing of what it says."""

    id: str
    topic: str
    subject_id: str
    created_at: datetime
    attempts: int
    last_error: str


def pause_after(attempt: int, chance: float) -> timedelta:
    """How long to wait after a failed attempt: twice as long each time, spread so that many do not come at once.

    Args:
        attempt: from 1. chance: 0 <= chance < 1.
    """
    doubled: int = 2 ** min(attempt - 1, 16)
    pause = min(_FIRST_PAUSE * doubled, _LONGEST_PAUSE)
    return pause * (0.5 + chance / 2)
