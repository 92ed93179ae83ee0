"""Who sends a request, and from where."""

from typing import Final

from aiohttp import web

from bot.domain.errors import UnauthenticatedError
from bot.domain.viewer import Viewer
from web import keys

_SCHEME: Final = "bearer "
_MINUTE, _HOUR = 60, 3_600
# A whole office may sit behind one address, but nobody tries so many telephone numbers in good faith.
_LOOKUPS: Final = 100


def authenticate(request: web.Request) -> Viewer:
    """The person behind the bearer token. Raises UnauthenticatedError."""
    token = find_bearer(request)
    if token is None:
        raise UnauthenticatedError("请先取得登录凭证，再发请求")
    return request.app[keys.TOKENS].read(token)


def find_bearer(request: web.Request) -> str | None:
    """The token in the header, unchecked."""
    header = request.headers.get("Authorization", "")
    return header[len(_SCHEME) :].strip() if header[: len(_SCHEME)].lower() == _SCHEME else None


def find_address(request: web.Request) -> str:
    """The network address of the person, past the proxies that are ours."""
    hops = request.app[keys.LIMITS].trusted_proxies
    if hops:
        forwarded = [part.strip() for part in ",".join(request.headers.getall("X-Forwarded-For", ())).split(",")]
        if len(forwarded) >= hops and forwarded[-hops]:
            return forwarded[-hops]
    return request.remote or ""


async def spend_message(request: web.Request, viewer: Viewer) -> None:
    """Counts one message of this person and of this address. Raises TooManyRequestsError."""
    limits, limiter = request.app[keys.LIMITS], request.app[keys.LIMITER]
    await limiter.spend(f"messages:{viewer.id}", limit=limits.token_messages, window_seconds=_MINUTE)
    await limiter.spend(f"messages-from:{find_address(request)}", limit=limits.address_messages, window_seconds=_MINUTE)


async def spend_lookup(request: web.Request, viewer: Viewer) -> None:
    """Counts one attempt to find a complaint by its telephone number. Raises TooManyRequestsError."""
    await spend_message(request, viewer)
    address = find_address(request)
    await request.app[keys.LIMITER].spend(f"lookups-from:{address}", limit=_LOOKUPS, window_seconds=_HOUR)


async def spend_connection(request: web.Request) -> None:
    """Counts one new WebSocket of this address. Raises TooManyRequestsError."""
    await request.app[keys.LIMITER].spend(
        f"sockets-from:{find_address(request)}",
        limit=request.app[keys.LIMITS].address_messages,
        window_seconds=_MINUTE,
    )


async def spend_guest(request: web.Request) -> None:
    """Counts one new guest of this address. Raises TooManyRequestsError."""
    await request.app[keys.LIMITER].spend(
        f"guests-from:{find_address(request)}",
        limit=request.app[keys.LIMITS].address_guests,
        window_seconds=_HOUR,
    )
