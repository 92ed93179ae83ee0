"""Signing in with login and password: throttled, and written into the audit trail."""

import hashlib
from typing import Final

from bot.domain.errors import WrongCredentialsError
from bot.domain.viewer import Viewer
from bot.ports import Accounts, AuditTrail, RateLimiter

_WINDOW_SECONDS: Final = 15 * 60
# Tries in a window. The one for a login from everywhere is wide: it must not let strangers lock somebody out.
_TRIES_OF_LOGIN_FROM_ADDRESS: Final = 10
_TRIES_FROM_ADDRESS: Final = 60
_TRIES_OF_LOGIN: Final = 200


class SignIn:
    """Lets operators and staff in."""

    def __init__(self, *, accounts: Accounts, limiter: RateLimiter, audit: AuditTrail) -> None:
        self._accounts = accounts
        self._limiter = limiter
        self._audit = audit

    async def sign_in(self, login: str, password: str, *, address: str) -> Viewer:
        """Who it is. Raises WrongCredentialsError, TooManyRequestsError, UnavailableError.

        Args:
            address: the network address the request came from.
        """
        # What somebody types as a login may be a password by mistake, so it is neither a key nor in the trail.
        name = hashlib.sha256(login.strip().casefold().encode("utf-8", "replace")).hexdigest()[:16]
        await self._spend(f"{name}:{address}", _TRIES_OF_LOGIN_FROM_ADDRESS)
        await self._spend(address, _TRIES_FROM_ADDRESS)
        await self._spend(name, _TRIES_OF_LOGIN)
        viewer = await self._accounts.check(login, password)
        if viewer is None:
            await self._audit.record(actor_id="", action="sign-in-refused", target=name, detail=address)
            raise WrongCredentialsError
        await self._audit.record(actor_id=viewer.id, action="sign-in", detail=address)
        return viewer

    async def _spend(self, key: str, limit: int) -> None:
        await self._limiter.spend(f"sign-in:{key}", limit=limit, window_seconds=_WINDOW_SECONDS)
