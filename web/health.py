"""What machines ask: is it alive, is it ready, what has it counted."""

from http import HTTPStatus
from typing import Final

from aiohttp import web

from bot.domain.viewer import Viewer
from web import keys
from web.operations import Operation, respond
from web.payloads import HealthReport


async def show_live(_request: web.Request, _viewer: Viewer) -> web.Response:
    """Whether the process runs; if not, restart it."""
    return respond(HealthReport(status="live"))


async def show_ready(request: web.Request, _viewer: Viewer) -> web.Response:
    """Whether citizens are answered; if not, send them elsewhere."""
    checks = request.app[keys.CHECKS]
    answers = {name: await check.ping() for name, check in checks.items()}
    is_ready = all(answers[name] for name, check in checks.items() if check.is_required)
    report = HealthReport(
        status="ready" if is_ready else "unavailable",
        version=request.app[keys.KNOWLEDGE].current.version,
        checks=answers,
    )
    return respond(report, HTTPStatus.OK if is_ready else HTTPStatus.SERVICE_UNAVAILABLE)


async def show_metrics(request: web.Request, _viewer: Viewer) -> web.Response:
    """Counters of this process."""
    return web.Response(
        text=request.app[keys.METRICS].render(),
        headers={"Content-Type": "text/plain; version=0.0.4; charset=utf-8", "Cache-Control": "no-store"},
    )


OPERATIONS: Final = (
    Operation(
        method="GET",
        path="/health/live",
        handler=show_live,
        summary="Whether the process runs",
        tag="health",
        answer=HealthReport,
    ),
    Operation(
        method="GET",
        path="/health/ready",
        handler=show_ready,
        summary="Whether citizens are answered",
        tag="health",
        description="503 while a required store is away. Redis is not required.",
        answer=HealthReport,
        problems=(),
    ),
    Operation(
        method="GET",
        path="/metrics",
        handler=show_metrics,
        summary="Counters for Prometheus",
        tag="health",
        answer="text/plain",
    ),
)
