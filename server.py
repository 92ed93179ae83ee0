"""免证办: builds the application and lists the commands. The only file that knows every part; nothing imports it."""

import argparse
import asyncio
import os
import sys
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from datetime import timedelta
from functools import partial
from typing import Any, Final
from weakref import WeakSet

from aiohttp import web

from bot.dialogue.errands import FileComplaint, FollowComplaint
from bot.domain.errors import DomainError
from bot.ports import MemoryStore, RateLimiter
from bot.services.answering import Answering
from bot.services.clock import SystemClock
from bot.services.complaints.desk import ComplaintDesk
from bot.services.complaints.office import ComplaintOffice
from bot.services.desk import Desk
from bot.services.errands import Errands
from bot.services.knowledge import Knowledge, LiveKnowledge
from bot.services.loading import load_knowledge, reload_knowledge
from bot.services.metrics import Metrics
from bot.services.pictures import PictureTaking
from bot.services.sign_in import SignIn
from bot.settings import Settings, SettingsError
from bot.storage.accounts import SqlAccounts
from bot.storage.audit import SqlAuditTrail
from bot.storage.cipher import Cipher
from bot.storage.complaints import SqlComplaints
from bot.storage.conversations import open_conversations
from bot.storage.database import open_database, ping_database
from bot.storage.fallback import FallbackLimiter, FallbackMemory, Outage
from bot.storage.form_imports import open_form_imports
from bot.storage.local_state import LocalLimiter, LocalMemory
from bot.storage.migrate import upgrade_database
from bot.storage.pictures import SqlPictures
from bot.storage.redis_state import KeyBuilder, RedisLimiter, RedisMemory, open_redis, ping_redis
from cli import create_account, import_form, reload, serve
from cli.command import Command, explain_error
from cli.commands import COMMANDS
from web import keys
from web.routes import create_application
from web.tokens import Tokens

# How long a turn waits for the one before it in the same conversation.
_TURN_PATIENCE_SECONDS: Final = 10.0

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
    app[keys.SOCKETS] = WeakSet()
    app[keys.SHARE_RELOAD] = share_reload
    app[keys.FRAME_ANCESTORS] = settings.frame_ancestors
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
        knowledge = await LiveKnowledge.open(*loads)
        audit = SqlAuditTrail(engine, clock)
        complaints, pictures = SqlComplaints(engine, cipher), SqlPictures(engine, cipher)
        office = ComplaintOffice.open(
            complaints=complaints,
            pictures=pictures,
            knowledge=knowledge,
            limiter=limiter,
            clock=clock,
            metrics=metrics,
        )
        await stack.enter_async_context(_running(office.clock_keeper.run()))
        app[keys.CHECKS] = {
            "database": keys.Check(ping=partial(ping_database, engine), is_required=True),
            **checks,
        }
        app[keys.AUDIT] = audit
        app[keys.CLOCK] = clock
        app[keys.COMPLAINTS] = office
        app[keys.COMPLAINT_DESK] = ComplaintDesk(complaints=complaints, moving=office.moving, audit=audit)
        app[keys.CONVERSATIONS] = conversations
        app[keys.KNOWLEDGE] = knowledge
        app[keys.LIMITER] = limiter
        app[keys.ANSWERING] = Answering(
            conversations=conversations,
            memories=memories,
            knowledge=knowledge,
            clock=clock,
            metrics=metrics,
            errands=Errands({FileComplaint: office.filing.run_errand, FollowComplaint: office.following.run_errand}),
        )
        app[keys.DESK] = Desk(knowledge=knowledge, clock=clock, metrics=metrics)
        app[keys.PICTURES] = PictureTaking(
            pictures=pictures, complaints=complaints, limiter=limiter, clock=clock, audit=audit
        )
        app[keys.SIGN_IN] = SignIn(accounts=SqlAccounts(engine, clock), limiter=limiter, audit=audit)
        yield


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
