"""Every error becomes `application/problem+json` (RFC 9457) here, and nowhere else."""

import logging
import secrets
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final, TypeVar

import msgspec
from aiohttp import web

from bot.domain import errors
from bot.domain.failure_report import describe_failure
from web import keys
from web.reading import MalformedBodyError

_LOG: Final = logging.getLogger(__name__)
T = TypeVar("T")
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

_STATUS: Final[dict[type[errors.DomainError], HTTPStatus]] = {
    MalformedBodyError: HTTPStatus.BAD_REQUEST,
    errors.UnauthenticatedError: HTTPStatus.UNAUTHORIZED,
    errors.ForbiddenError: HTTPStatus.FORBIDDEN,
    errors.NotFoundError: HTTPStatus.NOT_FOUND,
    errors.ConflictError: HTTPStatus.CONFLICT,
    errors.TooManyRequestsError: HTTPStatus.TOO_MANY_REQUESTS,
    errors.UnavailableError: HTTPStatus.SERVICE_UNAVAILABLE,
    errors.DomainError: HTTPStatus.UNPROCESSABLE_ENTITY,
}
# What aiohttp refuses by itself: code and title.
_REFUSALS: Final = {
    HTTPStatus.BAD_REQUEST: ("bad-request", "请求的格式不对"),
    HTTPStatus.NOT_FOUND: ("no-such-address", "没有这个地址"),
    HTTPStatus.METHOD_NOT_ALLOWED: ("method-not-allowed", "这个地址不接受这种请求"),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: ("body-too-large", "内容太大了，请分几次发"),
    HTTPStatus.UPGRADE_REQUIRED: ("upgrade-required", "这个地址要用 WebSocket 连接"),
}
_MOST_FINDINGS: Final = 200


class FoundProblem(msgspec.Struct, frozen=True):
    """One thing that is wrong with a data file."""

    place: str
    message: str


class Problem(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Why a request failed (RFC 9457). `code` is stable and for programs; `title` and `detail` are for people."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    fields: dict[str, str] = {}
    findings: tuple[FoundProblem, ...] = ()
    retry_after: int | None = None
    reference: str | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """A problem in place of a result, for those who must go on after it."""

    problem: Problem


@web.middleware
async def answer_problems(request: web.Request, handler: Handler) -> web.StreamResponse:
    """The middleware: counts and times every request, and turns what is raised into a problem."""
    started = time.perf_counter()
    response: web.StreamResponse
    try:
        response = await handler(request)
    except web.HTTPException as refusal:
        if refusal.status < HTTPStatus.BAD_REQUEST:
            raise
        response = _respond(_problem_of_refusal(refusal))
        response.headers.extend({"Allow": refusal.headers["Allow"]} if "Allow" in refusal.headers else {})
    except Exception as error:  # noqa: BLE001 - the one place where every error ends
        response = _respond(problem_of(error, _route_of(request)))
    seconds = time.perf_counter() - started
    request.app[keys.METRICS].observe(
        "request", seconds, route=_route_of(request), status=f"{response.status // 100}xx"
    )
    return response


async def capture(work: Awaitable[T], place: str) -> T | Failure:
    """The result of the work, or the problem it ended in; for sockets, which stay open after a failed message."""
    try:
        return await work
    except web.HTTPException as refusal:
        return Failure(_problem_of_refusal(refusal))
    except Exception as error:  # noqa: BLE001 - as above
        return Failure(problem_of(error, place))


def problem_of(error: Exception, place: str) -> Problem:
    """The problem that tells of this error; one that is no domain error is logged, without its words."""
    if isinstance(error, errors.DomainError):
        return _problem_of_domain(error)
    if isinstance(error, (ConnectionError, web.RequestPayloadError)):
        return _problem(HTTPStatus.BAD_REQUEST, "incomplete-request", "请求没有传完")
    reference = secrets.token_hex(4)
    _LOG.error("error %s in %s: %s", reference, place, describe_failure(error))
    return _problem(
        HTTPStatus.INTERNAL_SERVER_ERROR,
        "internal-error",
        "系统出错了",
        f"系统出错了，请稍后再试；反映问题时请说编号 {reference}",
        reference=reference,
    )


def _problem_of_domain(error: errors.DomainError) -> Problem:
    status = next(_STATUS[kind] for kind in type(error).__mro__ if kind in _STATUS)
    findings = error.findings[:_MOST_FINDINGS] if isinstance(error, errors.DataFindingsError) else ()
    return _problem(
        status,
        error.code,
        error.title,
        error.detail,
        fields=error.fields if isinstance(error, errors.InvalidInputError) else {},
        findings=tuple(FoundProblem(finding.place, finding.message) for finding in findings),
        retry_after=error.retry_after if isinstance(error, errors.TooManyRequestsError) else None,
    )


def _problem_of_refusal(refusal: web.HTTPException) -> Problem:
    status = HTTPStatus(refusal.status)
    code, title = _REFUSALS.get(status, (f"http-{refusal.status}", "请求没有办成"))
    return _problem(status, code, title)


def _problem(
    status: HTTPStatus,
    code: str,
    title: str,
    detail: str = "",
    *,
    fields: dict[str, str] | None = None,
    findings: tuple[FoundProblem, ...] = (),
    retry_after: int | None = None,
    reference: str | None = None,
) -> Problem:
    return Problem(
        type=f"/problems/{code}",
        title=title,
        status=status.value,
        detail=detail or title,
        code=code,
        fields=fields or {},
        findings=findings,
        retry_after=retry_after,
        reference=reference,
    )


def _respond(problem: Problem) -> web.Response:
    headers = {"Cache-Control": "no-store"}
    if problem.status == HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = "Bearer"
    if problem.retry_after is not None:
        headers["Retry-After"] = str(problem.retry_after)
    body = msgspec.json.encode(problem)
    return web.Response(
        body=body, status=problem.status, headers=headers, content_type="application/problem+json", charset="utf-8"
    )


def _route_of(request: web.Request) -> str:
    """The pattern of the address, which holds no ids; one word for all that do not exist."""
    resource = request.match_info.route.resource
    return resource.canonical if resource is not None else "unknown"
