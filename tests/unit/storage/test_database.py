"""A new file of SQLite is opened by many at once."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from bot.storage.database import open_database, open_sqlite_writer

AT_ONCE = 8


@pytest.mark.parametrize("time", range(3))
def test_many_may_open_a_new_file_at_once(tmp_path: Path, time: int) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'new.db'}")
    writers = [open_sqlite_writer(engine) for _ in range(AT_ONCE)]

    def write(number: int) -> None:
        with writers[number].begin() as connection:
            connection.execute(text(f"CREATE TABLE note_{number} (words TEXT)"))

    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(write, range(AT_ONCE)))
    for writer in writers:
        writer.dispose()
    with create_engine(f"sqlite:///{tmp_path / 'new.db'}").connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM sqlite_master")).scalar() == AT_ONCE
