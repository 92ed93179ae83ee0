"""Pictures that citizens send with a complaint."""

from http import HTTPStatus
from typing import Final

from aiohttp import BodyPartReader, StreamReader, web
from msgspec import Struct

from bot.domain.viewer import Viewer
from bot.services.pictures import LARGEST_PICTURE, PictureRefusedError
from web import keys
from web.auth import spend_message
from web.operations import API, EVERYBODY, Operation, respond

_PATH: Final = f"{API}/pictures"
_CHUNK: Final = 64 * 1024


class TakenPicture(Struct, frozen=True):
    """The id to send along with a complaint. The picture is kept as a JPEG without place, time or camera."""

    id: str
    media_type: str
    size: int


async def take_picture(request: web.Request, viewer: Viewer) -> web.Response:
    """Takes a picture in."""
    await spend_message(request, viewer)
    content = await _read_content(request)
    picture = await request.app[keys.PICTURES].take(viewer, content)
    return respond(TakenPicture(picture.id, picture.media_type, len(picture.content)), HTTPStatus.CREATED)


async def show_picture(request: web.Request, viewer: Viewer) -> web.Response:
    """The picture itself."""
    await spend_message(request, viewer)
    picture = await request.app[keys.PICTURES].show(viewer, request.match_info["picture_id"])
    headers = {
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
        "Content-Disposition": "inline",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    return web.Response(body=picture.content, content_type=picture.media_type, headers=headers)


async def _read_content(request: web.Request) -> bytes:
    """The file, sent as the body itself or as the first part of a form."""
    if not request.content_type.startswith("multipart/"):
        return await _read_at_most(request.content)
    try:
        part = await (await request.multipart()).next()
    except ValueError as error:
        raise PictureRefusedError("没有收到图片") from error
    if not isinstance(part, BodyPartReader):
        raise PictureRefusedError("没有收到图片")
    return await _read_at_most(part)


async def _read_at_most(source: StreamReader | BodyPartReader) -> bytes:
    """Reads no more than may be sent, whatever length was claimed."""
    content = bytearray()
    while chunk := await _read_chunk(source):
        content += chunk
        if len(content) > LARGEST_PICTURE:
            raise web.HTTPRequestEntityTooLarge(max_size=LARGEST_PICTURE, actual_size=len(content))
    return bytes(content)


async def _read_chunk(source: StreamReader | BodyPartReader) -> bytes:
    if isinstance(source, BodyPartReader):
        return await source.read_chunk(_CHUNK)
    return await source.read(_CHUNK)


OPERATIONS: Final = (
    Operation(
        method="POST",
        path=_PATH,
        handler=take_picture,
        summary="Take in a picture for a complaint",
        tag="complaints",
        description="The body itself, or the first part of `multipart/form-data`; JPEG, PNG or WebP, 5 MB at most. "
        "At most three go with a complaint.",
        roles=EVERYBODY,
        answer=TakenPicture,
        status=HTTPStatus.CREATED,
        problems=(
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            HTTPStatus.UNPROCESSABLE_ENTITY,
            HTTPStatus.TOO_MANY_REQUESTS,
            HTTPStatus.SERVICE_UNAVAILABLE,
        ),
    ),
    Operation(
        method="GET",
        path=f"{_PATH}/{{picture_id}}",
        handler=show_picture,
        summary="A picture, to who sent it and who works on its complaint",
        tag="complaints",
        roles=EVERYBODY,
        answer="image/jpeg",
        problems=(HTTPStatus.NOT_FOUND, HTTPStatus.SERVICE_UNAVAILABLE),
    ),
)
