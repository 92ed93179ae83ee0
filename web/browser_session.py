"""Cookies of a citizen who has logged in: none of them is readable by scripts or sent along from other sites."""

from typing import Final

from aiohttp import web

from bot.services.identities import LIFETIME
from web import keys

SESSION: Final = "mianzheng_identity"
LOGIN: Final = "mianzheng_login"


def find_session(request: web.Request) -> str:
    """The secret that the browser holds, or nothing."""
    return request.cookies.get(SESSION, "")


def find_origin(request: web.Request) -> str:
    """How this browser reaches us: as the settings say, else as it just did."""
    return request.app[keys.BASE_URL] or str(request.url.origin())


def set_cookie(request: web.Request, response: web.StreamResponse, name: str, value: str) -> None:
    """A cookie for a quarter of an hour. The one of a login must survive the way back from another site."""
    response.set_cookie(
        name,
        value,
        max_age=int(LIFETIME.total_seconds()),
        path="/",
        httponly=True,
        secure=find_origin(request).startswith("https:"),
        samesite="Lax" if name == LOGIN else "Strict",
    )
