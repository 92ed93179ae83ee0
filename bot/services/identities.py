"""Logging in at a system outside, and who is then known in this browser for a quarter of an hour."""

import re
from datetime import timedelta
from typing import Final

from bot.domain.case_numbers import draw_token, hash_token
from bot.domain.errors import InvalidInputError, UnauthenticatedError, UnavailableError
from bot.domain.identity import Identity
from bot.license_ports import IdentitySessions, LoginSystem
from bot.ports import Clock

LIFETIME: Final = timedelta(minutes=15)
# Where a login may lead back to: our own pages only.
_PLACES: Final = re.compile(r"/(?:consent|commitments)/[A-Za-z0-9_-]{1,64}")


class Logins:
    """Logs citizens in; without a login system nobody can."""

    def __init__(self, *, identities: IdentitySessions, system: LoginSystem | None, clock: Clock) -> None:
        self._identities = identities
        self._system = system
        self._clock = clock

    def begin(self, place: str, return_url: str) -> str:
        """Where the citizen logs in. Raises InvalidInputError for a place that is none of ours, UnavailableError."""
        if not _PLACES.fullmatch(place):
            raise InvalidInputError("登录后不能回到那个地址")
        return self._need_system().make_login_url(return_url)

    async def finish(self, ticket: str) -> str:
        """The secret of the browser's new session. Raises UnauthenticatedError, UnavailableError."""
        if not ticket:
            raise UnauthenticatedError("登录没有成功，请再登录一次")
        identity = await self._need_system().identify(ticket)
        session, now = draw_token(), self._clock.now()
        await self._identities.open(hash_token(session), identity, now=now, until=now + LIFETIME)
        return session

    async def find(self, session: str) -> Identity | None:
        """Who is known in this browser."""
        return await self._identities.find(hash_token(session), self._clock.now()) if session else None

    def _need_system(self) -> LoginSystem:
        if self._system is None:
            raise UnavailableError("网上确认身份还没有开通，请带上证件到窗口办理")
        return self._system
