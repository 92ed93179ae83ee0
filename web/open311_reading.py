"""Reads what GeoReport clients send: forms with `attribute[…]` fields, and queries."""

import hmac
import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Final
from urllib.parse import parse_qsl

from aiohttp import web

from bot.domain.civic_request import CivicFilter, CivicStatus
from bot.domain.complaint import Protection
from bot.domain.errors import ForbiddenError, InvalidInputError, NotFoundError
from bot.domain.working_time import CHINA_TIME
from bot.services.civic_requests import CivicPost
from web.open311_services import SERVICE_CODE

_FORM: Final = "application/x-www-form-urlencoded"
_MOST_FIELDS: Final = 200
_MOST_CERTIFICATES: Final = 20
_ATTRIBUTE: Final = re.compile(r"attribute\[(\w+)\](?:\[\d*\])?")
_PHONE: Final = re.compile(r"[0-9０-９+()（） -]{0,24}")
_LONGEST: Final = {"description": 2_000, "story": 2_000, "first_name": 64, "last_name": 64, "certificate": 2_000}
_LONGEST_LINE: Final = 200
_YEARS: Final = range(2000, 2200)

Form = Mapping[str, tuple[str, ...]]


async def read_form(request: web.Request) -> Form:
    """The fields of a posted form, attributes under their own code. Raises InvalidInputError."""
    if request.content_type != _FORM:
        raise InvalidInputError(f"请用 {_FORM} 提交")
    try:
        text = (await request.read()).decode("utf-8")
        pairs = parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
    except ValueError as error:
        raise InvalidInputError("表单内容看不懂，请用 UTF-8 编码") from error
    form: dict[str, tuple[str, ...]] = {}
    for name, value in pairs:
        code = found.group(1) if (found := _ATTRIBUTE.fullmatch(name)) else name
        form[code] = (*form.get(code, ()), value.strip())
    return form


def find_program(keys: Mapping[str, str], form: Form) -> str:
    """Whose key came with the form. Raises ForbiddenError for none, or one that nobody was given."""
    given = _last(form, "api_key").encode()
    found = [name for name, key in keys.items() if hmac.compare_digest(key.encode(), given)]
    if not found or not given:
        raise ForbiddenError("缺少 api_key，或者它无效")
    return found[0]


def require_place(division: str, jurisdiction: str) -> None:
    """Raises NotFoundError for another jurisdiction than ours."""
    if jurisdiction not in {"", division}:
        raise NotFoundError("没有这个 jurisdiction_id")


def require_service(code: str) -> None:
    """Raises InvalidInputError for no service code, NotFoundError for one that is not offered."""
    if not code:
        raise InvalidInputError("缺少 service_code")
    if code != SERVICE_CODE:
        raise NotFoundError("没有这个 service_code")


def read_post(program: str, form: Form) -> CivicPost:
    """The request in a form. Raises InvalidInputError, naming each field."""
    require_service(_last(form, "service_code"))
    certificates = tuple(part for value in form.get("certificate", ()) for part in re.split("[、,，]", value) if part)
    wrong = {
        name: f"太长了，最多 {_LONGEST.get(name, _LONGEST_LINE)} 个字"
        for name, values in form.items()
        if any(len(value) > _LONGEST.get(name, _LONGEST_LINE) for value in values) and name in _READ
    }
    if not _PHONE.fullmatch(_last(form, "phone")):
        wrong["phone"] = "含有不能用的字符"
    if len(certificates) > _MOST_CERTIFICATES:
        wrong["attribute[certificate]"] = f"最多 {_MOST_CERTIFICATES} 种"
    if wrong:
        raise InvalidInputError("表单内容有误", wrong)
    return CivicPost(
        program=program,
        account=_last(form, "account_id"),
        story=_last(form, "description") or _last(form, "story"),
        unit=_last(form, "unit"),
        matter=_last(form, "matter"),
        certificates=tuple(dict.fromkeys(part.strip() for part in certificates)),
        happened_on=_read_day(_last(form, "date")),
        place=_last(form, "address_string"),
        name=_last(form, "last_name") + _last(form, "first_name"),
        phone=_last(form, "phone"),
        protection=_read_protection(_last(form, "protection")),
        content={name: "\0".join(values) for name, values in form.items() if name != "api_key"},
    )


def read_filter(query: Mapping[str, str]) -> CivicFilter:
    """The filter of a query. Raises InvalidInputError, NotFoundError for a service that is not offered."""
    for code in _split(query.get("service_code", "")):
        require_service(code)
    try:
        statuses = tuple(CivicStatus(word.lower()) for word in _split(query.get("status", "")))
    except ValueError as error:
        raise InvalidInputError("没有这种状态", {"status": "只能是 open 或 closed"}) from error
    return CivicFilter(
        ids=_split(query.get("service_request_id", "")),
        since=_read_moment(query, "start_date"),
        until=_read_moment(query, "end_date"),
        statuses=statuses,
    )


_READ: Final = frozenset(
    (*_LONGEST, "account_id", "unit", "matter", "date", "address_string", "phone", "protection", "service_code")
)


def _last(form: Form, name: str) -> str:
    return form[name][-1] if name in form else ""


def _split(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(",") if word.strip())


def _read_day(text: str) -> date | None:
    """A day, or the day in China of a moment."""
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError as error:
        raise InvalidInputError("日期不对", {"attribute[date]": "请写成 2026-11-18"}) from error


def _read_moment(query: Mapping[str, str], name: str) -> datetime | None:
    """A time with its zone; a plus that nobody escaped has become a space. Without a zone it is China's."""
    text = query.get(name, "").strip().replace(" ", "+")
    try:
        at = datetime.fromisoformat(text) if text else None
    except ValueError as error:
        raise InvalidInputError("时间不对", {name: "请写成 2026-11-18T09:00:00+08:00"}) from error
    if at is None:
        return None
    if at.year not in _YEARS:
        raise InvalidInputError("时间不对", {name: "请写近些年的时间"})
    return at if at.tzinfo else at.replace(tzinfo=CHINA_TIME)


def _read_protection(text: str) -> Protection | None:
    try:
        return Protection(text) if text else None
    except ValueError as error:
        raise InvalidInputError("保护方式不对", {"attribute[protection]": "只能是 anonymous、hidden、open"}) from error
