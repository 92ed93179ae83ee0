"""Another city's tables are served without touching code; the real engine and dialogue answer from them."""

from pathlib import Path
from typing import Any

import pytest

from bot.catalogue.load import load_catalogue
from bot.settings import Settings
from tests.conftest import Client, ServiceMaker
from tests.journeys.citizen import API, Citizen

ROOT = Path(__file__).parents[2]


@pytest.fixture
async def service(start_service: ServiceMaker, tmp_path: Path) -> Client:
    environ = {
        "MIANZHENG_DATABASE_URL": f"sqlite:///{tmp_path / 'test.db'}",
        "MIANZHENG_CATALOGUE": str(ROOT / "tests" / "data" / "second_city"),
        "MIANZHENG_INTENTS": str(ROOT / "intents" / "data"),
        "MIANZHENG_CACHE": str(ROOT / "var" / "cache" / "other_cities"),
    }
    return await start_service(Settings.from_environ(environ), load=None)


def _words_of(answer: dict[str, Any]) -> str:
    return "\n".join(part["text"] for part in answer["reply"])


async def test_a_second_city_answers_from_its_own_tables(service: Client) -> None:
    citizen = await Citizen.arrive(service)
    answer = await citizen.say("办公租房还要开无房证明吗")
    small_talk = await citizen.say("你好")
    async with service.get(f"{API}/suggestions") as response:
        suggestions = (await response.json())["suggestions"]

    assert answer["understood"]["matter"] == "th-rent"
    assert answer["understood"]["certificates"] == ["th-nohouse"]
    assert answer["understood"]["verdict"] == "not_needed"
    assert "桃源市办法第三条" in str(answer["reply"])
    assert any("公共租赁住房申请" in question for question in suggestions)
    first_city = load_catalogue(ROOT / "catalogue_data").fact("city_short")
    assert first_city
    assert first_city not in _words_of(answer) + _words_of(small_talk) + str(suggestions)
