"""Signed tokens (JWT, HS256) that say who somebody is."""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import jwt
from jwt.types import Options

from bot.domain.errors import UnauthenticatedError
from bot.domain.viewer import Role, Viewer
from bot.ports import Clock

_ALGORITHM: Final = "HS256"
_ISSUER: Final = "mianzheng"
# Times are compared with our own clock instead.
_OPTIONS: Final[Options] = {"require": ["exp", "sub", "role"], "verify_exp": False, "verify_iat": False}
_REMEMBERED: Final = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A token as handed out."""

    text: str
    expires_at: datetime


class Tokens:
    """Issues and reads tokens.

    Args:
        guest_lifetime: of citizens' tokens. shift_lifetime: of everybody's who signs in.
    """

    def __init__(self, *, secret: str, clock: Clock, guest_lifetime: timedelta, shift_lifetime: timedelta) -> None:
        self._secret = secret
        self._clock = clock
        self._guest_lifetime = guest_lifetime
        self._shift_lifetime = shift_lifetime
        # Checking a signature costs more than anything else in reading a short request.
        self._known: OrderedDict[str, tuple[float, Viewer]] = OrderedDict()

    def issue(self, viewer: Viewer) -> Token:
        """A new token for this person."""
        now = self._clock.now().replace(microsecond=0)
        expires_at = now + (self._guest_lifetime if viewer.role is Role.CITIZEN else self._shift_lifetime)
        claims = {
            "iss": _ISSUER,
            "sub": viewer.id,
            "role": viewer.role.value,
            "iat": int(now.timestamp()),
            "exp": int(expires_at.timestamp()),
            **({"name": viewer.name} if viewer.name else {}),
            **({"unit": viewer.unit_id} if viewer.unit_id else {}),
        }
        return Token(text=jwt.encode(claims, self._secret, algorithm=_ALGORITHM), expires_at=expires_at)

    def read(self, token: str) -> Viewer:
        """Who the token stands for. Raises UnauthenticatedError."""
        known = self._known.get(token) or self._check(token)
        expires_at, viewer = known
        if self._clock.now().timestamp() >= expires_at:
            raise UnauthenticatedError("登录已过期，请刷新页面或重新登录")
        return viewer

    def _check(self, token: str) -> tuple[float, Viewer]:
        """When a token ends and whose it is, if we signed it."""
        try:
            claims = jwt.decode(token, self._secret, algorithms=[_ALGORITHM], issuer=_ISSUER, options=_OPTIONS)
            checked = float(claims["exp"]), _viewer_of(claims)
        except (jwt.InvalidTokenError, ValueError, TypeError) as error:
            raise UnauthenticatedError("登录凭证无效，请刷新页面或重新登录") from error
        self._known[token] = checked
        if len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)
        return checked


def _viewer_of(claims: dict[str, Any]) -> Viewer:
    return Viewer(id=claims["sub"], role=Role(claims["role"]), name=claims.get("name", ""), unit_id=claims.get("unit"))
