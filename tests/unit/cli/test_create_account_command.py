"""`create-account` makes accounts that can sign in, and takes no password as an argument."""

import asyncio
import io
from pathlib import Path

import pytest

from bot.domain.viewer import Role
from bot.storage.accounts import SqlAccounts
from bot.storage.database import open_database
from server import main  # noqa: TID251
from tests.builders import SetClock

PASSWORD = "correct horse battery"
ARGUMENTS = ["create-account", "wang", "--role", "operator", "--name", "王小云"]


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    return {"MIANZHENG_DATABASE_URL": f"sqlite:///{tmp_path / 'new folder' / 'test.db'}"}


@pytest.fixture(autouse=True)
def _typed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\r\n"))


def test_the_account_can_sign_in(environ: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(ARGUMENTS, environ) == 0
    assert "wang" in capsys.readouterr().out
    assert asyncio.run(_check(environ)) is Role.OPERATOR


async def _check(environ: dict[str, str]) -> Role | None:
    engine = open_database(environ["MIANZHENG_DATABASE_URL"])
    viewer = await SqlAccounts(engine, SetClock()).check("wang", PASSWORD)
    await engine.dispose()
    return viewer.role if viewer else None


def test_a_login_that_is_taken_is_refused(
    environ: dict[str, str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(ARGUMENTS, environ) == 0
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n"))
    assert main(ARGUMENTS, environ) == 1
    assert "登录名“wang”已经有人用了" in capsys.readouterr().err


def test_a_weak_password_is_refused(
    environ: dict[str, str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("\n"))
    assert main(ARGUMENTS, environ) == 1
    assert "密码至少" in capsys.readouterr().err


def test_citizens_get_no_account(environ: dict[str, str]) -> None:
    with pytest.raises(SystemExit):
        main(["create-account", "wang", "--role", "citizen", "--name", "王小云"], environ)
