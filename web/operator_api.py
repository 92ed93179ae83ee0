"""What operators' programs call: signing in, and looking up what to tell a caller."""

from http import HTTPStatus
from typing import Final

from aiohttp import web

from bot.domain.viewer import Viewer
from bot.services.desk import Query
from web import keys
from web.auth import find_address, spend_message
from web.desk_payloads import SearchOutcome, SearchQuery, render_lookup
from web.operations import API, INSIDERS, Operation, respond
from web.payloads import Credentials, SessionToken
from web.reading import read_body, read_query


async def sign_in(request: web.Request, _viewer: Viewer) -> web.Response:
    """A token for one shift."""
    credentials = await read_body(request, Credentials)
    viewer = await request.app[keys.SIGN_IN].sign_in(
        credentials.login, credentials.password, address=find_address(request)
    )
    token = request.app[keys.TOKENS].issue(viewer)
    return respond(SessionToken(token.text, token.expires_at, viewer.name, viewer.role))


async def search_catalogue(request: web.Request, viewer: Viewer) -> web.Response:
    """What a citizen would be told, and why."""
    await spend_message(request, viewer)
    query = read_query(request, SearchQuery)
    lookup = request.app[keys.DESK].search(
        Query(
            text=query.q,
            person=query.person,
            issued=query.issued,
            matter=query.matter,
            certificate=query.certificate,
        )
    )
    return respond(render_lookup(lookup))


OPERATIONS: Final = (
    Operation(
        method="POST",
        path=f"{API}/auth/sign-in",
        handler=sign_in,
        summary="A token for an operator or staff",
        tag="operator",
        body=Credentials,
        answer=SessionToken,
        problems=(
            HTTPStatus.BAD_REQUEST,
            HTTPStatus.UNAUTHORIZED,
            HTTPStatus.UNPROCESSABLE_ENTITY,
            HTTPStatus.TOO_MANY_REQUESTS,
            HTTPStatus.SERVICE_UNAVAILABLE,
        ),
    ),
    Operation(
        method="GET",
        path=f"{API}/desk/search",
        handler=search_catalogue,
        summary="What a citizen would be told, and why",
        tag="operator",
        description="The query is counted, never kept.",
        roles=INSIDERS,
        query=SearchQuery,
        answer=SearchOutcome,
        problems=(HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.TOO_MANY_REQUESTS),
    ),
)
