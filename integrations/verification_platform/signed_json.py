"""The verification platform by our own signed JSON contract, since none is public; both ways the same.

Out: `POST /requests` with a new request, `POST /requests/{number}/updates` with news of ours, signed as
`integrations.signing` says, with `Idempotency-Key`; 200 or 202 takes it. In: NEWS to
`POST /api/v1/callbacks/verification`, signed the same way. NEWS is `{"eventId", "number", "status": "ACCEPTED" |
"ANSWERED" | "CANNOT_VERIFY", "happenedAt", "finding": "true" | "false" | "partly", "facts", "reason"}`. There is no
status for a refusal: article 16 knows none.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final, Literal
from urllib.parse import quote

import msgspec

from bot.domain.errors import InvalidInputError
from bot.domain.filing import Letter
from bot.domain.verification import Finding
from bot.domain.verification_news import REQUEST_TOPIC, VerificationNews, VerificationOrder, VerificationStatus
from bot.ports import Clock
from integrations.signing import Credentials, check_message, sign_message
from integrations.transport import Outgoing, Transport

_ORDERS: Final = msgspec.json.Decoder(VerificationOrder)
_UPDATES: Final = msgspec.json.Decoder(VerificationNews)


class _News(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    event_id: str
    number: str
    status: Literal["ACCEPTED", "ANSWERED", "CANNOT_VERIFY"]
    happened_at: datetime
    finding: Literal["true", "false", "partly"] | None = None
    facts: str = ""
    reason: str = ""


_NEWS: Final = msgspec.json.Decoder(_News)


class SignedJsonVerification:
    """Carries letters whose topic begins with `verification`."""

    def __init__(self, transport: Transport, *, credentials: Credentials, clock: Clock) -> None:
        self._transport = transport
        self._credentials = credentials
        self._clock = clock

    async def __call__(self, letter: Letter) -> None:
        """Raises UnavailableError where it should be tried again, SystemRefusedError where that is no use."""
        path, content = _address(letter)
        body = msgspec.json.encode(content)
        headers = sign_message(
            self._credentials, method="POST", path=path, body=body, at=self._clock.now(), message_id=letter.key
        )
        headers |= {"Content-Type": "application/json", "Idempotency-Key": letter.key}
        await self._transport.send(Outgoing(method="POST", path=path, headers=headers, body=body))


class NewsReader:
    """Checks and reads the platform's callbacks."""

    def __init__(self, *, credentials: Credentials, clock: Clock) -> None:
        self._credentials = credentials
        self._clock = clock

    def __call__(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> VerificationNews:
        """The news. Raises SignatureRefusedError, InvalidInputError."""
        check_message(self._credentials, headers, method=method, path=path, body=body, at=self._clock.now())
        try:
            news = _NEWS.decode(body)
        except msgspec.MsgspecError as error:
            raise InvalidInputError(f"回调内容有误：{error}") from error
        if news.happened_at.tzinfo is None:
            raise InvalidInputError("时间要带时区")
        if news.status == "ANSWERED" and news.finding is None:
            raise InvalidInputError("已核实的要写明结果")
        return VerificationNews(
            id=news.event_id,
            number=news.number,
            status=VerificationStatus(news.status),
            at=news.happened_at,
            finding=Finding(news.finding) if news.finding else None,
            facts=news.facts,
            reason=news.reason,
        )


def _address(letter: Letter) -> tuple[str, dict[str, Any]]:
    if letter.topic == REQUEST_TOPIC:
        return "/requests", _render_order(_ORDERS.decode(letter.body))
    news = _UPDATES.decode(letter.body)
    return f"/requests/{quote(news.number)}/updates", _render_news(news)


def _render_order(order: VerificationOrder) -> dict[str, Any]:
    return {
        "number": order.number,
        "matterId": order.matter_id,
        "matterName": order.matter,
        "certificateId": order.certificate_id,
        "certificateName": order.certificate,
        "caseNumber": order.case_number,
        "requestingUnitId": order.requesting_unit_id,
        "requestingUnit": order.requesting_unit,
        "issuingUnitId": order.issuing_unit_id,
        "issuingUnit": order.issuing_unit,
        "requestedAt": order.requested_at,
        "class": order.handling,
        "dueAt": order.due_at,
        "holderName": order.name,
        "holderNumber": order.holder_number,
        "facts": order.facts,
    }


def _render_news(news: VerificationNews) -> dict[str, Any]:
    return {
        "eventId": news.id,
        "number": news.number,
        "status": news.status.value,
        "happenedAt": news.at,
        "finding": news.finding.value if news.finding else None,
        "facts": news.facts,
        "reason": news.reason,
    }
