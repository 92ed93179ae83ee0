"""浙里办's unified login (IRS V2): the ticket of a login becomes an identity.

The ticket is exchanged for a token, the token for the person. Where the system names no level of the account, a person
with an identity number counts as 已实名, anybody else as only registered.
"""

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlencode

from bot.domain.errors import UnauthenticatedError
from bot.domain.identity import Identity, IdentityKind, IdentityLevel
from integrations.irs_gateway import IrsGateway
from integrations.transport import SystemRefusedError

SOURCE: Final = "zheliban"
TOKEN_PATH: Final = "/restapi/prod/IC33000020220329000007/uc/sso/access_token"
USER_PATH: Final = "/restapi/prod/IC33000020220329000008/uc/sso/getUserInfo"
LOGIN_PATH: Final = "/uc/sso/login"


class ZhelibanLogin:
    """Implements `LoginSystem`.

    Args:
        portal_url: where people log in, such as `https://portal.zjzwfw.gov.cn`.
    """

    def __init__(self, gateway: IrsGateway, *, portal_url: str) -> None:
        self._gateway = gateway
        self._portal_url = portal_url.rstrip("/")

    def make_login_url(self, return_url: str) -> str:
        """See `LoginSystem`."""
        return f"{self._portal_url}{LOGIN_PATH}?{urlencode({'appId': self._gateway.app, 'sp': return_url})}"

    async def identify(self, ticket: str) -> Identity:
        """See `LoginSystem`."""
        token = (await self._ask(TOKEN_PATH, {"ticketId": ticket, "appId": self._gateway.app})).get("accessToken")
        return read_identity(await self._ask(USER_PATH, {"token": str(token or "")}))

    async def _ask(self, path: str, content: Mapping[str, str]) -> Mapping[str, Any]:
        try:
            answer = await self._gateway.call(path, content)
        except SystemRefusedError as error:
            raise UnauthenticatedError("登录没有成功，请再登录一次") from error
        data = answer.get("data")
        if not answer.get("success") or not isinstance(data, dict):
            raise UnauthenticatedError("登录没有成功，请再登录一次")
        return data


def read_identity(data: Mapping[str, Any]) -> Identity:
    """A person, or a legal person, out of the answer of `getUserInfo`. Raises UnauthenticatedError."""
    if data.get("userType") == "LEGAL_PERSON":
        return _read_legal_person(data.get("legalPersonInfo") or {})
    person = data.get("personInfo") or {}
    if not person.get("userId"):
        raise UnauthenticatedError("登录系统没有说出您是谁，请再登录一次")
    return Identity(
        source=SOURCE,
        subject=str(person["userId"]),
        level=_read_level(person, person.get("idNo")),
        name=str(person.get("userName") or ""),
        number=str(person.get("idNo") or "").upper(),
        phone=str(person.get("phone") or ""),
    )


def _read_legal_person(company: Mapping[str, Any]) -> Identity:
    if not company.get("unifiedSocialId"):
        raise UnauthenticatedError("登录系统没有说出是哪家单位，请再登录一次")
    return Identity(
        source=SOURCE,
        subject=str(company.get("corpId") or company["unifiedSocialId"]),
        level=_read_level(company, company["unifiedSocialId"]),
        kind=IdentityKind.LEGAL_PERSON,
        name=str(company.get("name") or ""),
        number=str(company["unifiedSocialId"]).upper(),
        phone=str(company.get("attnPhone") or ""),
    )


def _read_level(holder: Mapping[str, Any], number: Any) -> IdentityLevel:
    attributes = holder.get("attributes")
    named = str((attributes or {}).get("authLevel", "")) if isinstance(attributes, dict) else ""
    if named in {"1", "2", "3"}:
        return IdentityLevel(int(named))
    return IdentityLevel.REAL_NAME if number else IdentityLevel.REGISTERED
