"""Citizens file complaints while the service is killed again and again; used by the test and by the benchmark."""

import asyncio
import os
import random
import signal
import socket
import sqlite3
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import aiohttp

from bot.domain.identifiers import new_id
from tests.journeys.citizen import API

ROOT: Final = Path(__file__).parents[2]
_STORIES: Final = (
    "我要投诉，昨天上午段塘街道便民服务中心，我给我妈办高龄津贴，窗口非要我去社区开健在证明，我电话139{phone}",
    "投诉，今天下午古林镇便民中心，办建房审批要我开居住证明，电话139{phone}",
)
_PATIENCE_SECONDS: Final = 60


@dataclass(slots=True)
class Tally:
    """What citizens were shown, and how often the service died. `shown`: numbers, and whose token each belongs to."""

    shown: dict[str, str] = field(default_factory=dict)
    kills: int = 0


class MortalService:
    """The real service on a SQLite file, with 12345 somewhere else."""

    def __init__(self, directory: Path, *, cache: Path, hotline_url: str, secret: str) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        self.database = directory / "kill.db"
        self._log = directory / "log"
        self._environ = {
            "PATH": os.environ["PATH"],
            "MIANZHENG_PORT": str(self.port),
            "MIANZHENG_DATABASE_URL": f"sqlite:///{self.database}",
            "MIANZHENG_PID_FILE": str(directory / "kill.pid"),
            "MIANZHENG_CACHE": str(cache),
            "MIANZHENG_HOTLINE_URL": hotline_url,
            "MIANZHENG_HOTLINE_SECRET": secret,
        }

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Returns once it can answer."""
        with self._log.open("a") as log:
            self._process = subprocess.Popen(
                [sys.executable, "server.py", "serve"],
                env=self._environ,
                cwd=ROOT,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        assert self._process.stdout is not None
        assert self._process.stdout.readline(), self._log.read_text("utf-8")

    def kill(self) -> None:
        """As a power cut does: without a word."""
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGKILL)
        self._process.wait(20)
        assert self._process.stdout is not None
        self._process.stdout.close()

    def list_numbers(self) -> set[str]:
        """Every complaint that is in the database."""
        with sqlite3.connect(self.database) as connection:
            return {row[0] for row in connection.execute("SELECT number FROM complaints")}

    def count_waiting(self) -> int:
        """Letters not delivered yet."""
        with sqlite3.connect(self.database) as connection:
            return int(connection.execute("SELECT count(*) FROM outbox WHERE state != 'delivered'").fetchone()[0])


async def run_rounds(service: MortalService, *, rounds: int, citizens: int, chance: random.Random) -> Tally:
    """Kills the service at a random moment of each round, while citizens keep filing; ends with it running."""
    tally = Tally()
    for _ in range(rounds):
        service.start()
        async with aiohttp.ClientSession(service.base) as session:
            filing = [asyncio.create_task(_keep_filing(session, tally, chance)) for _ in range(citizens)]
            await asyncio.sleep(chance.uniform(0.05, 1.5))
            await asyncio.to_thread(service.kill)
            for task in filing:
                task.cancel()
            await asyncio.gather(*filing, return_exceptions=True)
        tally.kills += 1
    service.start()
    return tally


async def wait_for_delivery(service: MortalService) -> None:
    """Until 12345 has every letter."""
    async with asyncio.timeout(_PATIENCE_SECONDS):
        while service.count_waiting():
            await asyncio.sleep(0.2)


async def _keep_filing(session: aiohttp.ClientSession, tally: Tally, chance: random.Random) -> None:
    while True:
        with suppress(aiohttp.ClientError, OSError, KeyError):
            await _file_one(session, tally, chance)


async def _file_one(session: aiohttp.ClientSession, tally: Tally, chance: random.Random) -> None:
    token = (await _post(session, "/auth/guest", {}))["token"]
    story = chance.choice(_STORIES).format(phone=f"{chance.randrange(10**8):08d}")
    opened = await _post(session, "/chat/messages", {"conversation_id": None, "text": story}, token)
    confirm = {"conversation_id": opened["conversation_id"], "text": "对", "client_message_id": new_id()}
    filed = await _post(session, "/chat/messages", confirm, token)
    filed = await _settle_duplicate(session, filed, token)
    for part in filed["reply"]:
        if part["type"] == "ticket":
            tally.shown[part["number"]] = token


async def _settle_duplicate(session: aiohttp.ClientSession, filed: dict[str, Any], token: str) -> dict[str, Any]:
    """Whoever is offered to join another complaint files apart."""
    values = [choice["value"] for part in filed["reply"] for choice in part.get("choices", ())]
    if "complaint:separate" not in values:
        return filed
    body = {"conversation_id": filed["conversation_id"], "choice": "complaint:separate"}
    return await _post(session, "/chat/messages", body, token)


async def _post(
    session: aiohttp.ClientSession, path: str, body: dict[str, Any], token: str | None = None
) -> dict[str, Any]:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    async with session.post(API + path, json=body, headers=headers) as response:
        answer: dict[str, Any] = await response.json()
        return answer
