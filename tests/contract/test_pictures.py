"""What every store of pictures must do; run over SQLite and PostgreSQL."""

from collections.abc import AsyncIterator

import pytest

from bot.domain.errors import NotFoundError
from bot.domain.picture import Picture
from bot.storage.database import open_database
from bot.storage.migrate import upgrade_database
from bot.storage.pictures import SqlPictures
from tests.builders import CIPHER, NOON


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[SqlPictures]:
    engine = open_database(database_url)
    await upgrade_database(engine)
    yield SqlPictures(engine, CIPHER)
    await engine.dispose()


async def test_a_picture_is_read_again_as_it_was(store: SqlPictures) -> None:
    picture = Picture(id="p1", owner_id="xiaowang", media_type="image/jpeg", content=bytes(range(256)) * 4_000, at=NOON)
    await store.add(picture)
    assert await store.get("p1") == picture
    assert await store.find_owner("p1") == "xiaowang"


async def test_what_was_never_sent_is_not_found(store: SqlPictures) -> None:
    assert await store.find_owner("p1") is None
    with pytest.raises(NotFoundError):
        await store.get("p1")
