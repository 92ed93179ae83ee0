"""12345 as an Open311 GeoReport v2 server (wiki.open311.org/GeoReport_v2): we post requests and look how they stand.

GeoReport has no callbacks and no updates: what citizens add later goes as a new request that names the first, and
progress is asked for. The complaint's evidence travels in `attribute[…]`; other fields are GeoReport's own.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Any, Final
from urllib.parse import quote, urlencode

import msgspec

from bot.domain.errors import DomainError
from bot.domain.failure_report import describe_failure
from bot.domain.filing import Letter
from bot.domain.hotline import FILE_TOPIC, HotlineNews, HotlineOrder, HotlineStatus, HotlineUpdate
from bot.domain.work_order import Outcome
from bot.ports import Clock, HotlineDesk
from integrations.transport import Outgoing, SystemDownError, Transport

_LOG: Final = logging.getLogger(__name__)
_FORM: Final = "application/x-www-form-urlencoded"
# What a request's attributes are called.
SERVICE_CODE: Final = "certificate-demand"
_UPDATE_CODE: Final = "certificate-demand-update"


class _Created(msgspec.Struct, frozen=True, kw_only=True):
    service_request_id: str | None = None
    token: str | None = None
    service_notice: str | None = None


class _Request(msgspec.Struct, frozen=True, kw_only=True):
    service_request_id: str
    status: str
    status_notes: str | None = None
    updated_datetime: datetime | None = None


_CREATED: Final = msgspec.json.Decoder(list[_Created])
_REQUESTS: Final = msgspec.json.Decoder(list[_Request])


class Open311Hotline:
    """Implements `HotlineGateway`.

    Args:
        jurisdiction: `jurisdiction_id`, or empty where the server needs none. address_id: of our district.
    """

    def __init__(self, transport: Transport, *, api_key: str, jurisdiction: str, address_id: str, clock: Clock) -> None:
        self._transport = transport
        self._api_key = api_key
        self._jurisdiction = jurisdiction
        self._address_id = address_id
        self._clock = clock

    async def deliver(self, letter: Letter) -> HotlineNews | None:
        """See `HotlineGateway`. The key travels as `account_id`, by which the server knows a repeated request."""
        number, fields = self._fields_of(letter)
        created = await self._post(fields)
        if letter.topic != FILE_TOPIC:
            return None
        request_id = created.service_request_id or await self._redeem(created.token)
        if request_id is None:
            raise SystemDownError("12345收下了，还没有给号码")
        return HotlineNews(
            id=f"open311-{request_id}-accepted",
            number=number,
            status=HotlineStatus.ACCEPTED,
            at=self._clock.now(),
            hotline_number=request_id,
            text=created.service_notice or "",
        )

    async def look(self, number: str, request_id: str) -> HotlineNews | None:
        """What the server says of a request now; None while it is open. Raises SystemDownError, SystemRefusedError."""
        path = f"/requests/{quote(request_id)}.json" + self._query()
        found = _decode(_REQUESTS, await self._transport.send(Outgoing(method="GET", path=path)))
        closed = next((item for item in found if item.status.lower() == "closed"), None)
        if closed is None:
            return None
        return HotlineNews(
            id=f"open311-{request_id}-closed",
            number=number,
            status=HotlineStatus.ANSWERED,
            at=closed.updated_datetime or self._clock.now(),
            hotline_number=request_id,
            # GeoReport says only that it is closed; closed is not solved, so nothing better is claimed.
            outcome=Outcome.CANNOT_ACT if not closed.status_notes else Outcome.PARTLY,
            text=closed.status_notes or "12345已办结，没有写明结果",
        )

    async def _post(self, fields: dict[str, str]) -> _Created:
        body = urlencode(fields).encode()
        outgoing = Outgoing(
            method="POST",
            path="/requests.json",
            headers={"Content-Type": _FORM},
            body=body,
            # GeoReport knows no idempotency key: only a server that heeds `account_id` tells a repeat.
            is_repeatable=False,
        )
        created: list[_Created] = _decode(_CREATED, await self._transport.send(outgoing))
        if not created:
            raise SystemDownError("12345的回答是空的")
        return created[0]

    async def _redeem(self, token: str | None) -> str | None:
        """The number that a token stands for, if there is one already."""
        if token is None:
            return None
        path = f"/tokens/{quote(token)}.json" + self._query()
        found = _decode(_CREATED, await self._transport.send(Outgoing(method="GET", path=path)))
        return next((item.service_request_id for item in found if item.service_request_id), None)

    def _query(self) -> str:
        return f"?{urlencode({'jurisdiction_id': self._jurisdiction})}" if self._jurisdiction else ""

    def _fields_of(self, letter: Letter) -> tuple[str, dict[str, str]]:
        fields = {"api_key": self._api_key, "account_id": letter.key, "address_id": self._address_id}
        if self._jurisdiction:
            fields["jurisdiction_id"] = self._jurisdiction
        if letter.topic == FILE_TOPIC:
            order = msgspec.json.decode(letter.body, type=HotlineOrder)
            return order.number, fields | _fields_of_order(order)
        update = msgspec.json.decode(letter.body, type=HotlineUpdate)
        return update.number, fields | _fields_of_update(update)


class Open311Watch:
    """Asks how open requests stand, since a GeoReport server never calls back.

    Args:
        list_open: our number and theirs of every complaint that they have and that is not answered yet.
    """

    def __init__(
        self,
        gateway: Open311Hotline,
        desk: HotlineDesk,
        list_open: Callable[[], Awaitable[Sequence[tuple[str, str]]]],
        *,
        pause: float = 300.0,
    ) -> None:
        self._gateway = gateway
        self._desk = desk
        self._list_open = list_open
        self._pause = pause

    async def run(self) -> None:
        """Works until it is cancelled."""
        while True:
            try:
                await self.look_round()
            except Exception as error:  # noqa: BLE001 - the top of a background task
                _LOG.error("open requests were not looked at: %s", describe_failure(error))
            await asyncio.sleep(self._pause)

    async def look_round(self) -> None:
        """Looks at every open request once; one that cannot be looked at does not stop the others."""
        for number, request_id in await self._list_open():
            try:
                news = await self._gateway.look(number, request_id)
                if news is not None:
                    await self._desk.hear(news)
            except DomainError as error:
                _LOG.warning("open311 request %s: %s", request_id, error.code)


def _fields_of_order(order: HotlineOrder) -> dict[str, str]:
    attributes = {
        "number": order.number,
        "unit": order.unit_name or order.unit_id,
        "matter": order.matter_name,
        "certificate": "、".join(order.certificate_names),
        "date": order.happened_on.isoformat() if order.happened_on else "",
        "article20": ",".join(map(str, order.article20_items)),
        "evidence": "\n".join(order.evidence),
        "basis": "；".join(order.basis),
        "version": order.version,
        "protection": order.protection,
    }
    plain = {
        "service_code": SERVICE_CODE,
        "description": order.description or order.title,
        "address_string": order.place,
        "first_name": order.name,
        "phone": order.phone,
    }
    named = {f"attribute[{name}]": value for name, value in attributes.items()}
    return {name: value for name, value in (plain | named).items() if value}


def _fields_of_update(update: HotlineUpdate) -> dict[str, str]:
    named = {"attribute[number]": update.number, "attribute[action]": update.move.value}
    return {"service_code": _UPDATE_CODE, "description": update.text or update.move.label, **named}


def _decode(decoder: msgspec.json.Decoder[Any], content: bytes) -> Any:
    try:
        return decoder.decode(content)
    except msgspec.MsgspecError as error:
        raise SystemDownError("12345的回答看不懂") from error
