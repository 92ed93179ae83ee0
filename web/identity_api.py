"""Logging in at a system outside: out with a state that only this browser holds, back with a ticket."""

import hmac
from http import HTTPStatus
from typing import Final
from urllib.parse import urlencode

import msgspec
from aiohttp import web

from bot.domain.case_numbers import draw_token
from bot.domain.errors import UnauthenticatedError
from bot.domain.viewer import Viewer
from web import keys
from web.auth import spend_guest
from web.browser_session import LOGIN, SESSION, find_origin, set_cookie
from web.operations import API, Operation
from web.reading import read_query

_RETURN: Final = f"{API}/identity/return"


class LoginQuery(msgspec.Struct, frozen=True, kw_only=True):
    """`next`: the page of ours to come back to."""

    next: str


class ReturnQuery(msgspec.Struct, frozen=True, kw_only=True, rename={"ticket_id": "ticketId"}):
    """What the login system adds: `ticketId`, or `ticket` from the older one."""

    state: str = ""
    ticket_id: str = ""
    ticket: str = ""


async def begin_login(request: web.Request, _viewer: Viewer) -> web.Response:
    """Sends the browser to the login system."""
    await spend_guest(request)
    place, state = read_query(request, LoginQuery).next, draw_token()
    return_url = f"{find_origin(request)}{_RETURN}?{urlencode({'state': state})}"
    url = request.app[keys.LICENSES].logins.begin(place, return_url)
    response = web.Response(status=HTTPStatus.SEE_OTHER, headers={"Location": url, "Cache-Control": "no-store"})
    set_cookie(request, response, LOGIN, f"{state}|{place}")
    return response


async def finish_login(request: web.Request, _viewer: Viewer) -> web.Response:
    """Takes the ticket and leads back to the page."""
    query = read_query(request, ReturnQuery)
    state, _, place = request.cookies.get(LOGIN, "").partition("|")
    if not state or not hmac.compare_digest(state, query.state):
        raise UnauthenticatedError("这次登录不是从这台设备开始的，请回到页面再登录一次")
    session = await request.app[keys.LICENSES].logins.finish(query.ticket_id or query.ticket)
    response = web.Response(status=HTTPStatus.SEE_OTHER, headers={"Location": place, "Cache-Control": "no-store"})
    response.del_cookie(LOGIN, path="/")
    set_cookie(request, response, SESSION, session)
    return response


_PROBLEMS: Final = (
    HTTPStatus.UNAUTHORIZED,
    HTTPStatus.UNPROCESSABLE_ENTITY,
    HTTPStatus.TOO_MANY_REQUESTS,
    HTTPStatus.SERVICE_UNAVAILABLE,
)
OPERATIONS: Final = (
    Operation(
        method="GET",
        path=f"{API}/identity/login",
        handler=begin_login,
        summary="To the login system, and back to a page of ours",
        tag="identity",
        query=LoginQuery,
        status=HTTPStatus.SEE_OTHER,
        problems=_PROBLEMS,
    ),
    Operation(
        method="GET",
        path=_RETURN,
        handler=finish_login,
        summary="Back from the login system, with a ticket",
        tag="identity",
        query=ReturnQuery,
        status=HTTPStatus.SEE_OTHER,
        problems=_PROBLEMS,
    ),
)
