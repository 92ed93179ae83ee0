"""Chat turns a second over HTTP, as a ratio to a bare aiohttp JSON echo measured in the same run.

Each turn carries a token, goes through limits, state and dialogue, and is stored in SQLite before it is answered.
Service and echo run alone in one process each, in turns; this process sends over keep-alive connections, as bodies the
questions of `tests/data`. `--scripted` leaves out engine and dialogue and so measures what is around them.
"""

import argparse
import asyncio
import gc
import json
import multiprocessing
import os
import socket
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import cycle
from pathlib import Path

from aiohttp import web

from bot.settings import Settings
from server import build_app  # noqa: TID251
from tests.scripted import script_knowledge

_QUESTIONS = Path(__file__).parents[1] / "data" / "dev_questions.jsonl"
_CONNECTIONS = 64
_ROUNDS = 3
_ROUND_SECONDS = 3.0
_TARGET = 0.20


async def _echo(request: web.Request) -> web.Response:
    return web.json_response(await request.json())


def _build_echo() -> web.Application:
    app = web.Application()
    app.router.add_post("/api/v1/chat/messages", _echo)
    return app


def _build_chat(directory: str, *, is_scripted: bool) -> web.Application:
    settings = Settings.from_environ(
        {
            "MIANZHENG_DATABASE_URL": f"sqlite:///{directory}/bench.db",
            "MIANZHENG_TOKEN_MESSAGES": "1000000000",
            "MIANZHENG_ADDRESS_MESSAGES": "1000000000",
        }
    )
    return build_app(settings, load=script_knowledge if is_scripted else None)


@contextmanager
def _running(build: Callable[[], web.Application]) -> Iterator[int]:
    """The port of a process that serves the application."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    process = multiprocessing.get_context("fork").Process(target=_serve, args=(build, port))
    process.start()
    try:
        _wait_for(port)
        yield port
    finally:
        process.terminate()
        process.join()


def _serve(build: Callable[[], web.Application], port: int) -> None:
    app = build()
    app.on_startup.append(_freeze)
    web.run_app(app, host="127.0.0.1", port=port, access_log=None, print=None)


async def _freeze(_app: web.Application) -> None:
    """As `serve` does."""
    gc.freeze()


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError


class _Connection:
    """One citizen on one connection, with no more client around it than must be."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._token = ""
        self.conversation_id: str | None = None

    async def open(self, *, is_chat: bool) -> None:
        self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self._port)
        if is_chat:
            self._token = json.loads(await self.post("/api/v1/auth/guest", b"{}"))["token"]

    async def post(self, path: str, body: bytes) -> bytes:
        head = (
            f"POST {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {self._token}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        self._writer.write(head.encode() + body)
        answer = await self._reader.readuntil(b"\r\n\r\n")
        length = int(answer.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
        content = await self._reader.readexactly(length)
        if not answer.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(content.decode())
        return content

    def close(self) -> None:
        self._writer.close()


async def _talk(connection: _Connection, texts: Iterator[str], until: float, *, is_chat: bool) -> list[float]:
    """Seconds of each turn."""
    seconds: list[float] = []
    number = 0
    while time.perf_counter() < until:
        number += 1
        turn = {
            "conversation_id": connection.conversation_id,
            "text": next(texts),
            "client_message_id": f"{id(connection)}-{until}-{number}",
        }
        body = json.dumps(turn, ensure_ascii=False).encode()
        started = time.perf_counter()
        answer = await connection.post("/api/v1/chat/messages", body)
        seconds.append(time.perf_counter() - started)
        if is_chat and number == 1:
            connection.conversation_id = json.loads(answer)["conversation_id"]
    return seconds


async def _measure(port: int, texts: list[str], *, is_chat: bool) -> list[float]:
    connections = [_Connection(port) for _ in range(_CONNECTIONS)]
    for connection in connections:
        await connection.open(is_chat=is_chat)
    until = time.perf_counter() + _ROUND_SECONDS
    source = cycle(texts)
    talks = [_talk(connection, source, until, is_chat=is_chat) for connection in connections]
    found = [second for seconds in await asyncio.gather(*talks) for second in seconds]
    for connection in connections:
        connection.close()
    return found


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scripted", action="store_true", help="without engine and dialogue")
    is_scripted = parser.parse_args().scripted
    texts = [json.loads(line)["text"] for line in _QUESTIONS.read_text("utf-8").splitlines()]
    rates: dict[str, list[float]] = {"echo": [], "chat": []}
    turns: list[float] = []
    with tempfile.TemporaryDirectory() as directory:
        build_chat = partial(_build_chat, directory, is_scripted=is_scripted)
        with _running(_build_echo) as echo, _running(build_chat) as chat:
            for _ in range(_ROUNDS):
                rates["echo"].append(len(asyncio.run(_measure(echo, texts, is_chat=False))) / _ROUND_SECONDS)
                seconds = asyncio.run(_measure(chat, texts, is_chat=True))
                rates["chat"].append(len(seconds) / _ROUND_SECONDS)
                turns += seconds
    _report(rates, turns, "scripted" if is_scripted else "real")


def _report(rates: dict[str, list[float]], turns: list[float], dialogue: str) -> None:
    echo, chat = statistics.median(rates["echo"]), statistics.median(rates["chat"])
    quantiles = statistics.quantiles(turns, n=100)
    p50, p95, p99 = (quantiles[place] * 1e3 for place in (49, 94, 98))
    print(f"bare echo   {echo:8.0f} /s   ({_CONNECTIONS} connections, {os.cpu_count()} cores)")
    print(f"chat turns  {chat:8.0f} /s   ({dialogue} dialogue)")
    print(f"latency     p50 {p50:.1f} ms, p95 {p95:.1f} ms, p99 {p99:.1f} ms")
    print(f"ratio       {chat / echo:8.1%}   (at least {_TARGET:.0%} wanted)")


if __name__ == "__main__":
    main()
