"""A citizen asks in the chat for an electronic licence, or takes that back: errands of the dialogue."""

from bot.dialogue.errands import LicenseOffered, LicenseRefused, RefuseLicense, RequestLicense
from bot.domain.case_numbers import NumberKind, draw_number, draw_token, hash_token
from bot.domain.catalogue import Catalogue
from bot.domain.e_license import PURPOSE, THINKING_TIME, LicenseRequest, refuse
from bot.domain.errors import NotFoundError
from bot.domain.identifiers import new_id
from bot.domain.license_rules import LookUpRule, find_rule
from bot.domain.use_record import UseAct
from bot.license_ports import LicenseStore
from bot.services.errands import Done, Occasion
from bot.services.knowledge import LiveKnowledge
from bot.services.licenses.uses import record_use


class LicenseAsking:
    """Opens look-ups.

    Args:
        base_url: how people reach the service; empty gives addresses without host.
    """

    def __init__(self, *, licenses: LicenseStore, knowledge: LiveKnowledge, base_url: str) -> None:
        self._licenses = licenses
        self._knowledge = knowledge
        self._base_url = base_url.rstrip("/")

    async def run_request(self, occasion: Occasion, errand: RequestLicense) -> Done:
        """Opens a look-up and says where the consent page is. Raises NotFoundError where no entry allows it."""
        catalogue = self._knowledge.current.catalogue
        rule = find_rule(catalogue, errand.matter_id, errand.certificate_id)
        if rule is None:
            raise NotFoundError("目录里没有这一项，不能调取")
        token = draw_token()
        request = _open(catalogue, rule, occasion, token)
        await self._licenses.add(request, record_use(request, UseAct.REQUEST, occasion.at))
        minutes = int(THINKING_TIME.total_seconds() // 60)
        url = f"{self._base_url}/consent/{token}"
        return LicenseOffered(url=url, minutes=minutes, providers=tuple(item.label for item in request.providers)), ()

    async def run_refusal(self, occasion: Occasion, _errand: RefuseLicense) -> Done:
        """Stops the look-up that was offered in this conversation, if it can still be stopped."""
        request = await self._licenses.find_open(occasion.viewer.id, occasion.conversation_id)
        if request is None:
            return LicenseRefused(), ()
        stopped = refuse(request)
        await self._licenses.change(stopped, record_use(stopped, UseAct.REFUSE, occasion.at))
        return LicenseRefused(), ()


def _open(catalogue: Catalogue, rule: LookUpRule, occasion: Occasion, token: str) -> LicenseRequest:
    entry = rule.entry
    return LicenseRequest(
        id=new_id(),
        token=hash_token(token),
        owner_id=occasion.viewer.id,
        conversation_id=occasion.conversation_id,
        purpose=PURPOSE,
        matter_id=entry.matter_id,
        certificate_id=entry.certificate_id,
        entry_id=entry.id,
        case_number=draw_number(NumberKind.CASE, occasion.at),
        unit_id=catalogue.matters[entry.matter_id].unit_id,
        issuing_unit=catalogue.certificates[entry.certificate_id].issuer,
        fields=rule.fields,
        providers=rule.providers,
        level=rule.level,
        requested_at=occasion.at,
        expires_at=occasion.at + THINKING_TIME,
    )
