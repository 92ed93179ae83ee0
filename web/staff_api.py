"""What staff's programs call: bringing edited data into the running service."""

from http import HTTPStatus
from typing import Final

from aiohttp import web

from bot.domain.errors import DataFindingsError
from bot.domain.viewer import Role, Viewer
from web import keys
from web.operations import API, Operation, respond
from web.payloads import ReloadOutcome


async def reload_data(request: web.Request, viewer: Viewer) -> web.Response:
    """Uses the data files as they are now, if they are good."""
    audit = request.app[keys.AUDIT]
    try:
        knowledge = await request.app[keys.KNOWLEDGE].reload()
    except DataFindingsError as error:
        await audit.record(actor_id=viewer.id, action="reload-refused", detail=f"{len(error.findings)} findings")
        raise
    request.app[keys.SHARE_RELOAD]()
    await audit.record(actor_id=viewer.id, action="reload", target=knowledge.version)
    catalogue = knowledge.catalogue
    return respond(
        ReloadOutcome(
            version=knowledge.version,
            matters=len(catalogue.matters),
            certificates=len(catalogue.certificates),
            entries=len(catalogue.entries),
        )
    )


OPERATIONS: Final = (
    Operation(
        method="POST",
        path=f"{API}/staff/reload",
        handler=reload_data,
        summary="Use the data files as they are now",
        tag="staff",
        description="A bad version is refused with a list of findings; the old one goes on answering.",
        roles=frozenset({Role.STAFF, Role.SUPERVISOR}),
        answer=ReloadOutcome,
        problems=(HTTPStatus.UNPROCESSABLE_ENTITY,),
    ),
)
