"""The older personal login of 浙里办 (`simpleauth`), for a city that has not moved to IRS V2 yet.

The request is signed by MD5 over service code, password and time, as that system wants it.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlencode

from bot.domain.errors import UnauthenticatedError
from bot.domain.identity import Identity, IdentityLevel
from bot.ports import Clock
from bot.services.clock import CHINA_TIME
from integrations.identity.zheliban import SOURCE
from integrations.signing import Credentials
from integrations.transport import Outgoing, SystemDownError, Transport

AUTH_PATH: Final = "/sso/servlet/simpleauth"
LOGIN_PATH: Final = "/sso/mobile.do"
_LEVELS: Final = {"1": IdentityLevel.REGISTERED, "2": IdentityLevel.REAL_NAME, "3": IdentityLevel.ADVANCED}


class ZhelibanOlderLogin:
    """Implements `LoginSystem`; the credentials are service code and password."""

    def __init__(self, transport: Transport, *, credentials: Credentials, clock: Clock, portal_url: str) -> None:
        self._transport = transport
        self._credentials = credentials
        self._clock = clock
        self._portal_url = portal_url.rstrip("/")

    def make_login_url(self, return_url: str) -> str:
        """See `LoginSystem`."""
        query = urlencode({"action": "oauth", "servicecode": self._credentials.app, "goto": return_url})
        return f"{self._portal_url}{LOGIN_PATH}?{query}"

    async def identify(self, ticket: str) -> Identity:
        """See `LoginSystem`."""
        token = (await self._ask("ticketValidation", {"st": ticket})).get("token")
        user = await self._ask("getUserInfo", {"token": str(token or "")})
        return Identity(
            source=SOURCE,
            subject=str(user.get("userid") or ""),
            level=_LEVELS.get(str(user.get("authlevel")), IdentityLevel.REGISTERED),
            name=str(user.get("username") or ""),
            number=str(user.get("idnum") or "").upper(),
            phone=str(user.get("mobile") or ""),
        )

    async def _ask(self, method: str, content: Mapping[str, str]) -> Mapping[str, Any]:
        signed = sign_form(self._credentials, self._clock.now())
        form = urlencode({"method": method, **signed, **content, "datatype": "json"})
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        outgoing = Outgoing(method="POST", path=AUTH_PATH, headers=headers, body=form.encode(), is_repeatable=False)
        try:
            answer = json.loads(await self._transport.send(outgoing))
        except ValueError as error:
            raise SystemDownError("登录系统的回答看不懂") from error
        if not isinstance(answer, dict) or str(answer.get("result")) != "0":
            raise UnauthenticatedError("登录没有成功，请再登录一次")
        return answer


def sign_form(credentials: Credentials, at: datetime) -> dict[str, str]:
    """`servicecode`, `time` (local, 14 digits) and `sign`."""
    time = f"{at.astimezone(CHINA_TIME):%Y%m%d%H%M%S}"
    text = f"{credentials.app}{credentials.secret}{time}"
    sign = hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
    return {"servicecode": credentials.app, "time": time, "sign": sign}
