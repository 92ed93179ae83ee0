"""Wires electronic licences, verifications and commitments to their stores and systems."""

from collections.abc import Mapping
from contextlib import AsyncExitStack

from aiohttp import ClientSession, web
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.ports import Clock
from bot.services.delivery import Carrier
from bot.services.license_office import LicenseOffice, Outside, open_license_office
from bot.services.verification_notices import VerificationNotices
from bot.settings import Settings
from bot.storage.cipher import Cipher
from bot.storage.license_stores import open_license_stores
from integrations.license_systems import Addresses, LicenseSystems, SystemAddress, open_license_systems
from integrations.sandbox.license_parts import playing_licenses
from integrations.signing import Credentials
from web import keys


async def open_licenses(
    app: web.Application,
    settings: Settings,
    stack: AsyncExitStack,
    *,
    engine: AsyncEngine,
    cipher: Cipher,
    clock: Clock,
) -> tuple[LicenseOffice, Mapping[str, Carrier]]:
    """The office, whose loops are still to be started, and who carries letters to the verification platform."""
    systems = await _open_systems(settings, stack, clock)
    notices = VerificationNotices(conversations=app[keys.CONVERSATIONS], knowledge=app[keys.KNOWLEDGE], clock=clock)
    office = open_license_office(
        open_license_stores(engine, cipher),
        Outside(login=systems.login, trust=systems.trust, providers=systems.providers),
        knowledge=app[keys.KNOWLEDGE],
        clock=clock,
        metrics=app[keys.METRICS],
        base_url=settings.base_url,
        tell_end=notices.tell_end,
    )
    app[keys.LICENSES] = office
    grants: Mapping[str, keys.ReadGrant] = {provider.value: read for provider, read in systems.grants.items()}
    app[keys.GRANTS] = grants
    if systems.read_news is not None:
        read_news: keys.ReadVerificationNews = systems.read_news
        app[keys.VERIFICATION_NEWS] = read_news
    app[keys.METRICS].watch("gateway_clock_skew_seconds", systems.read_skew)
    carry = systems.carry_verification
    return office, {} if carry is None else {"verification": carry}


async def _open_systems(settings: Settings, stack: AsyncExitStack, clock: Clock) -> LicenseSystems:
    """浙里办, 阿拉警察, data sharing and verification; in development the sandbox plays those without an address."""
    older = Credentials(app=settings.zheliban_service_code, secret=settings.zheliban_service_secret)
    addresses = Addresses(
        zheliban=SystemAddress(
            url=settings.zheliban_url,
            credentials=Credentials(app=settings.zheliban_app, secret=settings.zheliban_secret),
        ),
        portal_url=settings.zheliban_portal_url,
        older_login=older if older.app else None,
        ala_police=SystemAddress(
            url=settings.ala_police_url,
            credentials=Credentials(app=settings.ala_police_app, secret=settings.ala_police_secret),
        ),
        verification=SystemAddress(
            url=settings.verification_url,
            credentials=Credentials(app=settings.verification_app, secret=settings.verification_secret),
        ),
    )
    if settings.sandbox:
        addresses = await stack.enter_async_context(playing_licenses(addresses, clock, settings.own_url))
    session = await stack.enter_async_context(ClientSession())
    return open_license_systems(session, addresses, clock)
