"""What citizens' programs call about complaints: file one, find it again, and what may be done with it."""

from http import HTTPStatus
from typing import Final

from aiohttp import web

from bot.dialogue.errands import Filed, FollowAct
from bot.domain.complaint import Channel
from bot.domain.viewer import Viewer
from bot.services.complaints.filing import Origin
from bot.services.complaints.following import Wish
from web import keys
from web.auth import spend_lookup, spend_message
from web.complaint_payloads import (
    Complaint,
    Complaints,
    FilingOutcome,
    LikeComplaint,
    Lookup,
    NewComplaint,
    RatingGiven,
    Wishes,
    read_draft,
    render_complaint,
)
from web.operations import API, EVERYBODY, Operation, respond
from web.reading import read_body

_MOST_OWN: Final = 50
_PATH: Final = f"{API}/complaints"
_PROBLEMS: Final = (
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.NOT_FOUND,
    HTTPStatus.CONFLICT,
    HTTPStatus.UNPROCESSABLE_ENTITY,
    HTTPStatus.TOO_MANY_REQUESTS,
    HTTPStatus.SERVICE_UNAVAILABLE,
)


async def file_complaint(request: web.Request, viewer: Viewer) -> web.Response:
    """A complaint told all at once, as a form tells it."""
    await spend_message(request, viewer)
    body = await read_body(request, NewComplaint)
    origin = Origin(channel=Channel.CHAT, at=request.app[keys.CLOCK].now(), owner_id=viewer.id)
    return await answer_filing(request, body, origin, viewer)


async def answer_filing(request: web.Request, body: NewComplaint, origin: Origin, viewer: Viewer) -> web.Response:
    """What became of a complaint that somebody wants to file."""
    result = await request.app[keys.COMPLAINTS].filing.offer(read_draft(body), origin, viewer.id)
    if isinstance(result, Filed):
        outcome = FilingOutcome(
            number=result.number, due_at=result.due_at, due_rule=result.due_rule, joined=result.joined
        )
        return respond(outcome, HTTPStatus.CREATED)
    like = LikeComplaint(result.number, result.filed_at, result.is_own)
    return respond(FilingOutcome(duplicate=like))


async def list_complaints(request: web.Request, viewer: Viewer) -> web.Response:
    """One's own complaints."""
    await spend_message(request, viewer)
    views = await request.app[keys.COMPLAINTS].following.list_own(viewer, limit=_MOST_OWN)
    return respond(Complaints(tuple(map(render_complaint, views))))


async def show_complaint(request: web.Request, viewer: Viewer) -> web.Response:
    """One of one's own complaints."""
    await spend_message(request, viewer)
    following = request.app[keys.COMPLAINTS].following
    case = await following.get(viewer, request.match_info["number"])
    return respond(render_complaint(await following.view(case)))


async def look_up_complaint(request: web.Request, viewer: Viewer) -> web.Response:
    """A complaint by number and telephone number."""
    await spend_lookup(request, viewer)
    body = await read_body(request, Lookup)
    following = request.app[keys.COMPLAINTS].following
    case = await following.get(viewer, body.number, body.phone)
    return respond(render_complaint(await following.view(case)))


async def urge_complaint(request: web.Request, viewer: Viewer) -> web.Response:
    """催办."""
    return await _follow(request, viewer, FollowAct.URGE)


async def add_to_complaint(request: web.Request, viewer: Viewer) -> web.Response:
    """补充."""
    return await _follow(request, viewer, FollowAct.ADD)


async def withdraw_complaint(request: web.Request, viewer: Viewer) -> web.Response:
    """撤回."""
    return await _follow(request, viewer, FollowAct.WITHDRAW)


async def reopen_complaint(request: web.Request, viewer: Viewer) -> web.Response:
    """重开."""
    return await _follow(request, viewer, FollowAct.REOPEN)


async def rate_complaint(request: web.Request, viewer: Viewer) -> web.Response:
    """好差评."""
    body = await read_body(request, RatingGiven)
    return await _carry_out(request, viewer, body.phone, Wish(act=FollowAct.RATE, text=body.text, rating=body.rating))


async def _follow(request: web.Request, viewer: Viewer, act: FollowAct) -> web.Response:
    body = await read_body(request, Wishes)
    return await _carry_out(request, viewer, body.phone, Wish(act=act, text=body.text))


async def _carry_out(request: web.Request, viewer: Viewer, phone: str, wish: Wish) -> web.Response:
    await (spend_lookup if phone else spend_message)(request, viewer)
    following = request.app[keys.COMPLAINTS].following
    case = await following.get(viewer, request.match_info["number"], phone)
    return respond(render_complaint(await following.view(await following.act(case, wish))))


OPERATIONS: Final = (
    Operation(
        method="POST",
        path=_PATH,
        handler=file_complaint,
        summary="A complaint told all at once",
        tag="complaints",
        description="201 with its number, or 200 with one like it that could be joined; then send `joins` or "
        "`declines_join`.",
        roles=EVERYBODY,
        body=NewComplaint,
        answer=FilingOutcome,
        status=HTTPStatus.CREATED,
        problems=_PROBLEMS,
    ),
    Operation(
        method="GET",
        path=_PATH,
        handler=list_complaints,
        summary="One's own complaints",
        tag="complaints",
        roles=EVERYBODY,
        answer=Complaints,
        problems=(HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE),
    ),
    Operation(
        method="POST",
        path=f"{_PATH}/lookup",
        handler=look_up_complaint,
        summary="A complaint by number and telephone number",
        tag="complaints",
        description="Attempts are limited. The number alone opens nothing.",
        roles=EVERYBODY,
        body=Lookup,
        answer=Complaint,
        problems=_PROBLEMS,
    ),
    Operation(
        method="GET",
        path=f"{_PATH}/{{number}}",
        handler=show_complaint,
        summary="One of one's own complaints, with its timeline",
        tag="complaints",
        roles=EVERYBODY,
        answer=Complaint,
        problems=(HTTPStatus.NOT_FOUND, HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE),
    ),
    *(
        Operation(
            method="POST",
            path=f"{_PATH}/{{number}}/{name}",
            handler=handler,
            summary=summary,
            tag="complaints",
            roles=EVERYBODY,
            body=RatingGiven if name == "rating" else Wishes,
            answer=Complaint,
            problems=_PROBLEMS,
        )
        for name, handler, summary in (
            ("urge", urge_complaint, "Ask for more speed"),
            ("additions", add_to_complaint, "Say more"),
            ("withdrawal", withdraw_complaint, "Take it back"),
            ("reopening", reopen_complaint, "It is not solved: reaches the handler and restarts the clock"),
            ("rating", rate_complaint, "Rate the handling, once"),
        )
    ),
)
