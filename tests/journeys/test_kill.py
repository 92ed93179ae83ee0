"""What a citizen was shown survives `kill -9`, and reaches 12345 exactly once in effect."""

import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.services.clock import SystemClock
from integrations.sandbox.app import create_sandbox
from integrations.sandbox.faults import Faults, FaultSwitch
from integrations.sandbox.hotline import SandboxHotline
from integrations.signing import Credentials
from tests.journeys.kill_load import MortalService, run_rounds, wait_for_delivery

_SECRET = "s" * 32
_ROUNDS, _CITIZENS = 3, 3


@pytest.fixture
def centre() -> SandboxHotline:
    """12345, which loses one answer in ten and refuses one call in twenty."""
    switch = FaultSwitch(Faults(lose=0.1, refuse=0.05), random.Random(1))
    return SandboxHotline(
        credentials=Credentials(app="mianzheng", secret=_SECRET),
        clock=SystemClock(),
        switch=switch,
        callback_url="",
        script=(),
    )


@pytest.fixture
def make_service(tmp_path: Path) -> Iterator[Callable[[str], MortalService]]:
    made: list[MortalService] = []

    def make(hotline_url: str) -> MortalService:
        cache = Path("var/cache").resolve()
        made.append(MortalService(tmp_path, cache=cache, hotline_url=hotline_url, secret=_SECRET))
        return made[-1]

    yield make
    for service in made:
        service.kill()


async def test_every_number_shown_is_kept_and_reaches_12345_once(
    centre: SandboxHotline, make_service: Callable[[str], MortalService], aiohttp_server: Callable[..., Any]
) -> None:
    server = await aiohttp_server(create_sandbox(centre.switch, centre))
    service = make_service(str(server.make_url("/hotline")))

    tally = await run_rounds(service, rounds=_ROUNDS, citizens=_CITIZENS, chance=random.Random(7))
    await wait_for_delivery(service)

    recorded = service.list_numbers()
    assert tally.shown.keys() <= recorded
    assert tally.shown
    # Exactly once in effect: what is recorded is what the centre holds, and it took each letter once.
    assert centre.orders.keys() == recorded
    assert centre.taken == len(recorded)
