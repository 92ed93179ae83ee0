"""Kills the service a hundred times under a load of complaints, and counts what was shown, kept and delivered.

Usage: bench_kill.py [ROUNDS]
"""

import asyncio
import random
import sys
import tempfile
from pathlib import Path

from aiohttp import web

from bot.services.clock import SystemClock
from integrations.sandbox.app import create_sandbox, running_sandbox
from integrations.sandbox.faults import Faults, FaultSwitch
from integrations.sandbox.hotline import SandboxHotline
from integrations.signing import Credentials
from tests.journeys.kill_load import MortalService, run_rounds, wait_for_delivery

_SECRET = "s" * 32


async def main(rounds: int) -> None:
    switch = FaultSwitch(Faults(lose=0.2, refuse=0.1))
    centre = SandboxHotline(
        credentials=Credentials(app="mianzheng", secret=_SECRET),
        clock=SystemClock(),
        switch=switch,
        callback_url="",
        script=(),
    )
    app: web.Application = create_sandbox(switch, centre)
    async with running_sandbox(app) as url:
        with tempfile.TemporaryDirectory() as directory:
            service = MortalService(
                Path(directory), cache=Path("var/cache").resolve(), hotline_url=f"{url}/hotline", secret=_SECRET
            )
            try:
                tally = await run_rounds(service, rounds=rounds, citizens=4, chance=random.Random())
                await wait_for_delivery(service)
                recorded = service.list_numbers()
            finally:
                service.kill()
    lost = tally.shown.keys() - recorded
    print(f"kills {tally.kills}   shown {len(tally.shown)}   recorded {len(recorded)}   lost {len(lost)}")
    print(f"at 12345 {len(centre.orders)}   taken {centre.taken}   missing {len(recorded - centre.orders.keys())}")


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100))
