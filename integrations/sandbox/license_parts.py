"""All parts of the sandbox that licences, logins and verifications need, wired to each other."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

from bot.ports import Clock
from integrations.e_license import ala_police as ala_contract
from integrations.e_license import zheliban as zheliban_contract
from integrations.license_systems import Addresses, SystemAddress
from integrations.sandbox import ala_police, verification, zheliban
from integrations.sandbox.ala_police import SandboxAlaPolice
from integrations.sandbox.app import create_sandbox, running_sandbox
from integrations.sandbox.apps import SandboxApp
from integrations.sandbox.faults import FaultSwitch
from integrations.sandbox.verification import Delays, SandboxVerification
from integrations.sandbox.zheliban import SandboxZheliban
from integrations.signing import Credentials


@dataclass(frozen=True, slots=True, kw_only=True)
class LicenseParts:
    """The parts; paths below the sandbox's address under which each is found."""

    zheliban: SandboxZheliban
    zheliban_app: SandboxApp
    ala_police: SandboxAlaPolice
    ala_police_app: SandboxApp
    verification: SandboxVerification

    @property
    def parts(self) -> tuple[SandboxZheliban, SandboxAlaPolice, SandboxVerification]:
        """For `create_sandbox`."""
        return self.zheliban, self.ala_police, self.verification


def make_license_parts(
    *,
    zheliban_credentials: Credentials,
    ala_police_credentials: Credentials,
    verification_credentials: Credentials,
    clock: Clock,
    switch: FaultSwitch,
    callback_url: str,
    delays: Delays | None = None,
) -> LicenseParts:
    """The parts, which call back the service at this address."""
    zheliban_app = SandboxApp(
        provider="zheliban",
        name="浙里办",
        path=zheliban_contract.HAND_OVER_PATH,
        prefix=zheliban.PREFIX,
        credentials=zheliban_credentials,
        clock=clock,
        callback_url=callback_url,
    )
    police_app = SandboxApp(
        provider="ala_police",
        name="阿拉警察",
        path=ala_contract.HAND_OVER_PATH,
        prefix=ala_police.PREFIX,
        credentials=ala_police_credentials,
        clock=clock,
        callback_url=callback_url,
    )
    return LicenseParts(
        zheliban=SandboxZheliban(credentials=zheliban_credentials, clock=clock, app=zheliban_app),
        zheliban_app=zheliban_app,
        ala_police=SandboxAlaPolice(credentials=ala_police_credentials, clock=clock, app=police_app),
        ala_police_app=police_app,
        verification=SandboxVerification(
            credentials=verification_credentials,
            clock=clock,
            switch=switch,
            callback_url=callback_url,
            delays=delays,
        ),
    )


@asynccontextmanager
async def playing_licenses(addresses: Addresses, clock: Clock, callback_url: str) -> AsyncIterator[Addresses]:
    """The addresses with the sandbox, while it runs, in place of every system that has none."""
    switch = FaultSwitch()
    parts = make_license_parts(
        zheliban_credentials=addresses.zheliban.credentials,
        ala_police_credentials=addresses.ala_police.credentials,
        verification_credentials=addresses.verification.credentials,
        clock=clock,
        switch=switch,
        callback_url=callback_url,
    )
    async with running_sandbox(create_sandbox(switch, *parts.parts)) as url:
        is_played = not addresses.zheliban.url
        yield replace(
            addresses,
            zheliban=_play(addresses.zheliban, url + zheliban.PREFIX),
            portal_url=url + zheliban.PREFIX if is_played else addresses.portal_url,
            older_login=None if is_played else addresses.older_login,
            ala_police=_play(addresses.ala_police, url + ala_police.PREFIX),
            verification=_play(addresses.verification, url + verification.PREFIX),
        )


def _play(there: SystemAddress, url: str) -> SystemAddress:
    return there if there.url else replace(there, url=url)
