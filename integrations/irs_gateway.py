r"""The provincial gateway (IRS) behind which 浙里办 and the data-sharing platform are reached: signed headers, clock.

Signature: Base64(HMAC-SHA-256(secret, METHOD \n path \n sorted encoded query \n access key \n date \n)), the last line
feed included; the date is RFC 1123 in GMT. The gateway refuses a clock that is more than about 90 seconds off: then
its own time is taken from its answer, and the message is sent once more.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import quote, urlencode

from bot.domain.errors import UnavailableError
from bot.ports import Clock
from integrations.signing import Credentials
from integrations.transport import Outgoing, SystemDownError, SystemRefusedError, Transport

ACCESS_KEY: Final = "X-BG-HMAC-ACCESS-KEY"
SIGNATURE: Final = "X-BG-HMAC-SIGNATURE"
ALGORITHM: Final = "X-BG-HMAC-ALGORITHM"
DATE_TIME: Final = "X-BG-DATE-TIME"
TOLERANCE_SECONDS: Final = 90


def sign_headers(
    credentials: Credentials, *, method: str, path: str, query: Mapping[str, str], at: datetime
) -> dict[str, str]:
    """The headers that sign one call."""
    date = format_date(at)
    return {
        ACCESS_KEY: credentials.app,
        SIGNATURE: make_signature(credentials, method=method, path=path, query=query, date=date),
        ALGORITHM: "hmac-sha256",
        DATE_TIME: date,
    }


def make_signature(credentials: Credentials, *, method: str, path: str, query: Mapping[str, str], date: str) -> str:
    """The signature over what the gateway reads again on its side."""
    text = "".join(f"{line}\n" for line in (method.upper(), path, encode_query(query), credentials.app, date))
    return base64.b64encode(hmac.new(credentials.secret.encode(), text.encode(), hashlib.sha256).digest()).decode()


def encode_query(query: Mapping[str, str]) -> str:
    """Parameters in the order of their names, percent-encoded, the space as %20."""
    return urlencode(sorted(query.items()), quote_via=quote)


def format_date(at: datetime) -> str:
    """RFC 1123 in GMT."""
    return format_datetime(at.astimezone(UTC), usegmt=True)


class IrsGateway:
    """Calls interfaces behind the gateway.

    Attributes:
        skew: how far its clock is ahead of ours, as far as we had to notice; a metric watches it.
    """

    def __init__(self, transport: Transport, *, credentials: Credentials, clock: Clock) -> None:
        self._transport = transport
        self._credentials = credentials
        self._clock = clock
        self.skew = timedelta()

    @property
    def app(self) -> str:
        """Our name at the gateway."""
        return self._credentials.app

    async def call(self, path: str, content: Mapping[str, Any]) -> dict[str, Any]:
        """The JSON object that an interface answers.

        Raises:
            UnavailableError: it does not answer, answers no JSON, or does not know us.
            SystemRefusedError: it refuses this call.
        """
        try:
            return await self._post(path, content)
        except SystemRefusedError as error:
            if error.status != HTTPStatus.UNAUTHORIZED:
                raise
            if not self._learn_time(error.date):
                raise UnavailableError("政务网关不认我们的签名，请联系管理员") from error
        try:
            return await self._post(path, content)
        except SystemRefusedError as error:
            raise UnavailableError("政务网关不认我们的签名，请联系管理员") from error

    async def _post(self, path: str, content: Mapping[str, Any]) -> dict[str, Any]:
        at = self._clock.now() + self.skew
        headers = sign_headers(self._credentials, method="POST", path=path, query={}, at=at)
        headers["Content-Type"] = "application/json"
        body = json.dumps(content, ensure_ascii=False).encode()
        answer = await self._transport.send(Outgoing(method="POST", path=path, headers=headers, body=body))
        try:
            decoded = json.loads(answer)
        except ValueError as error:
            raise SystemDownError("政务网关的回答看不懂") from error
        if not isinstance(decoded, dict):
            raise SystemDownError("政务网关的回答看不懂")
        return decoded

    def _learn_time(self, date: str) -> bool:
        """Takes the gateway's time where ours is off; False where the clock is not what it minds."""
        try:
            theirs = parsedate_to_datetime(date)
        except ValueError:
            return False
        skew = theirs - self._clock.now()
        is_news = abs((skew - self.skew).total_seconds()) > TOLERANCE_SECONDS / 2
        self.skew = skew if is_news else self.skew
        return is_news
