"""What citizens' programs call about their own data: a copy of it, and that it be erased."""

from datetime import datetime
from http import HTTPStatus
from typing import Final, Literal

from aiohttp import web
from msgspec import Struct

from bot.domain.complaint import Protection, Subject
from bot.domain.conversation import Author
from bot.domain.viewer import Viewer
from bot.domain.working_time import china_moment
from bot.services.privacy import OwnData
from web import keys
from web.auth import spend_message
from web.complaint_payloads import Happening
from web.operations import API, EVERYBODY, Operation, respond


class OwnComplaint(Struct, frozen=True, kw_only=True):
    """A complaint with all that was told in it."""

    number: str
    filed_at: datetime
    story: str
    name: str
    phone: str
    wants_callback: bool | None
    protection: Protection
    subject: Subject
    pictures: tuple[str, ...]
    timeline: tuple[Happening, ...]
    erased_at: datetime | None


class OwnMessage(Struct, frozen=True):
    """One message of a conversation."""

    at: datetime
    author: Author
    text: str


class OwnConversation(Struct, frozen=True):
    """What was said in one conversation."""

    id: str
    messages: tuple[OwnMessage, ...]


class OwnDataCopy(Struct, frozen=True):
    """Everything that is kept under this token."""

    complaints: tuple[OwnComplaint, ...]
    conversations: tuple[OwnConversation, ...]


class Erased(Struct, frozen=True):
    """The personal content is gone; what statistics count stays."""

    status: Literal["erased"]


async def copy_own_data(request: web.Request, viewer: Viewer) -> web.Response:
    """A copy of one's own data."""
    await spend_message(request, viewer)
    return respond(_render(await request.app[keys.PRIVACY].copy(viewer)))


async def erase_personal_data(request: web.Request, viewer: Viewer) -> web.Response:
    """Erases the personal content of one of one's own complaints."""
    await spend_message(request, viewer)
    case = await request.app[keys.COMPLAINTS].following.get(viewer, request.match_info["number"])
    await request.app[keys.PRIVACY].erase(viewer, case)
    return respond(Erased("erased"))


def _render(own: OwnData) -> OwnDataCopy:
    return OwnDataCopy(
        complaints=tuple(
            OwnComplaint(
                number=case.complaint.number,
                filed_at=china_moment(case.complaint.filed_at),
                story=case.complaint.story,
                name=case.complaint.contact.name,
                phone=case.complaint.contact.phone,
                wants_callback=case.complaint.contact.wants_callback,
                protection=case.complaint.protection,
                subject=case.complaint.subject,
                pictures=case.complaint.pictures,
                timeline=tuple(
                    Happening(china_moment(event.at), event.move.label if event.move else "登记", event.text)
                    for event in events
                ),
                erased_at=case.erased_at,
            )
            for case, events in own.complaints
        ),
        conversations=tuple(
            OwnConversation(id_, tuple(OwnMessage(item.at, item.author, item.text) for item in messages))
            for id_, messages in own.conversations
        ),
    )


OPERATIONS: Final = (
    Operation(
        method="GET",
        path=f"{API}/me/data",
        handler=copy_own_data,
        summary="A copy of everything that is kept under this token",
        tag="privacy",
        roles=EVERYBODY,
        answer=OwnDataCopy,
        problems=(HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE),
    ),
    Operation(
        method="DELETE",
        path=f"{API}/complaints/{{number}}/personal-data",
        handler=erase_personal_data,
        summary="Erase the personal content of a complaint that is over",
        tag="privacy",
        description="Refused with the reason while somebody still works on it. What 12345 was given is 12345's.",
        roles=EVERYBODY,
        answer=Erased,
        problems=(
            HTTPStatus.NOT_FOUND,
            HTTPStatus.CONFLICT,
            HTTPStatus.TOO_MANY_REQUESTS,
            HTTPStatus.SERVICE_UNAVAILABLE,
        ),
    ),
)
