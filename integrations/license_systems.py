"""Opens every system that licences, logins and verifications need, from plain values; absent ones are left out."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta

from aiohttp import ClientSession

from bot.domain.e_license import Provider
from bot.domain.filing import Letter
from bot.license_ports import LicenseProvider, LoginSystem, TrustSource
from bot.ports import Clock
from integrations.e_license.ala_police import AlaPoliceLicenses
from integrations.e_license.callbacks import GrantReader
from integrations.e_license.sharing_platform import SharingPlatformLicenses, SharingPlatformTrust
from integrations.e_license.zheliban import ZhelibanLicenses
from integrations.identity.zheliban import ZhelibanLogin
from integrations.identity.zheliban_older import ZhelibanOlderLogin
from integrations.irs_gateway import IrsGateway
from integrations.signing import Credentials
from integrations.transport import Transport
from integrations.verification_platform.signed_json import NewsReader, SignedJsonVerification

# A citizen waits for these; three tries must end before a page gives up.
_PATIENCE_SECONDS = 4.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemAddress:
    """Where a system is and what was agreed on with it; without an address there is none."""

    url: str
    credentials: Credentials


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """Of all these systems.

    Attributes:
        portal_url: where people log in to 浙里办 and its APP opens. older_login: service code and password, where the
            city still has the older login.
    """

    zheliban: SystemAddress
    portal_url: str
    older_login: Credentials | None
    ala_police: SystemAddress
    verification: SystemAddress


@dataclass(slots=True, kw_only=True)
class LicenseSystems:
    """The systems that there are."""

    login: LoginSystem | None = None
    trust: TrustSource | None = None
    providers: dict[Provider, LicenseProvider] = field(default_factory=dict)
    grants: dict[Provider, GrantReader] = field(default_factory=dict)
    read_news: NewsReader | None = None
    carry_verification: Callable[[Letter], Awaitable[None]] | None = None
    read_skew: Callable[[], float] = float


def open_license_systems(session: ClientSession, addresses: Addresses, clock: Clock) -> LicenseSystems:
    """Clients of all systems that have an address."""
    systems = LicenseSystems()
    if addresses.zheliban.url:
        _add_zheliban(systems, session, addresses, clock)
    if addresses.ala_police.url:
        _add_ala_police(systems, session, addresses.ala_police, clock)
    if addresses.verification.url:
        there = addresses.verification
        transport = _connect(session, "共享核查平台", there.url)
        systems.carry_verification = SignedJsonVerification(transport, credentials=there.credentials, clock=clock)
        systems.read_news = NewsReader(credentials=there.credentials, clock=clock)
    return systems


def _add_zheliban(systems: LicenseSystems, session: ClientSession, addresses: Addresses, clock: Clock) -> None:
    there, portal = addresses.zheliban, addresses.portal_url
    gateway = IrsGateway(_connect(session, "政务网关", there.url), credentials=there.credentials, clock=clock)
    systems.login = ZhelibanLogin(gateway, portal_url=portal)
    if addresses.older_login is not None:
        systems.login = ZhelibanOlderLogin(
            _connect(session, "浙里办登录", portal), credentials=addresses.older_login, clock=clock, portal_url=portal
        )
    systems.trust = SharingPlatformTrust(gateway)
    systems.providers[Provider.ZHELIBAN] = ZhelibanLicenses(
        gateway, credentials=there.credentials, portal_url=portal, clock=clock
    )
    systems.providers[Provider.SHARING] = SharingPlatformLicenses(gateway, clock=clock)
    systems.grants[Provider.ZHELIBAN] = GrantReader(credentials=there.credentials, clock=clock)
    systems.read_skew = lambda: gateway.skew / timedelta(seconds=1)


def _add_ala_police(systems: LicenseSystems, session: ClientSession, there: SystemAddress, clock: Clock) -> None:
    transport = _connect(session, "“阿拉警察”", there.url)
    systems.providers[Provider.ALA_POLICE] = AlaPoliceLicenses(
        transport, credentials=there.credentials, app_url=there.url, clock=clock
    )
    systems.grants[Provider.ALA_POLICE] = GrantReader(credentials=there.credentials, clock=clock)


def _connect(session: ClientSession, name: str, url: str) -> Transport:
    return Transport(session, name=name, base_url=url, patience=_PATIENCE_SECONDS)
