"""Reads JSON strictly into typed models and says field by field, in Chinese, what does not fit."""

import re
from typing import Any, Final, TypeVar

import msgspec
from aiohttp import web

from bot.domain.errors import InvalidInputError

T = TypeVar("T")

_PLACE: Final = re.compile(r"(?P<complaint>.*?)(?: - at `\$\.?(?P<path>.*)`)?", re.DOTALL)
_MISSING: Final = re.compile(r"Object missing required field `(?P<field>[^`]*)`")
# What msgspec complains of → what to tell people; the first that fits.
_COMPLAINTS: Final = (
    (re.compile(r"Expected `\w+` of length <= (\d+)"), r"太长了，最多 \1 个字符"),
    (re.compile(r"Expected `\w+` of length >= (\d+)"), r"太短了，至少 \1 个字符"),
    (re.compile(r"Expected `\w+` matching regex.*"), "含有不能用的字符"),
    (re.compile(r"Expected `\w+` <= (\d+)"), r"太大了，最多 \1"),
    (re.compile(r"Expected `\w+` >= (\d+)"), r"太小了，至少 \1"),
    (re.compile(r"Expected `str.*"), "应当是文字"),
    (re.compile(r"Expected `int.*"), "应当是整数"),
    (re.compile(r"Expected `bool.*"), "应当是 true 或 false"),
    (re.compile(r"Invalid RFC3339.*"), "应当是带时区的时间，如 2026-01-01T08:00:00+08:00"),
)


_DECODERS: Final[dict[type[Any], "msgspec.json.Decoder[Any]"]] = {}


class MalformedBodyError(InvalidInputError):
    """A body that is no JSON at all."""

    code = "malformed-body"
    title = "请求内容不是有效的 JSON"


async def read_body(request: web.Request, kind: type[T]) -> T:
    """The body of a request. Raises MalformedBodyError, InvalidInputError; aiohttp refuses what is too large."""
    return read_json(await request.read(), kind)


def read_json(content: bytes | str, kind: type[T]) -> T:
    """JSON as this type; unknown fields are passed over. Raises MalformedBodyError, InvalidInputError."""
    try:
        decoded: T = _decoder_of(kind).decode(content)
    except msgspec.ValidationError as error:
        raise _explain(error) from error
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise MalformedBodyError from error
    return decoded


def read_query(request: web.Request, kind: type[T]) -> T:
    """The query of a request; of a name given twice the last counts. Raises InvalidInputError."""
    try:
        return msgspec.convert(dict(request.query), kind, strict=False)
    except msgspec.ValidationError as error:
        raise _explain(error) from error


def _decoder_of(kind: type[T]) -> "msgspec.json.Decoder[T]":
    decoder = _DECODERS.get(kind)
    if decoder is None:
        decoder = _DECODERS[kind] = msgspec.json.Decoder(kind)
    return decoder


def _explain(error: msgspec.ValidationError) -> InvalidInputError:
    place = _PLACE.fullmatch(str(error))
    complaint, path = (place["complaint"], place["path"] or "") if place else (str(error), "")
    if missing := _MISSING.fullmatch(complaint):
        path, what = f"{path}.{missing['field']}".lstrip("."), "缺少这一项"
    else:
        matches = ((pattern.match(complaint), text) for pattern, text in _COMPLAINTS)
        what = next((match.expand(text) for match, text in matches if match), "不是能用的值")
    if not path:
        return InvalidInputError("请求内容应当是一个 JSON 对象")
    return InvalidInputError(f"{path}：{what}", {path: what})
