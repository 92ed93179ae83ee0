"""All addresses of the service on one application."""

from typing import Final

from aiohttp import web

from web import (
    callbacks,
    chat_socket,
    citizen_api,
    commitment_api,
    complaint_api,
    desk_caller_api,
    desk_complaint_api,
    health,
    identity_api,
    letters_api,
    license_api,
    open311,
    operator_api,
    picture_api,
    privacy_api,
    staff_api,
    supervision_api,
    verification_api,
)
from web.openapi import describe_operation
from web.operations import Operation
from web.page_files import add_pages
from web.problems import answer_problems

LARGEST_BODY: Final = 64 * 1024
_DESCRIBED: Final[tuple[Operation, ...]] = (
    *citizen_api.OPERATIONS,
    *chat_socket.OPERATIONS,
    *operator_api.OPERATIONS,
    *staff_api.OPERATIONS,
    *complaint_api.OPERATIONS,
    *desk_complaint_api.OPERATIONS,
    *picture_api.OPERATIONS,
    *privacy_api.OPERATIONS,
    *identity_api.OPERATIONS,
    *license_api.OPERATIONS,
    *commitment_api.OPERATIONS,
    *verification_api.OPERATIONS,
    *callbacks.OPERATIONS,
    *letters_api.OPERATIONS,
    *desk_caller_api.OPERATIONS,
    *open311.OPERATIONS,
    *supervision_api.OPERATIONS,
    *health.OPERATIONS,
)
OPERATIONS: Final = (*_DESCRIBED, describe_operation(_DESCRIBED))


def create_application() -> web.Application:
    """The application with its addresses; what is behind them must be set under `web.keys`."""
    app = web.Application(middlewares=[answer_problems], client_max_size=LARGEST_BODY)
    for operation in OPERATIONS:
        app.router.add_route(operation.method, operation.path, operation.handle)
    add_pages(app)
    app.on_shutdown.append(chat_socket.close_sockets)
    return app
