"""Everything about licences, verifications and commitments, put together from stores and systems."""

from collections.abc import Coroutine, Mapping
from dataclasses import dataclass
from typing import Any

from bot.dialogue.errands import Errand, RefuseLicense, RequestLicense, TrackVerification
from bot.domain.e_license import Provider
from bot.license_ports import (
    CommitmentStore,
    IdentitySessions,
    LicenseProvider,
    LicenseStore,
    LoginSystem,
    TrustSource,
    UseLedger,
    VerificationStore,
)
from bot.ports import Clock
from bot.services.commitments import Commitments
from bot.services.errands import Handler
from bot.services.identities import Logins
from bot.services.knowledge import LiveKnowledge
from bot.services.licenses.asking import LicenseAsking
from bot.services.licenses.consents import Consents
from bot.services.licenses.objecting import Objecting
from bot.services.metrics import Metrics
from bot.services.verifications.answering import TellEnd, VerificationAnswering, tell_nobody
from bot.services.verifications.following import VerificationFollowing
from bot.services.verifications.opening import VerificationOpening
from bot.services.verifications.watching import VerificationWatch, repeat


@dataclass(frozen=True, slots=True, kw_only=True)
class LicenseStores:
    """What is kept."""

    licenses: LicenseStore
    verifications: VerificationStore
    identities: IdentitySessions
    commitments: CommitmentStore
    ledger: UseLedger


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """The systems outside, as far as there are any."""

    login: LoginSystem | None
    trust: TrustSource | None
    providers: Mapping[Provider, LicenseProvider]


@dataclass(frozen=True, slots=True, kw_only=True)
class LicenseOffice:
    """The use cases, as the web calls them, and the errands of the dialogue."""

    logins: Logins
    consents: Consents
    objecting: Objecting
    opening: VerificationOpening
    answering: VerificationAnswering
    watch: VerificationWatch
    commitments: Commitments
    stores: LicenseStores
    errands: Mapping[type[Errand], Handler]

    @property
    def loops(self) -> tuple[Coroutine[Any, Any, None], ...]:
        """What runs in the background: the clock of article 14, and forgetting licences."""
        return (
            repeat(self.watch.warn_due, "verification clock"),
            repeat(self.consents.close_over, "forgetting licences"),
        )


def open_license_office(
    stores: LicenseStores,
    outside: Outside,
    *,
    knowledge: LiveKnowledge,
    clock: Clock,
    metrics: Metrics,
    base_url: str,
    tell_end: TellEnd = tell_nobody,
) -> LicenseOffice:
    """The office.

    Args:
        base_url: how people reach the service, for addresses in replies; may be empty.
        tell_end: is told of every verification that has ended, so that its citizen hears of it.
    """
    opening = VerificationOpening(verifications=stores.verifications, knowledge=knowledge, clock=clock)
    return LicenseOffice(
        logins=Logins(identities=stores.identities, system=outside.login, clock=clock),
        consents=_open_consents(stores, outside, knowledge, clock, metrics),
        objecting=Objecting(licenses=stores.licenses, opening=opening, clock=clock),
        opening=opening,
        answering=VerificationAnswering(
            verifications=stores.verifications,
            ledger=stores.ledger,
            knowledge=knowledge,
            clock=clock,
            tell_end=tell_end,
        ),
        watch=VerificationWatch(verifications=stores.verifications, clock=clock, metrics=metrics),
        commitments=Commitments(
            commitments=stores.commitments,
            identities=stores.identities,
            trust=outside.trust,
            knowledge=knowledge,
            clock=clock,
        ),
        stores=stores,
        errands=_list_errands(stores, knowledge, base_url),
    )


def _open_consents(
    stores: LicenseStores, outside: Outside, knowledge: LiveKnowledge, clock: Clock, metrics: Metrics
) -> Consents:
    return Consents(
        licenses=stores.licenses,
        identities=stores.identities,
        ledger=stores.ledger,
        providers=outside.providers,
        knowledge=knowledge,
        clock=clock,
        metrics=metrics,
    )


def _list_errands(stores: LicenseStores, knowledge: LiveKnowledge, base_url: str) -> Mapping[type[Errand], Handler]:
    asking = LicenseAsking(licenses=stores.licenses, knowledge=knowledge, base_url=base_url)
    following = VerificationFollowing(verifications=stores.verifications, knowledge=knowledge)
    return {
        RequestLicense: asking.run_request,
        RefuseLicense: asking.run_refusal,
        TrackVerification: following.run_errand,
    }
