"""Numbers of cases, verifications and commitments: short enough for a phone, never as long as a personal number."""

import hashlib
import secrets
from datetime import datetime
from enum import StrEnum
from typing import Final

from bot.domain.working_time import china_moment

_CHANCES: Final = 10**8


class NumberKind(StrEnum):
    """What the number is of: a case for which something is looked up, a verification, a commitment."""

    CASE = "BJ"
    VERIFICATION = "HS"
    COMMITMENT = "CN"


def draw_number(kind: NumberKind, at: datetime) -> str:
    """A new number, such as `HS26-4821-7730`; that it is not taken is for the store to say."""
    chance = f"{secrets.randbelow(_CHANCES):08d}"
    return f"{kind}{china_moment(at):%y}-{chance[:4]}-{chance[4:]}"


def draw_token() -> str:
    """A one-time token that nobody can guess, fit for an address."""
    return secrets.token_urlsafe(32)


def hash_token(token: str) -> str:
    """How a token is kept, so that nobody who reads the store can use it."""
    return hashlib.sha256(token.encode()).hexdigest()
