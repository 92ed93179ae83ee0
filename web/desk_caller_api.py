"""What helps operators to take a complaint for a caller: what the story tells, and the names to choose from."""

from datetime import date
from http import HTTPStatus
from typing import Final

from aiohttp import web
from msgspec import Struct

from bot.domain.viewer import Role, Viewer
from bot.services.complaints.reading import read_caller
from web import keys
from web.auth import spend_message
from web.complaint_payloads import Words
from web.operations import API, INSIDERS, Operation, respond
from web.reading import read_body

_TAKERS: Final = frozenset({Role.OPERATOR, Role.SUPERVISOR})


class CallerStory(Struct, frozen=True):
    """What the caller tells, as it is typed."""

    story: Words


class StoryReading(Struct, frozen=True, kw_only=True):
    """What was understood, to be checked by the operator, and what the catalogue says of it."""

    unit_id: str | None
    unit_told: str
    matter_id: str | None
    certificate_ids: tuple[str, ...]
    happened_on: date | None
    time_told: str
    phone: str
    article20: tuple[int, ...]
    lawful: bool | None
    explanation: str


class Name(Struct, frozen=True):
    """Something of the catalogue, to choose by its name."""

    id: str
    name: str


class Names(Struct, frozen=True):
    """Everything that a complaint may be about."""

    units: tuple[Name, ...]
    matters: tuple[Name, ...]
    certificates: tuple[Name, ...]


async def read_story(request: web.Request, viewer: Viewer) -> web.Response:
    """What a story tells. It is not kept."""
    await spend_message(request, viewer)
    body = await read_body(request, CallerStory)
    read = read_caller(request.app[keys.KNOWLEDGE].current, body.story, request.app[keys.CLOCK].now().date())
    subject, evidence = read.draft.subject, read.evidence
    return respond(
        StoryReading(
            unit_id=subject.unit_id,
            unit_told=subject.unit_told,
            matter_id=subject.matter_id,
            certificate_ids=subject.certificate_ids,
            happened_on=subject.happened_on,
            time_told=subject.time_told,
            phone=read.draft.contact.phone,
            article20=evidence.items,
            lawful=evidence.lawful,
            explanation=evidence.explanation,
        )
    )


async def list_names(request: web.Request, _viewer: Viewer) -> web.Response:
    """Units by their short names, as everywhere on the desk, matters and certificates."""
    catalogue = request.app[keys.KNOWLEDGE].current.catalogue
    return respond(
        Names(
            units=tuple(Name(unit.id, unit.short_name) for unit in catalogue.units.values()),
            matters=tuple(Name(matter.id, matter.name) for matter in catalogue.matters.values()),
            certificates=tuple(Name(item.id, item.name) for item in catalogue.certificates.values()),
        )
    )


OPERATIONS: Final = (
    Operation(
        method="POST",
        path=f"{API}/desk/readings",
        handler=read_story,
        summary="What a caller's story tells, and what the catalogue says of it",
        tag="operator",
        description="The story is not kept.",
        roles=_TAKERS,
        body=CallerStory,
        answer=StoryReading,
        problems=(HTTPStatus.BAD_REQUEST, HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.TOO_MANY_REQUESTS),
    ),
    Operation(
        method="GET",
        path=f"{API}/desk/names",
        handler=list_names,
        summary="Units, matters and certificates by name",
        tag="operator",
        roles=INSIDERS,
        answer=Names,
    ),
)
