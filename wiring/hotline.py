"""12345: letters out, callbacks in; played by the sandbox in development."""

from collections.abc import Mapping
from contextlib import AsyncExitStack
from functools import partial
from typing import Final

from aiohttp import ClientSession, web

from bot.ports import Complaints, HotlineDesk, HotlineGateway
from bot.services.clock import SystemClock
from bot.services.delivery import Carrier, Courier
from bot.services.hotline import HotlineCarrier
from bot.settings import HotlineKind, Settings
from integrations.hotline_12345.open311 import Open311Hotline, Open311Watch
from integrations.hotline_12345.signed_json import SignedJsonHotline, read_callback
from integrations.sandbox.app import create_sandbox, running_sandbox
from integrations.sandbox.faults import FaultSwitch
from integrations.sandbox.hotline import PREFIX as HOTLINE_PREFIX
from integrations.sandbox.hotline import SandboxHotline
from integrations.signing import Credentials
from integrations.transport import Transport
from web import keys
from wiring.ground import running

_HOTLINE_NAME: Final = "12345"
# For one of three tries: all of them must end before a letter is anybody else's.
_HOTLINE_PATIENCE_SECONDS: Final = 5.0


async def connect_hotline(
    app: web.Application,
    settings: Settings,
    stack: AsyncExitStack,
    desk: HotlineDesk,
    complaints: Complaints,
    carriers: Mapping[str, Carrier],
) -> None:
    """Carries letters to 12345 and hears its callbacks; a GeoReport server, which never calls back, is asked."""
    clock = SystemClock()
    read = partial(read_callback, _hotline_credentials(settings), clock)
    app[keys.HOTLINE_CALLBACK] = keys.HotlineCallback(read=read, desk=desk)
    gateway = await _open_hotline(settings, stack, clock)
    if gateway is not None:
        carriers = {**carriers, "hotline": HotlineCarrier(gateway=gateway, desk=desk)}
    courier = Courier(outbox=app[keys.OUTBOX], carriers=carriers, clock=clock, metrics=app[keys.METRICS])
    await stack.enter_async_context(running(courier.run()))
    if isinstance(gateway, Open311Hotline):
        watch = Open311Watch(gateway, desk, complaints.list_at_hotline)
        await stack.enter_async_context(running(watch.run()))


async def _open_hotline(settings: Settings, stack: AsyncExitStack, clock: SystemClock) -> HotlineGateway | None:
    """12345, or the sandbox that plays it; None where there is neither, so that letters wait."""
    url = settings.hotline_url or await _open_sandbox(settings, stack, clock)
    if url is None:
        return None
    session = await stack.enter_async_context(ClientSession())
    transport = Transport(session, name=_HOTLINE_NAME, base_url=url, patience=_HOTLINE_PATIENCE_SECONDS)
    if settings.hotline_kind is HotlineKind.OPEN311:
        return Open311Hotline(
            transport,
            api_key=settings.hotline_secret,
            jurisdiction=settings.hotline_jurisdiction,
            address_id=settings.division,
            clock=clock,
        )
    return SignedJsonHotline(transport, credentials=_hotline_credentials(settings), clock=clock)


async def _open_sandbox(settings: Settings, stack: AsyncExitStack, clock: SystemClock) -> str | None:
    """Where the sandbox plays 12345, in development."""
    if not settings.sandbox:
        return None
    switch = FaultSwitch()
    hotline = SandboxHotline(
        credentials=_hotline_credentials(settings), clock=clock, switch=switch, callback_url=settings.own_url
    )
    url = await stack.enter_async_context(running_sandbox(create_sandbox(switch, hotline)))
    return url + HOTLINE_PREFIX


def _hotline_credentials(settings: Settings) -> Credentials:
    return Credentials(app=settings.hotline_app, secret=settings.hotline_secret)
