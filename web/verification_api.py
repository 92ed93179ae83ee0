"""What the people of both units call to have a certificate verified, and what the platform calls back."""

from datetime import timedelta
from http import HTTPStatus
from typing import Final

from aiohttp import web

from bot.domain.errors import NotFoundError
from bot.domain.misuse import find_misuse
from bot.domain.verification import Verification
from bot.domain.verification_statistics import count_by_unit
from bot.domain.viewer import Role, Viewer
from bot.services.verifications.answering import MoveWords
from bot.services.verifications.opening import NewVerification
from web import keys
from web.callbacks import CallbackOutcome
from web.operations import API, Operation, respond
from web.reading import read_body, read_query
from web.use_payloads import MisuseReport, UseExport, render_export, render_misuse
from web.verification_payloads import (
    AskVerification,
    Figures,
    FiguresQuery,
    MoveVerification,
    QueueQuery,
    ReadVerification,
    VerificationDetail,
    VerificationQueue,
    VerificationRow,
    name_unit,
    render_detail,
    render_figures,
    render_row,
)

_DESK: Final = f"{API}/desk/verifications"
_MOST_ROWS: Final = 200
_MOST_RECORDS: Final = 50_000
_UNITS: Final = frozenset({Role.HANDLER, Role.STAFF, Role.SUPERVISOR})
_WATCHERS: Final = frozenset({Role.STAFF, Role.SUPERVISOR})


async def ask_verification(request: web.Request, viewer: Viewer) -> web.Response:
    """A new request of the viewer's own unit."""
    asked = await read_body(request, AskVerification)
    opened = await request.app[keys.LICENSES].opening.open(
        viewer,
        NewVerification(
            entry_id=asked.entry_id,
            case_number=asked.case_number,
            name=asked.name,
            number=asked.number,
            facts=asked.facts,
            promise_due=asked.promise_due,
        ),
    )
    return respond(_render(request, viewer, opened), HTTPStatus.CREATED)


async def list_verifications(request: web.Request, viewer: Viewer) -> web.Response:
    """The queue of the viewer's unit on both sides; all units for those who watch over them."""
    unit_id = _unit_of(viewer)
    only_open = not read_query(request, QueueQuery).all
    found = await request.app[keys.LICENSES].stores.verifications.list_of_unit(unit_id, _MOST_ROWS, only_open=only_open)
    name = "" if unit_id is None else name_unit(request.app[keys.KNOWLEDGE], unit_id)
    return respond(VerificationQueue(unit=name, rows=tuple(_render(request, viewer, item) for item in found)))


async def read_verification(request: web.Request, viewer: Viewer) -> web.Response:
    """The whole of one, for a lawful purpose; the look is recorded."""
    purpose = (await read_body(request, ReadVerification)).purpose
    found = await request.app[keys.LICENSES].answering.read(viewer, request.match_info["verification_id"], purpose)
    return respond(render_detail(found, _render(request, viewer, found)))


async def move_verification(request: web.Request, viewer: Viewer) -> web.Response:
    """Accept, answer, or say why it cannot be verified."""
    asked = await read_body(request, MoveVerification)
    words = MoveWords(finding=asked.finding, facts=asked.facts, reason=asked.reason)
    moved = await request.app[keys.LICENSES].answering.move(
        viewer, request.match_info["verification_id"], asked.move, words
    )
    return respond(_render(request, viewer, moved))


async def count_verifications(request: web.Request, viewer: Viewer) -> web.Response:
    """How each unit keeps the clock; a handler sees the own unit only."""
    now = request.app[keys.CLOCK].now()
    since = now - timedelta(days=read_query(request, FiguresQuery).days)
    found = await request.app[keys.LICENSES].stores.verifications.list_between(since, now + timedelta(seconds=1))
    unit_id = _unit_of(viewer)
    figures = [item for item in count_by_unit(found, now) if unit_id in {None, item.unit_id}]
    return respond(render_figures(figures, request.app[keys.KNOWLEDGE]))


async def export_uses(request: web.Request, viewer: Viewer) -> web.Response:
    """The whole chain of use records, to be checked with `verify-uses`; holds no name, number or content."""
    ledger = request.app[keys.LICENSES].stores.ledger
    records = await ledger.list_from(1, _MOST_RECORDS)
    await request.app[keys.AUDIT].record(actor_id=viewer.id, action="export-uses", detail=str(len(records)))
    return respond(render_export(records, await ledger.find_end()))


async def report_misuse(request: web.Request, viewer: Viewer) -> web.Response:
    """Uses beyond what was applied for (articles 17 and 20 (8)), for a person to look into."""
    records = await request.app[keys.LICENSES].stores.ledger.list_from(1, _MOST_RECORDS)
    await request.app[keys.AUDIT].record(actor_id=viewer.id, action="report-misuse")
    return respond(render_misuse(find_misuse(records), request.app[keys.KNOWLEDGE]))


async def hear_verification(request: web.Request, _viewer: Viewer) -> web.Response:
    """News of the platform. What comes after the end, or again, is refused."""
    read = request.app.get(keys.VERIFICATION_NEWS)
    if read is None:
        raise NotFoundError("没有接共享核查平台")
    news = read(request.method, request.path_qs, request.headers, await request.read())
    await request.app[keys.LICENSES].answering.hear(news)
    return respond(CallbackOutcome("heard"))


def _unit_of(viewer: Viewer) -> str | None:
    """Whose queue it is; a handler without a unit has none, not everybody's."""
    return (viewer.unit_id or "-") if viewer.role is Role.HANDLER else None


def _render(request: web.Request, viewer: Viewer, verification: Verification) -> VerificationRow:
    return render_row(verification, viewer, request.app[keys.KNOWLEDGE], request.app[keys.CLOCK].now())


_PROBLEMS: Final = (
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.NOT_FOUND,
    HTTPStatus.CONFLICT,
    HTTPStatus.UNPROCESSABLE_ENTITY,
    HTTPStatus.SERVICE_UNAVAILABLE,
)
OPERATIONS: Final = (
    Operation(
        method="POST",
        path=_DESK,
        handler=ask_verification,
        summary="Ask the issuing unit to verify",
        tag="verifications",
        description="By people of the unit that handles the matter. The clock of article 14 starts at once.",
        roles=frozenset({Role.HANDLER}),
        body=AskVerification,
        answer=VerificationRow,
        status=HTTPStatus.CREATED,
        problems=_PROBLEMS,
    ),
    Operation(
        method="GET",
        path=_DESK,
        handler=list_verifications,
        summary="The queue of a unit, the first due first",
        tag="verifications",
        roles=_UNITS,
        query=QueueQuery,
        answer=VerificationQueue,
        problems=(HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.SERVICE_UNAVAILABLE),
    ),
    Operation(
        method="GET",
        path=f"{_DESK}/statistics",
        handler=count_verifications,
        summary="How units keep the clock of article 14",
        tag="verifications",
        roles=_UNITS,
        query=FiguresQuery,
        answer=Figures,
        problems=(HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.SERVICE_UNAVAILABLE),
    ),
    Operation(
        method="POST",
        path=f"{_DESK}/{{verification_id}}/read",
        handler=read_verification,
        summary="One request in full, for a lawful purpose",
        tag="verifications",
        roles=_UNITS,
        body=ReadVerification,
        answer=VerificationDetail,
        problems=_PROBLEMS,
    ),
    Operation(
        method="POST",
        path=f"{_DESK}/{{verification_id}}/moves",
        handler=move_verification,
        summary="Accept, answer, or say why it cannot be verified",
        tag="verifications",
        roles=frozenset({Role.HANDLER}),
        body=MoveVerification,
        answer=VerificationRow,
        problems=_PROBLEMS,
    ),
    Operation(
        method="GET",
        path=f"{API}/desk/uses",
        handler=export_uses,
        summary="The chain of use records",
        tag="verifications",
        roles=_WATCHERS,
        answer=UseExport,
        problems=(HTTPStatus.SERVICE_UNAVAILABLE,),
    ),
    Operation(
        method="GET",
        path=f"{API}/desk/uses/misuse",
        handler=report_misuse,
        summary="Uses beyond what was applied for",
        tag="verifications",
        roles=_WATCHERS,
        answer=MisuseReport,
        problems=(HTTPStatus.SERVICE_UNAVAILABLE,),
    ),
    Operation(
        method="POST",
        path=f"{API}/callbacks/verification",
        handler=hear_verification,
        summary="News of a verification, from the platform",
        tag="systems",
        description="Signed with X-Mianzheng-App, -Time, -Id and -Signature.",
        answer=CallbackOutcome,
        problems=(HTTPStatus.UNAUTHORIZED, *_PROBLEMS),
    ),
)
