"""What a citizen does on the consent page: read, log in, agree or refuse, look at the licence, object to it."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from bot.domain import e_license
from bot.domain.case_numbers import draw_token, hash_token
from bot.domain.e_license import (
    Consent,
    LicenseRequest,
    LicenseState,
    Provider,
    agree,
    describe_consent,
    mask_field,
)
from bot.domain.errors import ConflictError, DomainError, ForbiddenError, NotFoundError, UnauthenticatedError
from bot.domain.identity import Identity
from bot.domain.use_record import UseAct, UseRecord
from bot.license_ports import Grant, IdentitySessions, LicenseProvider, LicenseStore, UseLedger
from bot.ports import Clock
from bot.services.knowledge import LiveKnowledge
from bot.services.licenses.uses import record_use
from bot.services.metrics import Metrics


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentView:
    """A look-up as its page shows it.

    Attributes:
        identity: who has logged in in this browser. is_mine: the browser in which it was agreed to.
        words: what is agreed to, by provider. uses: what has happened, the earliest first.
    """

    request: LicenseRequest
    matter: str
    certificate: str
    unit: str
    identity: Identity | None
    is_mine: bool
    words: Mapping[Provider, str]
    uses: tuple[UseRecord, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownField:
    """One field of a licence as it may stand on a screen."""

    name: str
    value: str
    is_disputed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownLicense:
    """A licence as its holder sees it: masked, with its watermark."""

    fields: tuple[ShownField, ...]
    watermark: tuple[str, ...]
    kept_until: datetime


class Consents:
    """Works for whoever holds the page's token; the licence itself only for the browser that agreed."""

    def __init__(
        self,
        *,
        licenses: LicenseStore,
        identities: IdentitySessions,
        ledger: UseLedger,
        providers: Mapping[Provider, LicenseProvider],
        knowledge: LiveKnowledge,
        clock: Clock,
        metrics: Metrics,
    ) -> None:
        self._licenses = licenses
        self._identities = identities
        self._ledger = ledger
        self._providers = providers
        self._knowledge = knowledge
        self._clock = clock
        self._metrics = metrics

    async def view(self, token: str, session: str) -> ConsentView:
        """The page's content. Raises NotFoundError for a token that is none, or whose time is over."""
        request = await self._get(token)
        catalogue = self._knowledge.current.catalogue
        identity = await self._identities.find(hash_token(session), self._clock.now()) if session else None
        matter = catalogue.matters[request.matter_id].name
        certificate = catalogue.certificates[request.certificate_id].name
        unit = self._name_unit(request)
        offered = [provider for provider in request.providers if provider in self._providers]
        return ConsentView(
            request=request,
            matter=matter,
            certificate=certificate,
            unit=unit,
            identity=identity,
            is_mine=bool(session) and request.session == hash_token(session),
            words={
                provider: describe_consent(
                    request, matter=matter, certificate=certificate, unit=unit, provider=provider.label
                )
                for provider in offered
            },
            uses=tuple(await self._ledger.list_about(request.id)),
        )

    async def agree(self, token: str, session: str, provider: Provider, return_url: str) -> str | None:
        """Records the consent and goes on: the address that opens the APP, or None where nothing more is needed.

        Raises:
            UnauthenticatedError: nobody has logged in in this browser.
            ForbiddenError: the login is not sure enough. ConflictError: it is too late.
        """
        view = await self.view(token, session)
        if view.identity is None:
            raise UnauthenticatedError("请先登录确认您是谁，再决定要不要同意")
        if provider not in view.words:
            raise ForbiddenError("这张证现在不能从那里调取")
        now = self._clock.now()
        consent = Consent(
            reference=draw_token()[:16], at=now, text_hash=hash_token(view.words[provider]), holder=view.identity
        )
        agreed = agree(view.request, consent, provider, hash_token(session))
        await self._licenses.change(agreed, record_use(agreed, UseAct.CONSENT, now))
        return await self._go_on(agreed, provider, return_url)

    async def refuse(self, token: str) -> None:
        """The citizen does not want it."""
        request = await self._get(token)
        refused = e_license.refuse(request)
        await self._licenses.change(refused, record_use(refused, UseAct.REFUSE, self._clock.now()))
        self._metrics.count("licenses", outcome="refused")

    async def hear_grant(self, provider: Provider, grant: Grant) -> None:
        """What an APP brings back.

        Raises:
            NotFoundError: nobody waits for it, as when it comes again. ConflictError: it comes too late.
        """
        request = await self._licenses.find_by_hand_over(hash_token(grant.token))
        if request is None or request.provider is not provider:
            raise NotFoundError("没有在等这个授权，它可能已经用过了")
        now = self._clock.now()
        if now > request.expires_at:
            raise ConflictError("授权来得太晚了，请回到页面重新打开")
        if not grant.code:
            refused = e_license.refuse(request)
            await self._licenses.change(refused, record_use(refused, UseAct.REFUSE, now))
            return
        if request.consent is None or grant.holder_number != request.consent.holder.number:
            await self._fail(request, "APP里登录的人和刚才确认身份的不是同一个人")
            return
        await self._fetch(request, provider, grant.code)

    async def show(self, token: str, session: str) -> ShownLicense:
        """The licence, masked, to the browser that agreed. Raises ForbiddenError, ConflictError."""
        request = await self._get(token)
        if not session or request.session != hash_token(session):
            raise ForbiddenError("只有确认身份、同意调取的那台设备能看")
        licence = request.license
        if licence is None:
            raise ConflictError("还没有调到，或者已经到时删除")
        if request.state is LicenseState.FETCHED:
            request = e_license.move(request, LicenseState.SHOWN)
            await self._licenses.change(request, record_use(request, UseAct.SHOW, self._clock.now()))
        fields = tuple(
            ShownField(name=name, value=mask_field(name, value), is_disputed=name in licence.disputed)
            for name, value in licence.fields.items()
        )
        return ShownLicense(fields=fields, watermark=licence.watermark.lines, kept_until=request.expires_at)

    async def close_over(self) -> int:
        """Ends what is over and forgets its licences; says how many that were."""
        now = self._clock.now()
        over = await self._licenses.list_over(now, 100)
        for request in over:
            # Another process, or the citizen, may have been faster.
            with suppress(ConflictError):
                await self._close(request, now)
        return len(over)

    async def _close(self, request: LicenseRequest, now: datetime) -> None:
        if request.state is LicenseState.HANDED_OVER:
            await self._fail(request, "没有等到APP里的授权")
            return
        expired = e_license.expire(request)
        await self._licenses.change(expired, record_use(request, UseAct.EXPIRE, now, by="system"))

    async def _go_on(self, request: LicenseRequest, provider: Provider, return_url: str) -> str | None:
        token = draw_token()
        address = self._providers[provider].make_hand_over(request, token, return_url)
        if address is None:
            await self._fetch(request, provider, "")
            return None
        now = self._clock.now()
        handed = e_license.hand_over(request, hash_token(token), now)
        await self._licenses.change(handed, record_use(handed, UseAct.HAND_OVER, now))
        return address

    async def _fetch(self, request: LicenseRequest, provider: Provider, code: str) -> None:
        try:
            licence = await self._providers[provider].fetch(request, code, requester=self._name_unit(request))
        except DomainError as error:
            # Also an outage: the citizen is told at once which other ways there are.
            await self._fail(request, error.detail)
            return
        now = self._clock.now()
        fetched = e_license.receive(request, licence, now)
        await self._licenses.change(fetched, record_use(fetched, UseAct.FETCH, now, by="system"))
        self._metrics.count("licenses", outcome="fetched")

    async def _fail(self, request: LicenseRequest, why: str) -> None:
        now = self._clock.now()
        failed = e_license.fail(request, why, now)
        await self._licenses.change(failed, record_use(failed, UseAct.FAIL, now, by="system"))
        self._metrics.count("licenses", outcome="failed")

    async def _get(self, token: str) -> LicenseRequest:
        request = await self._licenses.find_by_token(hash_token(token))
        if request is None:
            raise NotFoundError("这个链接不对，请回到聊天里重新打开")
        return request

    def _name_unit(self, request: LicenseRequest) -> str:
        unit = self._knowledge.current.catalogue.units.get(request.unit_id)
        return unit.name if unit else request.unit_id
