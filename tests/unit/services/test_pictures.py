"""What is taken for a picture, and what is left of it."""

import io
import struct
import zlib
from typing import Any

import pytest
from PIL import Image

from bot.services.pictures import LARGEST_PICTURE, PictureRefusedError, draw_anew

GPS = 0x8825


def make_picture(format_: str = "JPEG", size: tuple[int, int] = (40, 20), mode: str = "RGB", **more: Any) -> bytes:
    written = io.BytesIO()
    Image.new(mode, size, "red").save(written, format_, **more)
    return written.getvalue()


def make_located_picture() -> bytes:
    """As a telephone takes it: sideways, with place, time and maker."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "SecretPhone"
    exif[0x0132] = "2026:11:22 12:00:00"
    exif.get_ifd(GPS)[1] = "N"
    return make_picture(exif=exif)


def _open(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


@pytest.mark.parametrize(
    "content",
    [
        make_picture("JPEG"),
        make_picture("PNG"),
        make_picture("WEBP"),
        make_picture("PNG", mode="RGBA"),
        make_picture("PNG", mode="P"),
        make_picture("PNG", mode="L"),
        make_picture("JPEG", mode="CMYK"),
    ],
)
def test_the_three_kinds_become_jpegs_of_the_same_size(content: bytes) -> None:
    drawn = _open(draw_anew(content))
    assert (drawn.format, drawn.size) == ("JPEG", (40, 20))


def test_place_time_and_camera_are_gone_and_the_picture_stands_upright() -> None:
    content = make_located_picture()
    assert b"SecretPhone" in content
    drawn = draw_anew(content)
    assert b"SecretPhone" not in drawn
    assert not dict(_open(drawn).getexif())
    assert _open(drawn).size == (20, 40)


def test_what_hides_behind_the_pixels_is_gone() -> None:
    assert b"<script>" not in draw_anew(make_picture() + b"<script>alert(1)</script>")


def test_a_large_picture_is_made_smaller() -> None:
    assert _open(draw_anew(make_picture(size=(4_000, 1_000)))).size == (2_048, 512)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"hello",
        b"GIF89a" + bytes(40),
        make_picture("GIF"),
        make_picture("BMP"),
        make_picture("TIFF"),
        make_picture()[:200],
        make_picture("PNG")[:60],
        make_picture("WEBP")[:30],
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"%PDF-1.4",
    ],
)
def test_what_is_no_whole_picture_of_these_kinds_is_refused(content: bytes) -> None:
    with pytest.raises(PictureRefusedError):
        draw_anew(content)


@pytest.mark.parametrize("side", [8_000, 30_000])
def test_a_small_file_that_unpacks_into_too_much_is_refused(side: int) -> None:
    with pytest.raises(PictureRefusedError):
        draw_anew(_claim_size(side))


def test_a_file_that_is_too_large_is_refused_unread() -> None:
    with pytest.raises(PictureRefusedError, match="5 MB"):
        draw_anew(bytes(LARGEST_PICTURE + 1))


def _claim_size(side: int) -> bytes:
    """A PNG that claims to be so wide and high."""
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(bytes(1_000))), (b"IEND", b""))
    written = (
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(written)
