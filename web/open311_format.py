"""GeoReport v2 on the wire: the same content as XML or as JSON, errors too."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from http import HTTPStatus
from typing import Final, TypeAlias
from xml.etree import ElementTree as Xml

import msgspec
from aiohttp import web

from web.problems import Problem

# What XML 1.0 cannot hold even escaped.
_UNFIT: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_STATUSES: Final = {
    HTTPStatus.UNPROCESSABLE_ENTITY: HTTPStatus.BAD_REQUEST,
    HTTPStatus.CONFLICT: HTTPStatus.BAD_REQUEST,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: HTTPStatus.BAD_REQUEST,
}
Value: TypeAlias = "str | int | bool | Rows | None"
Item: TypeAlias = "Mapping[str, Value]"


class Format(StrEnum):
    """XML is compulsory in GeoReport, JSON optional."""

    JSON = "json"
    XML = "xml"

    @property
    def media_type(self) -> str:
        """As in `Content-Type`."""
        return f"application/{self.value}" if self is Format.JSON else "text/xml"


@dataclass(frozen=True, slots=True)
class Rows:
    """A list; `tag` is what each of its items is called in XML."""

    tag: str
    items: Sequence[Item]


def write_list(form: Format, root: str, rows: Rows, status: HTTPStatus = HTTPStatus.OK) -> web.Response:
    """A list, as GeoReport answers nearly everything."""
    if form is Format.JSON:
        return _respond(form, msgspec.json.encode([_plain(item) for item in rows.items]), status)
    return _respond(form, _write_xml(root, rows), status)


def write_one(form: Format, root: str, item: Item) -> web.Response:
    """A single object, as a service's definition is."""
    if form is Format.JSON:
        return _respond(form, msgspec.json.encode(_plain(item)), HTTPStatus.OK)
    return _respond(form, _write_xml(root, item), HTTPStatus.OK)


def write_problem(form: Format, problem: Problem) -> web.Response:
    """A problem as a list of errors, one for each field that is wrong."""
    status = _STATUSES.get(HTTPStatus(problem.status), HTTPStatus(problem.status))
    told = [f"{name}: {what}" for name, what in problem.fields.items()] or [problem.detail]
    response = write_errors(form, status, told)
    if problem.retry_after is not None:
        response.headers["Retry-After"] = str(problem.retry_after)
    return response


def write_errors(form: Format, status: HTTPStatus, descriptions: Sequence[str]) -> web.Response:
    """Errors with the status as their code."""
    items: list[Item] = [{"code": status.value, "description": description} for description in descriptions]
    return write_list(form, "errors", Rows("error", items), status)


def _plain(item: Item) -> dict[str, object]:
    return {
        name: [_plain(each) for each in value.items] if isinstance(value, Rows) else value
        for name, value in item.items()
    }


def _write_xml(root: str, content: "Rows | Item") -> bytes:
    element = Xml.Element(root)
    _fill(element, content)
    written: bytes = Xml.tostring(element, encoding="utf-8", xml_declaration=True)
    return written


def _fill(element: Xml.Element, content: "Value | Item") -> None:
    if isinstance(content, Rows):
        for item in content.items:
            _fill(Xml.SubElement(element, content.tag), item)
    elif isinstance(content, Mapping):
        for name, value in content.items():
            _fill(Xml.SubElement(element, name), value)
    elif isinstance(content, bool):
        element.text = str(content).lower()
    elif content is not None:
        element.text = _UNFIT.sub("\ufffd", str(content))


def _respond(form: Format, body: bytes, status: HTTPStatus) -> web.Response:
    headers = {"Content-Type": f"{form.media_type}; charset=utf-8", "Cache-Control": "no-store"}
    return web.Response(body=body, status=status.value, headers=headers)
