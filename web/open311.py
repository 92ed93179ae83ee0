"""Open311 GeoReport v2 (wiki.open311.org/GeoReport_v2): other civic programs file complaints and see how they stand.

The public sees unit, matter, certificate and status, never a name, a telephone number, or anything that was told; the
number that a citizen follows a complaint by is not public either, so `service_request_id` is another name. It is
given at once; the citizen's number redeems as a token. `extended_status` is beside `status`: OPEN, FOR_TRIAGE,
INVESTIGATING, IN_PROGRESS, INTERNAL_REFERRAL and REOPEN while open; FIXED, NO_FURTHER_ACTION, CLOSED, DUPLICATE and
NOT_COUNCILS_RESPONSIBILITY once closed.
"""

from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Final

from aiohttp import web

from bot.domain.catalogue import Catalogue
from bot.domain.civic_request import CivicRequest
from bot.domain.complaint import Subject
from bot.domain.viewer import Role, Viewer
from bot.domain.working_time import china_moment
from bot.services.complaints.naming import make_title, name_unit_id
from web import keys
from web.auth import find_address, spend_message
from web.open311_format import Format, Item, Rows, write_list, write_one, write_problem
from web.open311_reading import find_program, read_filter, read_form, read_post, require_place, require_service
from web.open311_services import SERVICE_CODE, SERVICE_NAME, define_service, list_services
from web.operations import Operation
from web.problems import Failure, capture

BASE: Final = "/open311/v2"
_NOTICE: Final = (
    "已登记，编号 {number}，请转告投诉人。留了手机号的，凭编号和手机号可以查进展；是否受理以 12345 的答复为准。"
)
_Answer = Callable[[web.Request, Format], Awaitable[web.StreamResponse]]


async def show_services(request: web.Request, form: Format) -> web.Response:
    """All services."""
    await _admit(request)
    return write_list(form, "services", list_services())


async def show_service(request: web.Request, form: Format) -> web.Response:
    """One service with its attributes."""
    await _admit(request)
    require_service(request.match_info["code"])
    return write_one(form, "service_definition", define_service(_catalogue_of(request)))


async def post_request(request: web.Request, form: Format) -> web.Response:
    """Files a complaint."""
    own = request.app[keys.OPEN311]
    fields = await read_form(request)
    program = find_program(own.api_keys, fields)
    await spend_message(request, Viewer(id=f"open311:{program}", role=Role.CITIZEN))
    require_place(own.division, "".join(fields.get("jurisdiction_id", ())[-1:]))
    post = read_post(program, fields)
    complaint = await own.desk.file(post)
    created: Item = {
        "service_request_id": complaint.id,
        "service_notice": _NOTICE.format(number=complaint.number),
        "account_id": post.account or None,
    }
    return write_list(form, "service_requests", Rows("request", [created]), HTTPStatus.CREATED)


async def show_requests(request: web.Request, form: Format) -> web.Response:
    """Many requests."""
    await _admit(request)
    found = await request.app[keys.OPEN311].desk.list_requests(read_filter(request.query))
    items = [_render(request, each) for each in found]
    return write_list(form, "service_requests", Rows("request", items))


async def show_request(request: web.Request, form: Format) -> web.Response:
    """One request."""
    await _admit(request)
    found = await request.app[keys.OPEN311].desk.get(request.match_info["id"])
    return write_list(form, "service_requests", Rows("request", [_render(request, found)]))


async def redeem_token(request: web.Request, form: Format) -> web.Response:
    """The request that a token stands for."""
    await _admit(request)
    token = request.match_info["token"]
    found = await request.app[keys.OPEN311].desk.redeem(token)
    item: Item = {"service_request_id": found.id, "token": token}
    return write_list(form, "service_requests", Rows("request", [item]))


async def _admit(request: web.Request) -> None:
    """Counts one look of this address, and refuses other jurisdictions."""
    await spend_message(request, Viewer(id=f"open311-from:{find_address(request)}", role=Role.CITIZEN))
    require_place(request.app[keys.OPEN311].division, request.query.get("jurisdiction_id", ""))


def _catalogue_of(request: web.Request) -> Catalogue:
    return request.app[keys.KNOWLEDGE].current.catalogue


def _render(request: web.Request, found: CivicRequest) -> Item:
    catalogue = _catalogue_of(request)
    subject = Subject(unit_id=found.about_unit_id, matter_id=found.matter_id, certificate_ids=found.certificate_ids)
    notes = "，".join(filter(None, (found.state.label, found.outcome.label if found.outcome else "")))
    return {
        "service_request_id": found.id,
        "status": found.status.value,
        "extended_status": found.extended_status.value,
        "status_notes": notes,
        "service_name": SERVICE_NAME,
        "service_code": SERVICE_CODE,
        "description": make_title(catalogue, subject),
        "agency_responsible": name_unit_id(catalogue, found.unit_id) or None,
        "service_notice": None,
        "requested_datetime": china_moment(found.filed_at).isoformat(timespec="seconds"),
        "updated_datetime": china_moment(found.changed_at).isoformat(timespec="seconds"),
        "expected_datetime": china_moment(found.due_at).isoformat(timespec="seconds") if found.due_at else None,
        "address": None,
        "address_id": request.app[keys.OPEN311].division,
        "zipcode": None,
        "lat": None,
        "long": None,
        "media_url": None,
    }


def _operate(method: str, path: str, answer: _Answer, form: Format, **told: str) -> Operation:
    async def handle(request: web.Request, _viewer: Viewer) -> web.StreamResponse:
        # GeoReport wants errors in the format that was asked for.
        outcome = await capture(answer(request, form), f"{BASE}{path}")
        return write_problem(form, outcome.problem) if isinstance(outcome, Failure) else outcome

    handle.__name__ = f"{answer.__name__}_{form.value}"
    return Operation(
        method=method,
        path=f"{BASE}{path}.{form.value}",
        handler=handle,
        tag="open311",
        answer=form.media_type,
        status=HTTPStatus.CREATED if method == "POST" else HTTPStatus.OK,
        summary=told["summary"],
        description=told.get("description", ""),
    )


_POST_TOLD: Final = """A form (application/x-www-form-urlencoded, UTF-8): api_key, service_code, description, and
attribute[unit], attribute[matter], attribute[certificate] by key or name, attribute[date], attribute[protection];
address_string, first_name, last_name, phone, account_id. Without a phone it is anonymous. The same form from the same
key and account within a day is one request. Errors are [{code, description}]."""
_LIST_TOLD: Final = """Filters: service_request_id (several with commas; alone), service_code, status, start_date,
end_date; at most 90 days and 1,000 requests. Nothing that anybody told is shown."""


def _list_operations(form: Format) -> tuple[Operation, ...]:
    return (
        _operate("GET", "/services", show_services, form, summary="Services (GeoReport v2)"),
        _operate("GET", "/services/{code}", show_service, form, summary="A service with its attributes"),
        _operate("POST", "/requests", post_request, form, summary="File a complaint", description=_POST_TOLD),
        _operate("GET", "/requests", show_requests, form, summary="How complaints stand", description=_LIST_TOLD),
        _operate("GET", "/requests/{id}", show_request, form, summary="How one complaint stands"),
        _operate("GET", "/tokens/{token}", redeem_token, form, summary="The request of a citizen's number"),
    )


OPERATIONS: Final = (*_list_operations(Format.JSON), *_list_operations(Format.XML))
