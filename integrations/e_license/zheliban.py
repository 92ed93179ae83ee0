"""Electronic licences in 浙里办: the citizen grants in the APP, and the gateway hands out what was granted.

The address that opens the APP is signed as `integrations.signed_link` says. The path of the query interface is given
when access to the gateway is; its request and answer follow the words of GB/T 36903.
"""

from typing import Any, Final

from bot.domain.e_license import License, LicenseRequest
from bot.domain.errors import ForbiddenError, NotFoundError
from bot.domain.watermark import SealKind, Watermark
from bot.ports import Clock
from integrations.e_license.field_map import NATIONAL, translate_fields
from integrations.irs_gateway import IrsGateway
from integrations.signed_link import sign_link
from integrations.signing import Credentials
from integrations.transport import SystemRefusedError

QUERY_PATH: Final = "/restapi/prod/IC33000020230101000001/license/query"
HAND_OVER_PATH: Final = "/app/license/authorize"


class ZhelibanLicenses:
    """Implements `LicenseProvider`."""

    def __init__(self, gateway: IrsGateway, *, credentials: Credentials, portal_url: str, clock: Clock) -> None:
        self._gateway = gateway
        self._credentials = credentials
        self._portal_url = portal_url
        self._clock = clock

    def make_hand_over(self, request: LicenseRequest, token: str, return_url: str) -> str | None:
        """See `LicenseProvider`."""
        query = describe_hand_over(request, token, return_url)
        return sign_link(self._credentials, self._portal_url, HAND_OVER_PATH, query, self._clock.now())

    async def fetch(self, request: LicenseRequest, code: str, *, requester: str) -> License:
        """See `LicenseProvider`."""
        try:
            answer = await self._gateway.call(QUERY_PATH, _word_query(request, code, requester))
        except SystemRefusedError as error:
            raise ForbiddenError("“浙里办”没有同意调取，请重新授权") from error
        if not answer.get("success"):
            raise ForbiddenError("“浙里办”没有同意调取，请重新授权")
        found = (answer.get("data") or {}).get("certificates") or []
        if not found:
            raise NotFoundError("“浙里办”里没有查到您的这张证照")
        producer = str(found[0].get("certificateIssuingAuthorityName") or request.issuing_unit)
        watermark = Watermark(requester=requester, producer=producer, at=self._clock.now(), seal=SealKind.SHARING)
        return License(fields=translate_fields(found[0], NATIONAL, "extendedFields"), watermark=watermark)


def describe_hand_over(request: LicenseRequest, token: str, return_url: str) -> dict[str, str]:
    """What the APP shows its user before it asks for a yes; nothing of a person is in it."""
    return {
        "token": token,
        "items": request.certificate_id,
        "fields": ",".join(request.fields),
        "casecode": request.case_number,
        "division": request.unit_id,
        "purpose": request.purpose,
        "sp": return_url,
    }


def _word_query(request: LicenseRequest, code: str, requester: str) -> dict[str, Any]:
    consent = request.consent
    return {
        "grantCode": code,
        "certificateTypeCode": request.certificate_id,
        "certificateHolderName": consent.holder.name if consent else "",
        "certificateHolderCode": consent.holder.number if consent else "",
        "caseId": request.case_number,
        "matterCode": request.matter_id,
        "useFor": request.purpose,
        "requestOrgName": requester,
        "consentReference": consent.reference if consent else "",
        "fields": list(request.fields),
    }
