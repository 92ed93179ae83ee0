"""The transport against a real server that fails in every way."""

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer

from integrations.transport import Circuit, Outgoing, SystemDownError, SystemRefusedError, Transport


class Scripted:
    """A server that answers with the given statuses in turn, the last one for ever."""

    def __init__(self, *statuses: int) -> None:
        self.statuses = list(statuses)
        self.calls = 0

    async def answer(self, _request: web.Request) -> web.Response:
        self.calls += 1
        status = self.statuses.pop(0) if len(self.statuses) > 1 else self.statuses[0]
        if status == 0:
            await asyncio.sleep(5)
        return web.Response(status=status or 200, body=b"done")


@pytest.fixture
async def serve(aiohttp_server: Callable[..., "asyncio.Future[TestServer]"]) -> AsyncIterator[Callable[..., object]]:
    async with ClientSession() as session:

        async def make(scripted: Scripted, *, circuit: Circuit | None = None, patience: float = 2.0) -> Transport:
            app = web.Application()
            app.router.add_route("*", "/{path:.*}", scripted.answer)
            server = await aiohttp_server(app)

            async def hurry(_seconds: float) -> None:
                await asyncio.sleep(0)

            return Transport(
                session,
                name="12345",
                base_url=str(server.make_url("/")),
                patience=patience,
                circuit=circuit,
                sleep=hurry,
            )

        yield make


GET = Outgoing(method="GET", path="/x")


async def test_a_passing_fault_is_tried_again(serve: Callable[..., object]) -> None:
    scripted = Scripted(500, 503, 200)
    transport = await serve(scripted)
    assert await transport.send(GET) == b"done"
    assert scripted.calls == 3


async def test_what_must_not_be_repeated_is_tried_once(serve: Callable[..., object]) -> None:
    scripted = Scripted(500, 200)
    transport = await serve(scripted)
    with pytest.raises(SystemDownError):
        await transport.send(Outgoing(method="POST", path="/x", is_repeatable=False))
    assert scripted.calls == 1


async def test_a_refusal_is_not_repeated_and_says_its_status(serve: Callable[..., object]) -> None:
    scripted = Scripted(404)
    transport = await serve(scripted)
    with pytest.raises(SystemRefusedError) as refused:
        await transport.send(GET)
    assert (refused.value.status, scripted.calls) == (404, 1)


async def test_silence_is_an_outage(serve: Callable[..., object]) -> None:
    transport = await serve(Scripted(0), patience=0.05)
    with pytest.raises(SystemDownError):
        await transport.send(GET)


async def test_a_redirect_is_not_followed(serve: Callable[..., object]) -> None:
    with pytest.raises(SystemRefusedError):
        await (await serve(Scripted(302))).send(GET)


async def test_after_several_failures_nobody_waits_until_it_has_rested(serve: Callable[..., object]) -> None:
    time = [100.0]
    circuit = Circuit(limit=3, rest=30, now=lambda: time[0])
    scripted = Scripted(500, 500, 500, 200)
    transport = await serve(scripted, circuit=circuit)
    with pytest.raises(SystemDownError):
        await transport.send(GET)
    with pytest.raises(SystemDownError):
        await transport.send(GET)
    assert scripted.calls == 3
    time[0] += 31
    assert await transport.send(GET) == b"done"
    assert not circuit.is_open


async def test_a_server_that_is_not_there_is_an_outage() -> None:
    async with ClientSession() as session:
        transport = Transport(session, name="12345", base_url="http://127.0.0.1:9", patience=1)
        with pytest.raises(SystemDownError):
            await transport.send(Outgoing(method="GET", path="/", is_repeatable=False))
