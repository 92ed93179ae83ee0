"""Electronic licences in 阿拉警察. It publishes no interface, so this is the project's own signed contract.

1. The citizen's browser opens `GET /app/licence/authorize`, signed as `integrations.signed_link` says.
2. The APP posts its user's decision to `/api/v1/callbacks/e-licences/ala_police`, signed as `integrations.signing`
   says: `{"token", "decision": "GRANTED" | "REFUSED", "code", "holderNumber"}`.
3. We post `{"code", "certificate", "holderName", "holderNumber", "caseNumber", "matter", "purpose", "requester",
   "consent", "fields"}` to `/licences/query`, signed the same way; the answer is `{"fields": {NAME: VALUE},
   "producer"}`, or 404 where the holder has none.
"""

import json
from http import HTTPStatus
from typing import Any, Final

import msgspec

from bot.domain.e_license import License, LicenseRequest
from bot.domain.errors import ForbiddenError, NotFoundError
from bot.domain.identifiers import new_id
from bot.domain.watermark import SealKind, Watermark
from bot.ports import Clock
from integrations.e_license.zheliban import describe_hand_over
from integrations.signed_link import sign_link
from integrations.signing import Credentials, sign_message
from integrations.transport import Outgoing, SystemDownError, SystemRefusedError, Transport

HAND_OVER_PATH: Final = "/app/licence/authorize"
QUERY_PATH: Final = "/licences/query"


class _Answer(msgspec.Struct, frozen=True, kw_only=True):
    fields: dict[str, str]
    producer: str


_ANSWERS: Final = msgspec.json.Decoder(_Answer)


class AlaPoliceLicenses:
    """Implements `LicenseProvider`."""

    def __init__(self, transport: Transport, *, credentials: Credentials, app_url: str, clock: Clock) -> None:
        self._transport = transport
        self._credentials = credentials
        self._app_url = app_url
        self._clock = clock

    def make_hand_over(self, request: LicenseRequest, token: str, return_url: str) -> str | None:
        """See `LicenseProvider`."""
        query = describe_hand_over(request, token, return_url)
        return sign_link(self._credentials, self._app_url, HAND_OVER_PATH, query, self._clock.now())

    async def fetch(self, request: LicenseRequest, code: str, *, requester: str) -> License:
        """See `LicenseProvider`."""
        body = json.dumps(_word_query(request, code, requester), ensure_ascii=False).encode()
        now = self._clock.now()
        headers = sign_message(
            self._credentials, method="POST", path=QUERY_PATH, body=body, at=now, message_id=new_id()
        )
        headers["Content-Type"] = "application/json"
        outgoing = Outgoing(method="POST", path=QUERY_PATH, headers=headers, body=body)
        try:
            answer = _ANSWERS.decode(await self._transport.send(outgoing))
        except SystemRefusedError as error:
            if error.status == HTTPStatus.NOT_FOUND:
                raise NotFoundError("“阿拉警察”里没有查到您的这张证照") from error
            raise ForbiddenError("“阿拉警察”没有同意调取，请重新授权") from error
        except msgspec.MsgspecError as error:
            raise SystemDownError("“阿拉警察”的回答看不懂") from error
        watermark = Watermark(requester=requester, producer=answer.producer, at=now, seal=SealKind.SHARING)
        return License(fields=answer.fields, watermark=watermark)


def _word_query(request: LicenseRequest, code: str, requester: str) -> dict[str, Any]:
    consent = request.consent
    return {
        "code": code,
        "certificate": request.certificate_id,
        "holderName": consent.holder.name if consent else "",
        "holderNumber": consent.holder.number if consent else "",
        "caseNumber": request.case_number,
        "matter": request.matter_id,
        "purpose": request.purpose,
        "requester": requester,
        "consent": consent.reference if consent else "",
        "fields": list(request.fields),
    }
