"""免证办: builds the application and lists the commands. The only file that knows every part; nothing imports it."""

import argparse
import os
import sys
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from functools import partial
from weakref import WeakSet

from aiohttp import web

from bot.domain.errors import DomainError
from bot.services.answering import Answering
from bot.services.clock import SystemClock
from bot.services.desk import Desk
from bot.services.errands import Errands
from bot.services.knowledge import Knowledge, LiveKnowledge
from bot.services.loading import load_knowledge, reload_knowledge
from bot.services.metrics import Metrics
from bot.services.sign_in import SignIn
from bot.settings import Settings, SettingsError
from bot.storage.accounts import SqlAccounts
from bot.storage.audit import SqlAuditTrail
from bot.storage.cipher import Cipher
from bot.storage.conversations import open_conversations
from bot.storage.database import open_database, ping_database
from bot.storage.form_imports import open_form_imports
from bot.storage.migrate import upgrade_database
from cli import create_account, import_form, reload, serve
from cli.command import Command, explain_error
from cli.commands import COMMANDS
from web import keys
from web.listeners import Listeners
from web.routes import create_application
from web.tokens import Tokens
from wiring.complaints import open_complaints, open_privacy
from wiring.ground import Ground, running
from wiring.licenses import open_licenses
from wiring.state import open_state

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
        memories, limiter, checks = open_state(settings, stack, metrics, cipher)
        ground = Ground(
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
            await stack.enter_async_context(running(loop))
        errands = {**office.errands, **await open_complaints(app, settings, stack, ground, carriers)}
        app[keys.ANSWERING] = Answering(
            conversations=conversations,
            memories=memories,
            knowledge=ground.knowledge,
            clock=clock,
            metrics=metrics,
            errands=Errands(errands),
        )
        await open_privacy(app, stack, ground)
        yield


async def reload_data(app: web.Application) -> str:
    return (await app[keys.KNOWLEDGE].reload()).version


def _loader_of(settings: Settings) -> Callable[[], Knowledge]:
    return partial(
        load_knowledge, settings.catalogue, settings.intents, cache=settings.cache, reranker=settings.reranker
    )


def _reloader_of(settings: Settings) -> Callable[[], Knowledge]:
    return partial(
        reload_knowledge, settings.catalogue, settings.intents, cache=settings.cache, reranker=settings.reranker
    )


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
