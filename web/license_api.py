"""What the consent page calls, what APPs call back, and who used what of a citizen."""

from http import HTTPStatus
from typing import Final

import segno
from aiohttp import web

from bot.domain.e_license import Provider
from bot.domain.errors import NotFoundError
from bot.domain.viewer import Role, Viewer
from bot.domain.working_time import china_moment
from web import keys
from web.auth import spend_connection, spend_message
from web.browser_session import find_origin, find_session
from web.callbacks import CallbackOutcome
from web.license_payloads import (
    Agreement,
    ConsentPage,
    HandOver,
    LicenseContent,
    Objection,
    ObjectionTaken,
    UseLines,
    render_consent,
    render_license,
    render_use,
)
from web.operations import API, Operation, respond
from web.reading import read_body

_MOST_USES: Final = 100
_CONSENT: Final = f"{API}/consents/{{token}}"


async def show_consent(request: web.Request, _viewer: Viewer) -> web.Response:
    """What is asked, from whom, why, for how long; and how far it is."""
    await spend_connection(request)
    return await _respond_view(request)


async def agree_consent(request: web.Request, _viewer: Viewer) -> web.Response:
    """Records the yes of whoever has logged in in this browser."""
    await spend_connection(request)
    token, provider = _token(request), (await read_body(request, Agreement)).provider
    url = await request.app[keys.LICENSES].consents.agree(
        token, find_session(request), provider, f"{find_origin(request)}/consent/{token}"
    )
    qr = segno.make(url, error="m").svg_data_uri(scale=4, dark="#0a3a49", light="#ffffff") if url else None
    return respond(HandOver(url=url, qr=qr))


async def refuse_consent(request: web.Request, _viewer: Viewer) -> web.Response:
    """Records the no; nothing is fetched."""
    await spend_connection(request)
    await request.app[keys.LICENSES].consents.refuse(_token(request))
    return await _respond_view(request)


async def show_license(request: web.Request, _viewer: Viewer) -> web.Response:
    """The licence, masked, to the browser that agreed."""
    await spend_connection(request)
    shown = await request.app[keys.LICENSES].consents.show(_token(request), find_session(request))
    return respond(render_license(shown))


async def object_license(request: web.Request, _viewer: Viewer) -> web.Response:
    """A value is wrong: the issuing unit is asked, and the value not used meanwhile."""
    await spend_connection(request)
    objection = await read_body(request, Objection)
    opened = await request.app[keys.LICENSES].objecting.object(
        _token(request), find_session(request), name=objection.field, said=objection.said
    )
    due = china_moment(opened.due_at)
    text = f"已请发证单位核实，最迟{due:%m月%d日%H:%M}答复。核实期间这一项不使用，以您提供的材料为准。"
    return respond(ObjectionTaken(number=opened.number, due_at=due, text=text))


async def list_my_uses(request: web.Request, viewer: Viewer) -> web.Response:
    """Who looked at this citizen's certificates, for what, under which consent."""
    await spend_message(request, viewer)
    records = await request.app[keys.LICENSES].stores.ledger.list_of_subject(viewer.id, _MOST_USES)
    return respond(UseLines(tuple(render_use(record, request.app[keys.KNOWLEDGE]) for record in records)))


async def hear_grant(request: web.Request, _viewer: Viewer) -> web.Response:
    """What an APP brings back: its user's yes with a code, or no. A token is taken once."""
    provider = request.match_info["provider"]
    readers = request.app[keys.GRANTS]
    if provider not in readers:
        raise NotFoundError("没有接这个系统")
    grant = readers[Provider(provider)](request.method, request.path_qs, request.headers, await request.read())
    await request.app[keys.LICENSES].consents.hear_grant(Provider(provider), grant)
    return respond(CallbackOutcome("heard"))


def _token(request: web.Request) -> str:
    return request.match_info["token"]


async def _respond_view(request: web.Request) -> web.Response:
    view = await request.app[keys.LICENSES].consents.view(_token(request), find_session(request))
    return respond(render_consent(view, request.app[keys.KNOWLEDGE]))


_PROBLEMS: Final = (
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.UNAUTHORIZED,
    HTTPStatus.FORBIDDEN,
    HTTPStatus.NOT_FOUND,
    HTTPStatus.CONFLICT,
    HTTPStatus.UNPROCESSABLE_ENTITY,
    HTTPStatus.TOO_MANY_REQUESTS,
    HTTPStatus.SERVICE_UNAVAILABLE,
)
_NOTE: Final = "Whoever holds the token sees how far it is; the licence only the browser that logged in and agreed."
OPERATIONS: Final = (
    Operation(
        method="GET",
        path=_CONSENT,
        handler=show_consent,
        summary="What a citizen is asked to agree to",
        tag="licences",
        description=_NOTE,
        answer=ConsentPage,
        problems=_PROBLEMS,
    ),
    Operation(
        method="POST",
        path=f"{_CONSENT}/agree",
        handler=agree_consent,
        summary="Agree, and go on to the APP",
        tag="licences",
        body=Agreement,
        answer=HandOver,
        problems=_PROBLEMS,
    ),
    Operation(
        method="POST",
        path=f"{_CONSENT}/refuse",
        handler=refuse_consent,
        summary="Do not agree; nothing is fetched",
        tag="licences",
        answer=ConsentPage,
        problems=_PROBLEMS,
    ),
    Operation(
        method="POST",
        path=f"{_CONSENT}/licence",
        handler=show_license,
        summary="The licence, masked, with its watermark",
        tag="licences",
        answer=LicenseContent,
        problems=_PROBLEMS,
    ),
    Operation(
        method="POST",
        path=f"{_CONSENT}/objections",
        handler=object_license,
        summary="A value is wrong (article 13)",
        tag="licences",
        body=Objection,
        answer=ObjectionTaken,
        problems=_PROBLEMS,
    ),
    Operation(
        method="GET",
        path=f"{API}/me/uses",
        handler=list_my_uses,
        summary="Who used this citizen's certificates, and for what",
        tag="licences",
        roles=frozenset({Role.CITIZEN}),
        answer=UseLines,
        problems=(HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE),
    ),
    Operation(
        method="POST",
        path=f"{API}/callbacks/e-licences/{{provider}}",
        handler=hear_grant,
        summary="What an APP's user decided",
        tag="systems",
        description="Signed with X-Mianzheng-App, -Time, -Id and -Signature; its token is good once and for minutes.",
        answer=CallbackOutcome,
        problems=_PROBLEMS,
    ),
)
