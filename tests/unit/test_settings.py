"""Settings come from a mapping; what the program must not start with is named."""

from pathlib import Path

import pytest

from bot.settings import Environment, Settings, SettingsError

DATA_KEY = "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWY="
PRODUCTION = {
    "MIANZHENG_ENV": "production",
    "MIANZHENG_SECRET": "s" * 32,
    "MIANZHENG_DATA_KEYS": f"k1={DATA_KEY}",
    "MIANZHENG_HOTLINE_URL": "https://12345.example",
    "MIANZHENG_HOTLINE_SECRET": "h" * 32,
}


def test_an_empty_environment_gives_a_developers_settings() -> None:
    settings = Settings.from_environ({"MIANZHENG_REDIS_URL": "", "OTHER": "x"})
    assert settings == Settings()
    assert (settings.host, settings.port, settings.env) == ("127.0.0.1", 8080, Environment.DEVELOPMENT)
    assert settings.is_sqlite


def test_every_setting_is_read() -> None:
    settings = Settings.from_environ(
        {
            "MIANZHENG_PORT": " 9000 ",
            "MIANZHENG_DATABASE_URL": "postgresql://me:secret@db/mianzheng",
            "MIANZHENG_CATALOGUE": "other/city",
            "MIANZHENG_WORKERS": "4",
        }
    )
    assert (settings.port, settings.catalogue, settings.workers) == (9000, Path("other/city"), 4)
    assert not settings.is_sqlite


def test_secrets_are_not_shown() -> None:
    settings = Settings.from_environ(
        PRODUCTION
        | {"MIANZHENG_DATABASE_URL": "postgresql://me:hidden@db/x", "MIANZHENG_REDIS_URL": "redis://:hidden@redis/0"}
    )
    assert "hidden" not in repr(settings)
    assert "s" * 32 not in repr(settings)
    assert DATA_KEY not in repr(settings)
    assert "k1" not in repr(settings)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "eighty"),
        ("PORT", "70000"),
        ("WORKERS", "0"),
        ("ENV", "staging"),
        ("DATABASE_URL", "mysql://x/y"),
        ("DATABASE_URL", "var/mianzheng.db"),
        ("REDIS_URL", "localhost:6379"),
        ("TOKEN_DAYS", "-1"),
        ("DATA_KEYS", "k1"),
        ("SANDBOX", "yes"),
        ("HOTLINE_URL", "12345"),
        ("HOTLINE_KIND", "fax"),
        ("RERANKER", "no/such/folder"),
        ("DATA_KEYS", "k1=dG9vIHNob3J0"),
        ("DATA_KEYS", f"k-1={DATA_KEY}"),
    ],
)
def test_a_value_that_cannot_be_used_is_named(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=f"MIANZHENG_{name}"):
        Settings.from_environ({f"MIANZHENG_{name}": value})


def test_all_problems_are_named_at_once() -> None:
    with pytest.raises(SettingsError) as refused:
        Settings.from_environ({"MIANZHENG_PORT": "x", "MIANZHENG_WORKERS": "y"})
    assert len(refused.value.problems) == 2


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"MIANZHENG_SECRET": ""}, "SECRET"),
        ({"MIANZHENG_SECRET": "short"}, "SECRET"),
        ({"MIANZHENG_DATA_KEYS": ""}, "DATA_KEYS"),
        ({"MIANZHENG_HOTLINE_URL": ""}, "HOTLINE_URL"),
        ({"MIANZHENG_HOTLINE_SECRET": ""}, "HOTLINE_SECRET"),
        ({"MIANZHENG_SANDBOX": "1"}, "SANDBOX"),
        ({"MIANZHENG_WORKERS": "2", "MIANZHENG_REDIS_URL": "redis://r/0"}, "DATABASE_URL"),
        ({"MIANZHENG_WORKERS": "2", "MIANZHENG_DATABASE_URL": "postgresql://d/m"}, "REDIS_URL"),
    ],
)
def test_production_refuses_what_is_only_good_for_trying_out(given: dict[str, str], named: str) -> None:
    with pytest.raises(SettingsError, match=named):
        Settings.from_environ(PRODUCTION | given)


def test_production_is_stricter_with_senders_unless_told_otherwise() -> None:
    assert Settings.from_environ(PRODUCTION).token_messages < Settings().token_messages
    assert Settings.from_environ(PRODUCTION | {"MIANZHENG_TOKEN_MESSAGES": "500"}).token_messages == 500


def test_open311_needs_an_address() -> None:
    with pytest.raises(SettingsError, match="HOTLINE_URL"):
        Settings.from_environ({"MIANZHENG_HOTLINE_KIND": "open311"})
