"""Letters to other systems that were given up: the supervisor sees them and sends them again."""

from datetime import datetime
from http import HTTPStatus
from typing import Final

import msgspec
from aiohttp import web

from bot.domain.errors import NotFoundError
from bot.domain.outbox import StuckLetter
from bot.domain.viewer import Role, Viewer
from bot.services.clock import CHINA_TIME
from web import keys
from web.operations import API, Operation, respond

_SUPERVISORS: Final = frozenset({Role.SUPERVISOR})


class DeadLetter(msgspec.Struct, frozen=True, kw_only=True):
    """A letter that another system did not take. What it says is not shown."""

    id: str
    topic: str
    subject_id: str
    created_at: datetime
    attempts: int
    last_error: str


class DeadLetters(msgspec.Struct, frozen=True):
    """The oldest first."""

    letters: tuple[DeadLetter, ...]


async def list_dead_letters(request: web.Request, _viewer: Viewer) -> web.Response:
    """What was given up and waits for a person."""
    letters = await request.app[keys.OUTBOX].list_dead()
    return respond(DeadLetters(tuple(map(_render, letters))))


async def retry_letter(request: web.Request, viewer: Viewer) -> web.Response:
    """Sends a letter again; the act is audited."""
    letter_id = request.match_info["letter_id"]
    await request.app[keys.AUDIT].record(actor_id=viewer.id, action="retry-letter", target=letter_id)
    if not await request.app[keys.OUTBOX].revive(letter_id):
        raise NotFoundError("没有这样一封等着处理的信")
    return web.Response(status=HTTPStatus.NO_CONTENT)


def _render(letter: StuckLetter) -> DeadLetter:
    return DeadLetter(
        id=letter.id,
        topic=letter.topic,
        subject_id=letter.subject_id,
        created_at=letter.created_at.astimezone(CHINA_TIME),
        attempts=letter.attempts,
        last_error=letter.last_error,
    )


OPERATIONS: Final = (
    Operation(
        method="GET",
        path=f"{API}/desk/letters",
        handler=list_dead_letters,
        summary="Letters to other systems that were given up",
        tag="supervisor",
        roles=_SUPERVISORS,
        answer=DeadLetters,
    ),
    Operation(
        method="POST",
        path=f"{API}/desk/letters/{{letter_id}}/retry",
        handler=retry_letter,
        summary="Sends a letter again",
        tag="supervisor",
        roles=_SUPERVISORS,
        status=HTTPStatus.NO_CONTENT,
        problems=(HTTPStatus.NOT_FOUND,),
    ),
)
