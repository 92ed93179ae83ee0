"""Takes pictures in: checked by what they are, drawn anew without what the camera wrote about place and time."""

import asyncio
import io
import struct
from typing import Final

from PIL import Image, ImageOps

from bot.domain.errors import InvalidInputError, NotFoundError
from bot.domain.identifiers import new_id
from bot.domain.picture import Picture
from bot.domain.viewer import Role, Viewer
from bot.ports import AuditTrail, Clock, Complaints, Pictures, RateLimiter
from bot.services.complaints.desk import may_see

LARGEST_PICTURE: Final = 5 * 1024 * 1024
_FORMATS: Final = ("JPEG", "PNG", "WEBP")
# What a telephone's camera makes; more unpacks into too much memory, whatever the file's size.
_MOST_PIXELS: Final = 50_000_000
_LONGEST_SIDE: Final = 2_048
_QUALITY: Final = 82
# A picture is unpacked into up to 150 MB, so one at a time.
_AT_ONCE: Final = 1
_HOUR: Final = 3_600
_MOST_AN_HOUR: Final = 12
# All that Pillow raises where a file is not what it says.
_BROKEN: Final = (
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    IndexError,
    KeyError,
    TypeError,
    OverflowError,
    struct.error,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)


class PictureRefusedError(InvalidInputError):
    """Not a picture that we take."""

    code = "picture-refused"
    title = "这张图片不能用"


class PictureTaking:
    """Takes pictures in and shows them to whoever may see the complaint."""

    def __init__(
        self,
        *,
        pictures: Pictures,
        complaints: Complaints,
        limiter: RateLimiter,
        clock: Clock,
        audit: AuditTrail,
    ) -> None:
        self._pictures = pictures
        self._complaints = complaints
        self._limiter = limiter
        self._clock = clock
        self._audit = audit
        self._turnstile = asyncio.Semaphore(_AT_ONCE)

    async def take(self, viewer: Viewer, content: bytes) -> Picture:
        """The picture as it is kept. Raises PictureRefusedError, TooManyRequestsError."""
        await self._limiter.spend(f"pictures:{viewer.id}", limit=_MOST_AN_HOUR, window_seconds=_HOUR)
        async with self._turnstile:
            drawn = await asyncio.to_thread(draw_anew, content)
        picture = Picture(id=new_id(), owner_id=viewer.id, media_type="image/jpeg", content=drawn, at=self._clock.now())
        await self._pictures.add(picture)
        return picture

    async def show(self, viewer: Viewer, picture_id: str) -> Picture:
        """The picture, to who sent it and to who works on its complaint. Raises NotFoundError."""
        picture = await self._pictures.get(picture_id)
        if picture.owner_id == viewer.id:
            return picture
        case = await self._complaints.find_with_picture(picture_id) if viewer.role is not Role.CITIZEN else None
        if case is None or not may_see(viewer, case):
            raise NotFoundError("没有找到这张图片")
        await self._audit.record(
            actor_id=viewer.id, action="picture-opened", target=case.complaint.number, detail=picture_id
        )
        return picture


def draw_anew(content: bytes) -> bytes:
    """The picture as a JPEG of its own: no place, time or camera in it, and nothing that hid behind its pixels.

    Raises:
        PictureRefusedError: it is too large, no JPEG, PNG or WebP, or broken.
    """
    if len(content) > LARGEST_PICTURE:
        raise PictureRefusedError("图片不能超过 5 MB")
    try:
        with Image.open(io.BytesIO(content), formats=_FORMATS) as opened:
            if opened.width * opened.height > _MOST_PIXELS:
                raise PictureRefusedError("图片太大了，请缩小后再发")
            upright = ImageOps.exif_transpose(opened)
            upright.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
            return _write_jpeg(upright)
    except _BROKEN as error:
        raise PictureRefusedError("只收 JPEG、PNG、WebP 图片，而且要能打开") from error


def _write_jpeg(picture: Image.Image) -> bytes:
    """Only the pixels go along, on white where the picture is transparent."""
    pixels = picture.convert("RGBA")
    canvas = Image.new("RGB", pixels.size, "white")
    canvas.paste(pixels, mask=pixels.getchannel("A"))
    written = io.BytesIO()
    canvas.save(written, "JPEG", quality=_QUALITY)
    return written.getvalue()
