"""The data-sharing platform behind the gateway: licences without an APP, and the record of false promises.

The citizen's consent on our page is enough here: there is no hand-over. Answers follow the words of the Yangtze delta
interface: `status{code, text}` and a list of records.
"""

from typing import Any, Final

from bot.domain.e_license import License, LicenseRequest
from bot.domain.errors import ForbiddenError, NotFoundError, UnavailableError
from bot.domain.identity import Identity
from bot.domain.watermark import SealKind, Watermark
from bot.ports import Clock
from integrations.e_license.field_map import REGIONAL, translate_fields
from integrations.irs_gateway import IrsGateway
from integrations.transport import SystemRefusedError

QUERY_PATH: Final = "/restapi/prod/IC33000020230101000002/share/license"
TRUST_PATH: Final = "/restapi/prod/IC33000020230101000003/share/commitment-record"
_GOOD: Final = "0"


class SharingPlatformLicenses:
    """Implements `LicenseProvider`."""

    def __init__(self, gateway: IrsGateway, *, clock: Clock) -> None:
        self._gateway = gateway
        self._clock = clock

    def make_hand_over(self, _request: LicenseRequest, _token: str, _return_url: str) -> str | None:
        """See `LicenseProvider`."""
        return None

    async def fetch(self, request: LicenseRequest, code: str, *, requester: str) -> License:
        """See `LicenseProvider`."""
        try:
            answer = await self._gateway.call(QUERY_PATH, _word_query(request, requester))
        except SystemRefusedError as error:
            raise ForbiddenError("共享平台没有同意调取") from error
        if _code_of(answer) != _GOOD:
            raise ForbiddenError("共享平台没有同意调取")
        records = answer.get("data") or []
        if not records:
            raise NotFoundError("共享平台上没有查到您的这张证照")
        producer = str(records[0].get("issue_org_name") or request.issuing_unit)
        watermark = Watermark(requester=requester, producer=producer, at=self._clock.now(), seal=SealKind.SHARING)
        return License(fields=translate_fields(records[0], REGIONAL, "data_fields"), watermark=watermark)


class SharingPlatformTrust:
    """Implements `TrustSource`: the only source that may say that a false promise was not made good."""

    def __init__(self, gateway: IrsGateway) -> None:
        self._gateway = gateway

    async def has_false_promise(self, identity: Identity) -> bool:
        """See `TrustSource`."""
        content = {"holder_name": identity.name, "holder_identity_num": identity.number}
        try:
            answer = await self._gateway.call(TRUST_PATH, content)
        except SystemRefusedError as error:
            raise UnavailableError("信用记录暂时查不到") from error
        if _code_of(answer) != _GOOD:
            raise UnavailableError("信用记录暂时查不到")
        return any(not record.get("is_repaired") for record in answer.get("data") or [])


def _code_of(answer: dict[str, Any]) -> str:
    status = answer.get("status")
    return str(status.get("code")) if isinstance(status, dict) else ""


def _word_query(request: LicenseRequest, requester: str) -> dict[str, Any]:
    holder = request.consent.holder if request.consent else None
    return {
        "license_item_code": request.certificate_id,
        "holder_name": holder.name if holder else "",
        "holder_identity_num": holder.number if holder else "",
        "casecode": request.case_number,
        "items": request.matter_id,
        "operator": {"service_org": requester, "service_org_code": request.unit_id},
        "use_for": request.purpose,
        "consent": request.consent.reference if request.consent else "",
        "fields": list(request.fields),
    }
