"""免证办: builds the application and lists the commands. The only file that knows every part; nothing imports it."""

import argparse
import asyncio
import os
import sys
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any, Final
from weakref import WeakSet

from aiohttp import ClientSession, web
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.dialogue.errands import Errand, FileComplaint, FollowComplaint
from bot.domain.errors import DomainError
from bot.ports import AuditTrail, Complaints, HotlineDesk, HotlineGateway, MemoryStore, RateLimiter
from bot.services.answering import Answering
from bot.services.civic_requests import CivicDesk
from bot.services.clock import SystemClock
from bot.services.complaints.announcing import Announcer
from bot.services.complaints.desk import ComplaintDesk
from bot.services.complaints.notices import NoticeKeeping
from bot.services.complaints.office import ComplaintOffice
from bot.services.delivery import Carrier, Courier
from bot.services.desk import Desk
from bot.services.errands import Errands, Handler
from bot.services.hotline import HotlineCarrier
from bot.services.knowledge import Knowledge, LiveKnowledge
from bot.services.loading import load_knowledge, reload_knowledge
from bot.services.metrics import Metrics
from bot.services.pictures import PictureTaking
from bot.services.privacy import Privacy
from bot.services.retention import Retention
from bot.services.sign_in import SignIn
from bot.services.statistics import Statistics
from bot.settings import HotlineKind, Settings, SettingsError
from bot.storage.accounts import SqlAccounts
from bot.storage.audit import SqlAuditTrail
from bot.storage.case_facts import SqlCaseFacts
from bot.storage.cipher import Cipher
from bot.storage.civic_requests import SqlCivicRequests
from bot.storage.complaints import SqlComplaints
from bot.storage.conversations import open_conversations
from bot.storage.database import open_database, ping_database
from bot.storage.fallback import FallbackLimiter, FallbackMemory, Outage
from bot.storage.form_imports import open_form_imports
from bot.storage.local_state import LocalLimiter, LocalMemory
from bot.storage.migrate import upgrade_database
from bot.storage.outbox import SqlOutbox
from bot.storage.personal_data import SqlPersonalData
from bot.storage.pictures import SqlPictures
from bot.storage.redis_state import KeyBuilder, RedisLimiter, RedisMemory, open_redis, ping_redis
from cli import create_account, import_form, reload, serve
from cli.command import Command, explain_error
from cli.commands import COMMANDS
from integrations.hotline_12345.open311 import Open311Hotline, Open311Watch
from integrations.hotline_12345.signed_json import SignedJsonHotline, read_callback
from integrations.sandbox.app import create_sandbox, running_sandbox
from integrations.sandbox.faults import FaultSwitch
from integrations.sandbox.hotline import PREFIX as HOTLINE_PREFIX
from integrations.sandbox.hotline import SandboxHotline
from integrations.signing import Credentials
from integrations.transport import Transport
from license_wiring import open_licenses
from web import keys
from web.listeners import Listeners
from web.routes import create_application
from web.tokens import Tokens

# How long a turn waits for the one before it in the same conversation.
_TURN_PATIENCE_SECONDS: Final = 10.0
_HOTLINE_NAME: Final = "12345"
# For one of three tries: all of them must end before a letter is anybody else's.
_HOTLINE_PATIENCE_SECONDS: Final = 5.0

Checks = Mapping[str, keys.Check]
_Load = Callable[[], Knowledge]


def build_app(
    settings: Settings,
    *,
    load: Callable[[], Knowledge] | None = None,
    share_reload: Callable[[], None] = lambda: None,
) -> web.Application:
    """The whole service as one application; stores and data are opened when it starts.

    Args:
        load: reads the data; by default the directories that the settings name.
        share_reload: tells the other processes of the service that the data has changed.
    """
    clock = SystemClock()
    app = create_application()
    app[keys.METRICS] = Metrics()
    app[keys.LISTENERS] = Listeners()
    app[keys.SOCKETS] = WeakSet()
    app[keys.SHARE_RELOAD] = share_reload
    app[keys.FRAME_ANCESTORS] = settings.frame_ancestors
    app[keys.BASE_URL] = settings.base_url.rstrip("/")
    app[keys.LIMITS] = keys.Limits(
        token_messages=settings.token_messages,
        address_messages=settings.address_messages,
        address_guests=settings.address_guests,
        trusted_proxies=settings.trusted_proxies,
    )
    app[keys.TOKENS] = Tokens(
        secret=settings.secret,
        clock=clock,
        guest_lifetime=timedelta(days=settings.token_days),
        shift_lifetime=timedelta(hours=settings.shift_hours),
    )
    loads = (load or _loader_of(settings), load or _reloader_of(settings))
    app.cleanup_ctx.append(partial(_run_services, settings, loads, clock))
    return app


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ground:
    """What every part of the service stands on."""

    engine: AsyncEngine
    cipher: Cipher
    knowledge: LiveKnowledge
    limiter: RateLimiter
    audit: AuditTrail
    clock: SystemClock
    metrics: Metrics


async def _run_services(
    settings: Settings, loads: tuple[_Load, _Load], clock: SystemClock, app: web.Application
) -> AsyncIterator[None]:
    """Opens the stores, then the data, then what works on them; closes in reverse, also when a later one fails."""
    metrics = app[keys.METRICS]
    async with AsyncExitStack() as stack:
        engine = open_database(settings.database_url)
        stack.push_async_callback(engine.dispose)
        await upgrade_database(engine)
        cipher = Cipher(settings.data_keys)
        conversations = await stack.enter_async_context(open_conversations(engine, cipher))
        memories, limiter, checks = _open_state(settings, stack, metrics, cipher)
        ground = _Ground(
            engine=engine,
            cipher=cipher,
            knowledge=await LiveKnowledge.open(*loads),
            limiter=limiter,
            audit=SqlAuditTrail(engine, clock),
            clock=clock,
            metrics=metrics,
        )
        app[keys.CHECKS] = {"database": keys.Check(ping=partial(ping_database, engine), is_required=True), **checks}
        app[keys.AUDIT] = ground.audit
        app[keys.CLOCK] = clock
        app[keys.CONVERSATIONS] = conversations
        app[keys.KNOWLEDGE] = ground.knowledge
        app[keys.LIMITER] = limiter
        app[keys.DESK] = Desk(knowledge=ground.knowledge, clock=clock, metrics=metrics)
        app[keys.SIGN_IN] = SignIn(accounts=SqlAccounts(engine, clock), limiter=limiter, audit=ground.audit)
        office, carriers = await open_licenses(app, settings, stack, engine=engine, cipher=cipher, clock=clock)
        for loop in office.loops:
            await stack.enter_async_context(_running(loop))
        errands = {**office.errands, **await _open_complaints(app, settings, stack, ground, carriers)}
        app[keys.ANSWERING] = Answering(
            conversations=conversations,
            memories=memories,
            knowledge=ground.knowledge,
            clock=clock,
            metrics=metrics,
            errands=Errands(errands),
        )
        await _open_privacy(app, stack, ground)
        yield


async def _open_complaints(
    app: web.Application,
    settings: Settings,
    stack: AsyncExitStack,
    ground: _Ground,
    carriers: Mapping[str, Carrier],
) -> dict[type[Errand], Handler]:
    """Complaints with the loops that keep their terms and carry them to 12345; the errands that they can run."""
    complaints = SqlComplaints(ground.engine, ground.cipher)
    pictures = SqlPictures(ground.engine, ground.cipher)
    notices = NoticeKeeping(
        conversations=app[keys.CONVERSATIONS],
        complaints=complaints,
        knowledge=ground.knowledge,
        clock=ground.clock,
    )
    office = ComplaintOffice.open(
        complaints=complaints,
        pictures=pictures,
        knowledge=ground.knowledge,
        limiter=ground.limiter,
        clock=ground.clock,
        metrics=ground.metrics,
        keep_notices=notices.keep,
    )
    announcer = Announcer(
        complaints=complaints,
        knowledge=ground.knowledge,
        clock=ground.clock,
        list_listeners=app[keys.LISTENERS].list_ids,
        tell=app[keys.LISTENERS].tell,
    )
    await stack.enter_async_context(_running(announcer.run()))
    await stack.enter_async_context(_running(office.clock_keeper.run()))
    app[keys.COMPLAINTS] = office
    app[keys.COMPLAINT_DESK] = ComplaintDesk(complaints=complaints, moving=office.moving, audit=ground.audit)
    _open_public(app, settings, ground, office, complaints)
    app[keys.PICTURES] = PictureTaking(
        pictures=pictures, complaints=complaints, limiter=ground.limiter, clock=ground.clock, audit=ground.audit
    )
    app[keys.OUTBOX] = SqlOutbox(ground.engine, ground.clock, ground.cipher)
    await _connect_hotline(app, settings, stack, office.hearing, complaints, carriers)
    return {FileComplaint: office.filing.run_errand, FollowComplaint: office.following.run_errand}


async def _open_privacy(app: web.Application, stack: AsyncExitStack, ground: _Ground) -> None:
    """What people may ask for about their own data, and the loop that keeps it no longer than the table says."""
    complaints = SqlComplaints(ground.engine, ground.cipher)
    personal_data = SqlPersonalData(ground.engine, ground.cipher)
    app[keys.PRIVACY] = Privacy(
        complaints=complaints,
        conversations=app[keys.CONVERSATIONS],
        personal_data=personal_data,
        clock=ground.clock,
        audit=ground.audit,
    )
    retention = Retention(
        personal_data=personal_data, complaints=complaints, knowledge=ground.knowledge, clock=ground.clock
    )
    await stack.enter_async_context(_running(retention.run()))


def _open_public(
    app: web.Application, settings: Settings, ground: _Ground, office: ComplaintOffice, complaints: Complaints
) -> None:
    """What other programs may file and everybody may know of complaints."""
    requests, clock = SqlCivicRequests(ground.engine), ground.clock
    desk = CivicDesk(
        filing=office.filing, complaints=complaints, requests=requests, knowledge=ground.knowledge, clock=clock
    )
    app[keys.OPEN311] = keys.Open311(desk=desk, api_keys=settings.open311_keys, division=settings.division)
    app[keys.STATISTICS] = Statistics.open(SqlCaseFacts(ground.engine), ground.knowledge, clock)


def _open_state(
    settings: Settings, stack: AsyncExitStack, metrics: Metrics, cipher: Cipher
) -> tuple[MemoryStore, RateLimiter, Checks]:
    """Dialogue state and request counts: in the process, or in Redis with the process to fall back on."""
    lifetime = settings.memory_minutes * 60.0
    local_memory = LocalMemory(lifetime=lifetime, patience=_TURN_PATIENCE_SECONDS)
    local_limiter = LocalLimiter()
    if not settings.redis_url:
        return local_memory, local_limiter, {}
    redis = open_redis(settings.redis_url)
    stack.push_async_callback(redis.aclose)
    outage = Outage()
    metrics.watch("redis_outages_noticed", lambda: outage.count)
    names = KeyBuilder()
    shared_memory = RedisMemory(redis, names, cipher, lifetime=lifetime, patience=_TURN_PATIENCE_SECONDS)
    return (
        FallbackMemory(shared_memory, local_memory, outage),
        FallbackLimiter(RedisLimiter(redis, names), local_limiter, outage),
        {"redis": keys.Check(ping=partial(ping_redis, redis), is_required=False)},
    )


async def _connect_hotline(
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
    await stack.enter_async_context(_running(courier.run()))
    if isinstance(gateway, Open311Hotline):
        watch = Open311Watch(gateway, desk, complaints.list_at_hotline)
        await stack.enter_async_context(_running(watch.run()))


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


@asynccontextmanager
async def _running(work: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """A loop in the background; it is cancelled on the way out."""
    task = asyncio.create_task(work)
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def reload_data(app: web.Application) -> str:
    return (await app[keys.KNOWLEDGE].reload()).version


def _loader_of(settings: Settings) -> Callable[[], Knowledge]:
    return partial(load_knowledge, settings.catalogue, settings.intents, cache=settings.cache)


def _reloader_of(settings: Settings) -> Callable[[], Knowledge]:
    return partial(reload_knowledge, settings.catalogue, settings.intents, cache=settings.cache)


@asynccontextmanager
async def _open_accounts(address: str) -> AsyncIterator[create_account.AccountStores]:
    """The stores that the first account is made in."""
    clock = SystemClock()
    engine = open_database(address)
    try:
        await upgrade_database(engine)
        yield SqlAccounts(engine, clock), SqlAuditTrail(engine, clock)
    finally:
        await engine.dispose()


def list_commands() -> tuple[Command, ...]:
    """Every command, in the order that `--help` shows."""
    return (
        serve.make_command(build_app, reload_data),
        *COMMANDS,
        import_form.make_command(open_form_imports),
        create_account.make_command(_open_accounts),
        reload.make_command(_reloader_of),
    )


def main(arguments: Sequence[str], environ: Mapping[str, str]) -> int:
    """Runs one command; the exit code is 0 where it did what it should."""
    parser = argparse.ArgumentParser(prog="server.py", description="免证办：哪些证明不用再交，怎么办")
    subparsers = parser.add_subparsers(dest="command", required=True)
    for command in list_commands():
        subparser = subparsers.add_parser(command.name, help=command.help, description=command.help)
        command.add_arguments(subparser)
        subparser.set_defaults(run=command.run)
    parsed = parser.parse_args(arguments)
    try:
        exit_code: int = parsed.run(parsed, Settings.from_environ(environ))
    except SettingsError as error:
        print("设置有误，没有启动：", *error.problems, sep="\n  ", file=sys.stderr)
        return 1
    except DomainError as error:
        print(explain_error(error), file=sys.stderr)
        return 1
    return exit_code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], os.environ))
