"""What citizens' programs call: a token, a turn, what was said."""

from http import HTTPStatus
from typing import Final

from aiohttp import web

from bot.domain.identifiers import new_id
from bot.domain.viewer import Role, Viewer
from bot.services.suggestions import list_suggestions
from bot.services.transcripts import list_messages
from web import keys
from web.auth import spend_guest, spend_message
from web.operations import API, EVERYBODY, Operation, respond
from web.payloads import (
    About,
    Answer,
    GuestToken,
    SendMessage,
    Suggestions,
    Transcript,
    TranscriptQuery,
    render_answer,
    render_transcript,
)
from web.reading import read_body, read_query


async def welcome_guest(request: web.Request, _viewer: Viewer) -> web.Response:
    """A token for somebody we know nothing about."""
    await spend_guest(request)
    token = request.app[keys.TOKENS].issue(Viewer(id=new_id(), role=Role.CITIZEN))
    return respond(GuestToken(token.text, token.expires_at))


async def send_message(request: web.Request, viewer: Viewer) -> web.Response:
    """One turn."""
    await spend_message(request, viewer)
    return respond(await take_turn(request.app, viewer, await read_body(request, SendMessage)))


async def take_turn(app: web.Application, viewer: Viewer, message: SendMessage) -> Answer:
    """The answer to a turn, whichever way it came."""
    answered = await app[keys.ANSWERING].answer(
        viewer,
        conversation_id=message.conversation_id,
        text=message.text,
        choice=message.choice,
        client_message_id=message.client_message_id,
    )
    return render_answer(answered)


async def show_transcript(request: web.Request, viewer: Viewer) -> web.Response:
    """What was said, to its owner."""
    await spend_message(request, viewer)
    query = read_query(request, TranscriptQuery)
    conversation_id = request.match_info["conversation_id"]
    messages = await list_messages(
        request.app[keys.CONVERSATIONS], viewer, conversation_id, limit=query.limit, before=query.before
    )
    return respond(render_transcript(conversation_id, messages))


async def tell_about(request: web.Request, _viewer: Viewer) -> web.Response:
    """How the service is called here."""
    knowledge = request.app[keys.KNOWLEDGE].current
    fact = knowledge.catalogue.fact
    return respond(
        About(
            service_name=fact("service_name"),
            city_name=fact("city_name"),
            hotline=fact("hotline"),
            version=knowledge.version,
        )
    )


async def suggest_questions(request: web.Request, _viewer: Viewer) -> web.Response:
    """Questions for an empty page."""
    return respond(Suggestions(list_suggestions(request.app[keys.KNOWLEDGE].current.catalogue)))


OPERATIONS: Final = (
    Operation(
        method="POST",
        path=f"{API}/auth/guest",
        handler=welcome_guest,
        summary="A token for an anonymous citizen",
        tag="citizen",
        answer=GuestToken,
        problems=(HTTPStatus.TOO_MANY_REQUESTS,),
    ),
    Operation(
        method="POST",
        path=f"{API}/chat/messages",
        handler=send_message,
        summary="One turn of a conversation",
        tag="citizen",
        roles=EVERYBODY,
        body=SendMessage,
        answer=Answer,
        problems=(
            HTTPStatus.BAD_REQUEST,
            HTTPStatus.NOT_FOUND,
            HTTPStatus.CONFLICT,
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            HTTPStatus.UNPROCESSABLE_ENTITY,
            HTTPStatus.TOO_MANY_REQUESTS,
            HTTPStatus.SERVICE_UNAVAILABLE,
        ),
    ),
    Operation(
        method="GET",
        path=f"{API}/conversations/{{conversation_id}}/messages",
        handler=show_transcript,
        summary="What was said, to its owner",
        tag="citizen",
        roles=EVERYBODY,
        query=TranscriptQuery,
        answer=Transcript,
        problems=(HTTPStatus.NOT_FOUND, HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.SERVICE_UNAVAILABLE),
    ),
    Operation(
        method="GET",
        path=f"{API}/suggestions",
        handler=suggest_questions,
        summary="Questions for an empty page",
        tag="citizen",
        answer=Suggestions,
    ),
    Operation(
        method="GET",
        path=f"{API}/about",
        handler=tell_about,
        summary="How the service is called here, and whom to ring",
        tag="citizen",
        answer=About,
    ),
)
