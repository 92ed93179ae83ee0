"""`serve`: runs the service until it is told to stop; SIGHUP brings edited data in."""

import asyncio
import gc
import logging
import os
import signal
import sys
from argparse import Namespace
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Final, Protocol

from aiohttp import web

from bot.domain.errors import DataFindingsError, DomainError, UnavailableError
from bot.settings import Settings
from cli.command import Command, explain_error
from cli.processes import held_pid_file, run_workers

_LOG: Final = logging.getLogger(__name__)
_STOP_PATIENCE_SECONDS: Final = 10.0
_ANYWHERE: Final = frozenset({"0.0.0.0", "::", ""})


class BuildApp(Protocol):
    """Makes the application; `share_reload` tells the other processes that the data has changed."""

    def __call__(self, settings: Settings, *, share_reload: Callable[[], None]) -> web.Application: ...


# Brings edited data into a running application and returns the version's name.
Reload = Callable[[web.Application], Awaitable[str]]


def make_command(build_app: BuildApp, reload: Reload) -> Command:
    """The command, given how to make the application and how to bring edited data into it."""

    def run(_arguments: Namespace, settings: Settings) -> int:
        logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
        with held_pid_file(settings.pid_file) as is_first:
            if not is_first:
                print(f"已有服务在用 {settings.pid_file}，reload 命令只管那一个", file=sys.stderr)
            if settings.workers == 1:
                return asyncio.run(_serve(build_app(settings, share_reload=_nobody), settings, reload))
            work = partial(_work, build_app, settings, reload, os.getpid())
            return run_workers(settings.workers, work)

    return Command(name="serve", help="启动服务（聊天页面、接线台和接口）", run=run)


def _nobody() -> None:
    """There is only one process."""


def _work(build_app: BuildApp, settings: Settings, reload: Reload, parent: int, number: int) -> int:
    """One of several processes; the parent passes a SIGHUP on to all of them."""
    app = build_app(settings, share_reload=partial(os.kill, parent, signal.SIGHUP))
    try:
        return asyncio.run(_serve(app, settings, reload, is_first=number == 0))
    except DomainError as error:
        print(explain_error(error), file=sys.stderr)
        return 1


async def _serve(app: web.Application, settings: Settings, reload: Reload, *, is_first: bool = True) -> int:
    # From the first moment on, so that an early SIGHUP does not end the process.
    signals = _receive_signals()
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=_STOP_PATIENCE_SECONDS)
    try:
        await runner.setup()
        site = web.TCPSite(runner, settings.host, settings.port, reuse_port=settings.workers > 1)
        await _listen(site, settings)
        # What was loaded lives as long as the process: the collector need not walk it again and again.
        gc.freeze()
        if is_first:
            _announce(settings, runner.addresses[0][1])
        while await signals.get() == signal.SIGHUP:
            await _reload(app, reload)
    finally:
        await runner.cleanup()
    return 0


def _receive_signals() -> "asyncio.Queue[signal.Signals]":
    """Signals in the order they came: SIGHUP asks for new data, the others for an end."""
    signals: asyncio.Queue[signal.Signals] = asyncio.Queue()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(number, signals.put_nowait, number)
    return signals


async def _listen(site: web.TCPSite, settings: Settings) -> None:
    try:
        await site.start()
    except OSError as error:
        reason = f"不能在 {settings.host}:{settings.port} 上服务（{error.strerror}），请换一个 MIANZHENG_PORT"
        raise UnavailableError(reason) from error


async def _reload(app: web.Application, reload: Reload) -> None:
    try:
        _LOG.info("数据已更新，版本 %s", await reload(app))
    except DataFindingsError as error:
        _LOG.error("数据有错误，仍用原来的版本：%s", explain_error(error))


def _announce(settings: Settings, port: int) -> None:
    """Tells where the pages are, now that they answer."""
    host = "127.0.0.1" if settings.host in _ANYWHERE else settings.host
    address = settings.base_url or f"http://{host}:{port}"
    lines = (
        "免证办已启动，按 Ctrl+C 停止",
        f"  聊天页面  {address}/",
        f"  接线台    {address}/desk",
        f"  接口说明  {address}/openapi.json",
    )
    print(*lines, sep="\n", flush=True)
