"""The service as a process: what was acknowledged survives its death; signals reload and stop it."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.settings import Settings
from cli import reload
from cli.processes import find_service
from tests.journeys.citizen import API
from tests.scripted import script_knowledge

ROOT = Path(__file__).parents[2]


class Service:
    """A running process; `start` may be called again after a stop, on the same data."""

    def __init__(self, directory: Path, **more: str) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        self.version_file = directory / "version"
        self.version_file.write_text("one", "utf-8")
        self.environ = {
            "MIANZHENG_PORT": str(self.port),
            "MIANZHENG_DATABASE_URL": f"sqlite:///{directory / 'test.db'}",
            "MIANZHENG_PID_FILE": str(directory / "test.pid"),
            **more,
        }
        self._log = directory / "log"

    @property
    def settings(self) -> Settings:
        return Settings.from_environ(self.environ)

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> str:
        return self._log.read_text("utf-8")

    def start(self) -> list[str]:
        """Returns what it printed when it could answer."""
        environ = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "TEST_VERSION_FILE": str(self.version_file)}
        with self._log.open("a") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.journeys.scripted_service"],
                env=environ | self.environ,
                cwd=ROOT,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        assert self.process.stdout is not None
        return [self.process.stdout.readline().strip() for _ in range(4)]

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        if self.process.poll() is None:
            self.process.send_signal(number)
        code = self.process.wait(20)
        assert self.process.stdout is not None
        self.process.stdout.close()
        return code


@pytest.fixture
def make_service(tmp_path: Path) -> Iterator[Callable[..., Service]]:
    made: list[Service] = []

    def make(**more: str) -> Service:
        made.append(Service(tmp_path, **more))
        return made[-1]

    yield make
    for service in made:
        service.stop(signal.SIGKILL)


async def _call(session: aiohttp.ClientSession, method: str, path: str, **more: Any) -> dict[str, Any]:
    async with session.request(method, path, **more) as response:
        found: dict[str, Any] = await response.json()
        return found


async def _wait_for_version(service: Service, version: str) -> None:
    async with asyncio.timeout(20), aiohttp.ClientSession(service.base) as session:
        while (await _call(session, "GET", "/health/ready"))["version"] != version:
            await asyncio.sleep(0.05)


async def test_it_says_where_its_pages_are_once_it_can_answer(make_service: Callable[..., Service]) -> None:
    service = make_service()
    printed = service.start()

    assert f"聊天页面  {service.base}/" in printed
    assert f"接线台    {service.base}/desk" in printed
    async with aiohttp.ClientSession(service.base) as session:
        assert (await _call(session, "GET", "/health/ready"))["status"] == "ready"


async def test_what_was_acknowledged_survives_the_death_of_the_process(make_service: Callable[..., Service]) -> None:
    service = make_service()
    service.start()
    acknowledged: dict[str, set[str]] = {}

    async def talk(session: aiohttp.ClientSession) -> None:
        """Until the line breaks."""
        body: dict[str, Any] = {"conversation_id": None, "text": "你好"}
        while True:
            try:
                answer = await _call(session, "POST", f"{API}/chat/messages", json=body)
            except aiohttp.ClientError:
                return
            body["conversation_id"] = answer["conversation_id"]
            acknowledged.setdefault(answer["conversation_id"], set()).add(answer["message_id"])

    async with aiohttp.ClientSession(service.base) as session:
        token = (await _call(session, "POST", f"{API}/auth/guest", json={}))["token"]
        session.headers["Authorization"] = f"Bearer {token}"
        talks = [asyncio.create_task(talk(session)) for _ in range(30)]
        await asyncio.sleep(1.0)
        service.stop(signal.SIGKILL)
        await asyncio.gather(*talks)

    service.start()
    async with aiohttp.ClientSession(service.base, headers={"Authorization": f"Bearer {token}"}) as session:
        for conversation_id, message_ids in acknowledged.items():
            transcript = await _call(session, "GET", f"{API}/conversations/{conversation_id}/messages?limit=200")
            messages = transcript["messages"]
            latest = {message["message_id"] for message in messages if message["author"] == "bot"}
            assert len(messages) % 2 == 0
            assert message_ids <= latest or len(messages) == 200
    assert len(acknowledged) == 30


async def test_a_stop_lets_the_service_finish(make_service: Callable[..., Service]) -> None:
    service = make_service()
    service.start()
    assert service.stop(signal.SIGTERM) == 0
    assert find_service(service.settings.pid_file) is None


async def test_a_signal_brings_good_data_in_and_keeps_bad_data_out(make_service: Callable[..., Service]) -> None:
    service = make_service()
    service.start()
    assert find_service(service.settings.pid_file) == service.process.pid

    service.version_file.write_text("two", "utf-8")
    service.process.send_signal(signal.SIGHUP)
    await _wait_for_version(service, "two")

    service.version_file.unlink()
    service.process.send_signal(signal.SIGHUP)
    async with asyncio.timeout(20):
        while "matters.csv 第2行：坏了" not in service.log:
            await asyncio.sleep(0.05)
    await _wait_for_version(service, "two")


def test_the_reload_command_waits_until_the_service_has_the_new_data(
    make_service: Callable[..., Service], capsys: pytest.CaptureFixture[str]
) -> None:
    service = make_service()
    command = reload.make_command(
        lambda _settings: lambda: script_knowledge(version=service.version_file.read_text("utf-8"))
    )
    assert command.run(None, service.settings) == 1  # type: ignore[arg-type]
    assert "服务没有在运行" in capsys.readouterr().err

    service.start()
    service.version_file.write_text("two", "utf-8")
    assert command.run(None, service.settings) == 0  # type: ignore[arg-type]
    assert "two" in capsys.readouterr().out


async def test_a_second_service_on_a_taken_port_says_so(make_service: Callable[..., Service]) -> None:
    first, second = make_service(), make_service()
    first.start()
    second.environ["MIANZHENG_PORT"] = str(first.port)
    second.start()
    assert second.process.wait(20) == 1
    assert "MIANZHENG_PORT" in second.log


async def test_bad_data_stops_the_start(make_service: Callable[..., Service]) -> None:
    service = make_service()
    service.version_file.unlink()
    service.start()
    assert service.process.wait(20) == 1
    assert "matters.csv 第2行：坏了" in service.log


async def test_several_processes_serve_reload_and_stop_together(make_service: Callable[..., Service]) -> None:
    service = make_service(MIANZHENG_WORKERS="2")
    service.start()
    service.version_file.write_text("two", "utf-8")
    service.process.send_signal(signal.SIGHUP)
    async with asyncio.timeout(20):
        while service.log.count("版本 two") < 2:
            await asyncio.sleep(0.05)
    await _wait_for_version(service, "two")
    assert service.stop() == 0


async def test_a_worker_that_dies_is_replaced(make_service: Callable[..., Service]) -> None:
    service = make_service(MIANZHENG_WORKERS="2")
    service.start()
    await asyncio.sleep(5.5)
    (first, *_) = _children_of(service.process.pid)
    os.kill(first, signal.SIGKILL)
    async with asyncio.timeout(20):
        while first in _children_of(service.process.pid) or len(_children_of(service.process.pid)) < 2:
            await asyncio.sleep(0.05)


def _children_of(pid: int) -> list[int]:
    return [int(number) for number in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
