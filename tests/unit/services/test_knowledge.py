"""A good version of the data replaces the one in use at once; a bad one changes nothing."""

import asyncio
import threading
from collections.abc import Callable

import pytest

from bot.domain.errors import DataFindingsError, Finding
from bot.services.knowledge import Knowledge, LiveKnowledge
from tests.scripted import script_knowledge


def loading(*attempts: Knowledge | Exception) -> Callable[[], Knowledge]:
    """A loader with these outcomes, one after the other."""
    left = list(attempts)

    def load() -> Knowledge:
        attempt = left.pop(0)
        if isinstance(attempt, Exception):
            raise attempt
        return attempt

    return load


async def test_a_good_version_is_used_from_then_on() -> None:
    live = await LiveKnowledge.open(loading(script_knowledge(version="one"), script_knowledge(version="two")))
    kept = live.current
    assert (await live.reload()).version == "two"
    assert live.current.version == "two"
    assert kept.version == "one"


@pytest.mark.parametrize(
    "error", [DataFindingsError([Finding("a.csv", "坏了")]), FileNotFoundError(2, "No such file", "catalogue_data")]
)
async def test_a_bad_version_is_refused_and_the_old_one_stays(error: Exception) -> None:
    live = await LiveKnowledge.open(loading(script_knowledge(version="one"), error, script_knowledge(version="three")))
    with pytest.raises(DataFindingsError):
        await live.reload()
    assert live.current.version == "one"
    assert (await live.reload()).version == "three"


async def test_the_service_goes_on_while_data_is_read() -> None:
    may_go_on = threading.Event()

    def load() -> Knowledge:
        may_go_on.wait(5)
        return script_knowledge()

    opening = asyncio.create_task(LiveKnowledge.open(load))
    await asyncio.sleep(0.01)
    assert not opening.done()
    may_go_on.set()
    await opening


async def test_two_reloads_at_once_come_one_after_the_other() -> None:
    running = 0

    def load() -> Knowledge:
        nonlocal running
        running += 1
        assert running == 1
        threading.Event().wait(0.02)
        running -= 1
        return script_knowledge()

    live = await LiveKnowledge.open(load)
    await asyncio.gather(live.reload(), live.reload(), live.reload())
