"""What insiders' programs call about complaints: list, one in full, moves, reveal, file for a caller, terms."""

from datetime import timedelta
from http import HTTPStatus
from typing import Final

from aiohttp import web

from bot.domain.complaint import Channel
from bot.domain.viewer import Role, Viewer
from bot.services.complaints.filing import Origin
from web import keys
from web.auth import spend_message
from web.complaint_api import answer_filing
from web.complaint_payloads import FilingOutcome, NewComplaint
from web.desk_complaint_payloads import (
    CaseDetail,
    CaseQuery,
    CaseRows,
    MoveAsked,
    RevealAsked,
    Revealed,
    Terms,
)
from web.desk_complaint_views import read_filter, read_step, render_file, render_row, render_term
from web.operations import API, INSIDERS, Operation, respond
from web.reading import read_body, read_query

_SOON: Final = timedelta(hours=24)
_PATH: Final = f"{API}/desk/complaints"
_WORKERS: Final = frozenset({Role.OPERATOR, Role.HANDLER, Role.SUPERVISOR})
_TAKERS: Final = frozenset({Role.OPERATOR, Role.SUPERVISOR})
_PROBLEMS: Final = (
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.NOT_FOUND,
    HTTPStatus.CONFLICT,
    HTTPStatus.UNPROCESSABLE_ENTITY,
    HTTPStatus.TOO_MANY_REQUESTS,
    HTTPStatus.SERVICE_UNAVAILABLE,
)


async def list_cases(request: web.Request, viewer: Viewer) -> web.Response:
    """The list."""
    await spend_message(request, viewer)
    query = read_query(request, CaseQuery)
    now = request.app[keys.CLOCK].now()
    chosen = read_filter(query, now, now + _SOON)
    page = await request.app[keys.COMPLAINT_DESK].search(viewer, chosen, limit=query.limit, before=query.before)
    catalogue = request.app[keys.KNOWLEDGE].current.catalogue
    rows = tuple(render_row(case, catalogue, viewer, now) for case in page.cases)
    return respond(CaseRows(rows, page.next_before))


async def show_case(request: web.Request, viewer: Viewer) -> web.Response:
    """One complaint in full."""
    await spend_message(request, viewer)
    return await _answer_case(request, viewer)


async def move_case(request: web.Request, viewer: Viewer) -> web.Response:
    """Makes a move, and shows the complaint after it."""
    await spend_message(request, viewer)
    body = await read_body(request, MoveAsked)
    number = request.match_info["number"]
    desk = request.app[keys.COMPLAINT_DESK]
    after = await desk.move(viewer, number, read_step(body), version=body.version, target=body.target)
    catalogue = request.app[keys.KNOWLEDGE].current.catalogue
    return respond(render_file(after, catalogue, viewer, request.app[keys.CLOCK].now()))


async def reveal_contact(request: web.Request, viewer: Viewer) -> web.Response:
    """A name or telephone number in full."""
    await spend_message(request, viewer)
    body = await read_body(request, RevealAsked)
    number = request.match_info["number"]
    value = await request.app[keys.COMPLAINT_DESK].reveal(viewer, number, body.field, body.reason)
    return respond(Revealed(body.field, value))


async def file_for_caller(request: web.Request, viewer: Viewer) -> web.Response:
    """A complaint told on the telephone."""
    await spend_message(request, viewer)
    body = await read_body(request, NewComplaint)
    origin = Origin(channel=Channel.DESK, at=request.app[keys.CLOCK].now(), filed_by=viewer.id)
    return await answer_filing(request, body, origin, viewer)


async def list_terms(request: web.Request, _viewer: Viewer) -> web.Response:
    """The policy table."""
    terms = request.app[keys.KNOWLEDGE].current.catalogue.terms
    return respond(Terms(tuple(map(render_term, terms.values()))))


async def _answer_case(request: web.Request, viewer: Viewer) -> web.Response:
    file = await request.app[keys.COMPLAINT_DESK].open(viewer, request.match_info["number"])
    catalogue = request.app[keys.KNOWLEDGE].current.catalogue
    return respond(render_file(file, catalogue, viewer, request.app[keys.CLOCK].now()))


OPERATIONS: Final = (
    Operation(
        method="GET",
        path=_PATH,
        handler=list_cases,
        summary="Complaints, the newest first",
        tag="desk complaints",
        description="A handler sees those that the own unit has been given.",
        roles=_WORKERS,
        query=CaseQuery,
        answer=CaseRows,
        problems=(HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE),
    ),
    Operation(
        method="POST",
        path=_PATH,
        handler=file_for_caller,
        summary="A complaint taken for a caller",
        tag="desk complaints",
        description="201 with its number, or 200 with one like it that could be joined.",
        roles=_TAKERS,
        body=NewComplaint,
        answer=FilingOutcome,
        status=HTTPStatus.CREATED,
        problems=_PROBLEMS,
    ),
    Operation(
        method="GET",
        path=f"{_PATH}/{{number}}",
        handler=show_case,
        summary="One complaint with timeline, evidence and the moves that this person may make",
        tag="desk complaints",
        description="The look is on record.",
        roles=_WORKERS,
        answer=CaseDetail,
        problems=(HTTPStatus.NOT_FOUND, HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE),
    ),
    Operation(
        method="POST",
        path=f"{_PATH}/{{number}}/moves",
        handler=move_case,
        summary="Make a move",
        tag="desk complaints",
        description="Refused where somebody changed the complaint since `version`; a note never is.",
        roles=_WORKERS,
        body=MoveAsked,
        answer=CaseDetail,
        problems=_PROBLEMS,
    ),
    Operation(
        method="POST",
        path=f"{_PATH}/{{number}}/reveal",
        handler=reveal_contact,
        summary="Name or telephone number in full, with the reason on record",
        tag="desk complaints",
        roles=_WORKERS,
        body=RevealAsked,
        answer=Revealed,
        problems=_PROBLEMS,
    ),
    Operation(
        method="GET",
        path=f"{API}/desk/terms",
        handler=list_terms,
        summary="The policy table of terms",
        tag="desk complaints",
        roles=INSIDERS,
        answer=Terms,
    ),
)
