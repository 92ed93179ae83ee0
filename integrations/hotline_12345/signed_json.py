"""12345 by our own signed JSON contract, for a centre that publishes no interface.

Out: `POST /work-orders` (a new complaint) and `POST /work-orders/{our number}/updates`, signed as
`integrations.signing` says, with `Idempotency-Key`. The centre answers 200 or 202 with `{}` or `{"news": NEWS}`; later
news comes to `POST /api/v1/callbacks/hotline`, signed the same way. NEWS is
`{"eventId", "externalNumber", "workOrderCode", "status", "happenedAt", "unitId", "outcome", "days", "content"}`.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Final
from urllib.parse import quote

import msgspec

from bot.domain.errors import InvalidInputError
from bot.domain.filing import Letter
from bot.domain.hotline import FILE_TOPIC, HotlineNews, HotlineOrder, HotlineUpdate
from bot.ports import Clock
from integrations.hotline_12345.field_map import OUTCOMES, STATUSES, render_order, render_update
from integrations.signing import Credentials, check_message, sign_message
from integrations.transport import Outgoing, SystemDownError, Transport

_ORDERS: Final = msgspec.json.Decoder(HotlineOrder)
_UPDATES: Final = msgspec.json.Decoder(HotlineUpdate)


class News(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """News as it comes over the wire."""

    event_id: str
    external_number: str
    status: str
    happened_at: datetime
    work_order_code: str = ""
    unit_id: str | None = None
    outcome: str | None = None
    days: int = 0
    content: str = ""


class _Answer(msgspec.Struct, frozen=True, kw_only=True):
    news: News | None = None


_ANSWERS: Final = msgspec.json.Decoder(_Answer)
_NEWS: Final = msgspec.json.Decoder(News)


class SignedJsonHotline:
    """Implements `HotlineGateway`."""

    def __init__(self, transport: Transport, *, credentials: Credentials, clock: Clock) -> None:
        self._transport = transport
        self._credentials = credentials
        self._clock = clock

    async def deliver(self, letter: Letter) -> HotlineNews | None:
        """See `HotlineGateway`."""
        path, content = _address(letter)
        body = msgspec.json.encode(content)
        headers = sign_message(
            self._credentials, method="POST", path=path, body=body, at=self._clock.now(), message_id=letter.key
        )
        headers |= {"Content-Type": "application/json", "Idempotency-Key": letter.key}
        answer = await self._transport.send(Outgoing(method="POST", path=path, headers=headers, body=body))
        try:
            news = _ANSWERS.decode(answer or b"{}").news
        except msgspec.MsgspecError as error:
            raise SystemDownError("12345的回答看不懂") from error
        return None if news is None else translate_news(news)


def read_callback(
    credentials: Credentials, clock: Clock, method: str, path: str, headers: Mapping[str, str], body: bytes
) -> HotlineNews:
    """The news of a callback. Raises SignatureRefusedError, InvalidInputError."""
    check_message(credentials, headers, method=method, path=path, body=body, at=clock.now())
    return read_news(body)


def read_news(body: bytes) -> HotlineNews:
    """News out of the body of a callback whose signature was checked. Raises InvalidInputError."""
    try:
        return translate_news(_NEWS.decode(body))
    except msgspec.MsgspecError as error:
        raise InvalidInputError(f"回调内容有误：{error}") from error


def translate_news(news: News) -> HotlineNews:
    """The centre's words in ours. Raises InvalidInputError for a word that the field map does not know."""
    status = STATUSES.get(news.status)
    outcome = OUTCOMES.get(news.outcome) if news.outcome else None
    if status is None or (news.outcome and outcome is None):
        raise InvalidInputError(f"对照表里没有“{news.status} {news.outcome or ''}”")
    if news.happened_at.tzinfo is None:
        raise InvalidInputError("时间要带时区")
    return HotlineNews(
        id=news.event_id,
        number=news.external_number,
        status=status,
        at=news.happened_at,
        hotline_number=news.work_order_code,
        unit_id=news.unit_id,
        outcome=outcome,
        days=news.days,
        text=news.content,
    )


def _address(letter: Letter) -> tuple[str, dict[str, object]]:
    """Where a letter goes, and what it says there."""
    if letter.topic == FILE_TOPIC:
        return "/work-orders", render_order(_ORDERS.decode(letter.body))
    update = _UPDATES.decode(letter.body)
    return f"/work-orders/{quote(update.number)}/updates", render_update(update)
