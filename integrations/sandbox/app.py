"""The sandbox as one application, and how to run it beside the service."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final, Protocol

from aiohttp import web

from integrations.sandbox.faults import FaultSwitch

_HOST: Final = "127.0.0.1"


class Part(Protocol):
    """One outside system that the sandbox plays."""

    def add_routes(self, app: web.Application) -> None:
        """Its addresses."""
        ...


def create_sandbox(switch: FaultSwitch, *parts: Part) -> web.Application:
    """All parts on one application, with faults on demand."""
    app = web.Application(middlewares=[switch.spoil])
    switch.add_routes(app)
    for part in parts:
        part.add_routes(app)
    return app


@asynccontextmanager
async def running_sandbox(app: web.Application) -> AsyncIterator[str]:
    """The address of the sandbox while it runs, on a free port of this machine."""
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, _HOST, 0).start()
        yield f"http://{_HOST}:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()
