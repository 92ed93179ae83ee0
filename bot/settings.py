"""All settings, read from the environment once; only `server.py` and the commands see them."""

import base64
import binascii
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from pathlib import Path
from typing import Any, Final, Self

PREFIX: Final = "MIANZHENG_"
# Signs tokens on a developer's machine only; production refuses it.
_DEVELOPMENT_SECRET: Final = "development-only-secret-not-for-production"
_SHORTEST_SECRET: Final = 32
_SHORTEST_API_KEY: Final = 16
_DATA_KEY_BYTES: Final = 32
_DEVELOPMENT_KEYS: Final = {"dev": hashlib.sha256(_DEVELOPMENT_SECRET.encode()).digest()}
_DATABASES: Final = ("sqlite", "postgresql")


class SettingsError(ValueError):
    """Settings that the program must not start with; `problems` has one line each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


class Environment(StrEnum):
    """Where the program runs; production refuses whatever is only good enough to try things out."""

    DEVELOPMENT = "development"
    PRODUCTION = "production"


def _whole(default: int, *, least: int = 1, most: int = 10**9, production: int | None = None) -> Any:
    """A whole number between two bounds, with another default in production where one is given."""

    def read(value: str) -> int:
        number = int(value)
        if not least <= number <= most:
            raise ValueError(f"应在 {least} 到 {most} 之间")
        return number

    return field(default=default, metadata={"read": read, "production": production})


def _read_environment(value: str) -> Environment:
    if value not in set(Environment):
        raise ValueError(f"只能是 {' 或 '.join(Environment)}")
    return Environment(value)


class HotlineKind(StrEnum):
    """How the 12345 centre is spoken to."""

    SIGNED_JSON = "signed_json"
    OPEN311 = "open311"


def _read_hotline_kind(value: str) -> HotlineKind:
    if value not in set(HotlineKind):
        raise ValueError(f"只能是 {' 或 '.join(HotlineKind)}")
    return HotlineKind(value)


def _read_http_url(value: str) -> str:
    if not value.startswith(("http://", "https://")):
        raise ValueError("应是 http:// 或 https:// 开头的地址")
    return value.rstrip("/")


def _read_switch(value: str) -> bool:
    if value not in {"0", "1"}:
        raise ValueError("只能是 1（开）或 0（关）")
    return value == "1"


def _read_database_url(value: str) -> str:
    if not value.startswith(_DATABASES) or "://" not in value:
        raise ValueError("应是 sqlite:///文件 或 postgresql://用户:密码@主机/库名")
    return value


def _read_redis_url(value: str) -> str:
    if not value.startswith(("redis://", "rediss://", "unix://")):
        raise ValueError("应是 redis://主机:端口/编号")
    return value


def _read_data_keys(value: str) -> dict[str, bytes]:
    keys: dict[str, bytes] = {}
    for item in value.split(","):
        name, _, encoded = item.strip().partition("=")
        try:
            key = base64.b64decode(encoded, validate=True)
        except binascii.Error as error:
            raise ValueError("每把密钥应写成 名称=base64") from error
        if not name.isalnum() or len(key) != _DATA_KEY_BYTES:
            raise ValueError(f"每把密钥应写成 名称=base64，名称用字母数字，内容 {_DATA_KEY_BYTES} 字节")
        keys[name] = key
    return keys


def _read_open311_keys(value: str) -> dict[str, str]:
    pairs = [item.strip().partition("=") for item in value.split(",") if item.strip()]
    if any(not name.isidentifier() or len(key) < _SHORTEST_API_KEY for name, _, key in pairs):
        raise ValueError(f"每把应写成 名称=密钥，名称用字母数字和下划线，密钥至少 {_SHORTEST_API_KEY} 个字符")
    return {name: key for name, _, key in pairs}


def _read_folder(value: str) -> Path:
    if not Path(value).is_dir():
        raise ValueError(f"没有 {value} 这个文件夹")
    return Path(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What can be set, each as `MIANZHENG_` + the name in capitals.

    Attributes:
        host, port: where the service listens.
        database_url: `sqlite:///FILE` or `postgresql://USER:PASSWORD@HOST/NAME`.
        redis_url: `redis://HOST:PORT/NUMBER`; empty keeps dialogue state in the process.
        catalogue, intents: directories of the data. cache: where the engine keeps what it learned from them.
        reranker: folder of a sentence-embedding model that decides where the engine is unsure; without one, none does.
        secret: key that signs tokens.
        data_keys: keys that seal personal data, by name; the first seals, all of them open.
        token_days: how long a guest's token is good. shift_hours: how long an operator's is.
        memory_minutes: how long a conversation remembers what it was about.
        hotline_kind: how 12345 is spoken to. hotline_url: where it is; empty means the sandbox. hotline_app,
            hotline_secret: what both sides agreed on; for Open311 the secret is the API key. hotline_jurisdiction,
            division: for Open311, `jurisdiction_id` and the division code (GB/T 2260) that serves as `address_id`.
        open311_keys: by which other programs file complaints at /open311/v2; without any, nobody can.
        zheliban_url: the provincial gateway, for login, licences and shared data; zheliban_portal_url: where people log
            in. zheliban_app, zheliban_secret: access key and secret. zheliban_service_code, zheliban_service_secret: of
            the older login, which is then used. ala_police_…, verification_…: our signed contracts. Without an address
            a system is the sandbox, or in production left out.
        sandbox: whether outside systems without an address are played by the sandbox.
        workers: processes that serve. pid_file: where the first of them leaves its number for `reload`.
        base_url: how people reach the service, where that is not http://host:port.
        frame_ancestors: who may show our pages in a frame, as in a content security policy.
        trusted_proxies: how many proxies of our own stand in front and append to `X-Forwarded-For`.
        token_messages, address_messages: messages a minute from one token, from one network address. Developers'
            scripts send more than any person does, so only production is strict.
        address_guests: new guests an hour from one network address.
    """

    host: str = "127.0.0.1"
    port: int = _whole(8080, least=0, most=65_535)
    database_url: str = field(default="sqlite:///var/mianzheng.db", repr=False, metadata={"read": _read_database_url})
    redis_url: str = field(default="", repr=False, metadata={"read": _read_redis_url})
    catalogue: Path = field(default=Path("catalogue_data"), metadata={"read": Path})
    intents: Path = field(default=Path("intents/data"), metadata={"read": Path})
    cache: Path = field(default=Path("var/cache"), metadata={"read": Path})
    reranker: Path | None = field(default=None, metadata={"read": _read_folder})
    env: Environment = field(default=Environment.DEVELOPMENT, metadata={"read": _read_environment})
    secret: str = field(default=_DEVELOPMENT_SECRET, repr=False)
    data_keys: Mapping[str, bytes] = field(
        default_factory=lambda: _DEVELOPMENT_KEYS, repr=False, metadata={"read": _read_data_keys}
    )
    token_days: int = _whole(30, most=366)
    shift_hours: int = _whole(12, most=24)
    memory_minutes: int = _whole(24 * 60)
    hotline_kind: HotlineKind = field(default=HotlineKind.SIGNED_JSON, metadata={"read": _read_hotline_kind})
    hotline_url: str = field(default="", metadata={"read": _read_http_url})
    hotline_app: str = "mianzheng"
    hotline_secret: str = field(default=_DEVELOPMENT_SECRET, repr=False)
    hotline_jurisdiction: str = ""
    division: str = "330203"
    open311_keys: Mapping[str, str] = field(default_factory=dict, repr=False, metadata={"read": _read_open311_keys})
    zheliban_url: str = field(default="", metadata={"read": _read_http_url})
    zheliban_portal_url: str = field(default="https://portal.zjzwfw.gov.cn", metadata={"read": _read_http_url})
    zheliban_app: str = "mianzheng"
    zheliban_secret: str = field(default=_DEVELOPMENT_SECRET, repr=False)
    zheliban_service_code: str = ""
    zheliban_service_secret: str = field(default="", repr=False)
    ala_police_url: str = field(default="", metadata={"read": _read_http_url})
    ala_police_app: str = "mianzheng"
    ala_police_secret: str = field(default=_DEVELOPMENT_SECRET, repr=False)
    verification_url: str = field(default="", metadata={"read": _read_http_url})
    verification_app: str = "mianzheng"
    verification_secret: str = field(default=_DEVELOPMENT_SECRET, repr=False)
    sandbox: bool = field(default=True, metadata={"read": _read_switch, "production": False})
    workers: int = _whole(1, most=64)
    pid_file: Path = field(default=Path("var/mianzheng.pid"), metadata={"read": Path})
    base_url: str = ""
    frame_ancestors: str = "'none'"
    trusted_proxies: int = _whole(0, least=0, most=8)
    token_messages: int = _whole(6_000, production=60)
    address_messages: int = _whole(60_000, production=3_000)
    address_guests: int = _whole(60_000, production=600)

    @classmethod
    def from_environ(cls, environ: Mapping[str, str]) -> Self:
        """The settings of an environment; an empty value counts as not given.

        Raises:
            SettingsError: values that cannot be used, or that production must not start with, all named at once.
        """
        problems: list[str] = []
        given: dict[str, Any] = {}
        for item in fields(cls):
            value = environ.get(PREFIX + item.name.upper(), "").strip()
            read: Callable[[str], Any] = item.metadata.get("read", str)
            try:
                given |= {item.name: read(value)} if value else {}
            except ValueError as error:
                problems.append(f"{PREFIX}{item.name.upper()}：{error}")
        if given.get("env") is Environment.PRODUCTION:
            given = _production_defaults(cls) | given
        settings = cls(**given)
        if settings.hotline_kind is HotlineKind.OPEN311 and not settings.hotline_url:
            problems.append(f"{PREFIX}HOTLINE_URL：用 open311 时要写明地址，沙箱不会这种说法")
        problems += settings._list_dangers() if settings.env is Environment.PRODUCTION else []
        if problems:
            raise SettingsError(problems)
        return settings

    @property
    def is_sqlite(self) -> bool:
        """Whether conversations are kept in a file."""
        return self.database_url.startswith("sqlite")

    @property
    def own_url(self) -> str:
        """Where this service is reached, without a slash at the end."""
        host = "127.0.0.1" if self.host in {"", "0.0.0.0", "::"} else self.host
        return self.base_url.rstrip("/") or f"http://{host}:{self.port}"

    def _list_dangers(self) -> list[str]:
        """What production refuses."""
        dangers: list[str] = []
        if self.secret == _DEVELOPMENT_SECRET or len(self.secret) < _SHORTEST_SECRET:
            dangers.append(f"{PREFIX}SECRET：正式环境要设置自己的密钥，至少 {_SHORTEST_SECRET} 个字符")
        if self.data_keys == _DEVELOPMENT_KEYS:
            dangers.append(f"{PREFIX}DATA_KEYS：正式环境要设置自己的数据密钥，例如 k1=$(openssl rand -base64 32)")
        if self.sandbox:
            dangers.append(f"{PREFIX}SANDBOX：正式环境不能用沙箱")
        if not self.hotline_url:
            dangers.append(f"{PREFIX}HOTLINE_URL：正式环境要接上 12345，否则投诉送不出去")
        if self.hotline_secret == _DEVELOPMENT_SECRET or len(self.hotline_secret) < _SHORTEST_SECRET:
            dangers.append(f"{PREFIX}HOTLINE_SECRET：正式环境要设置和 12345 约定的密钥，至少 {_SHORTEST_SECRET} 个字符")
        dangers += [
            f"{PREFIX}{name.upper()}_SECRET：正式环境要设置和对方约定的密钥，至少 {_SHORTEST_SECRET} 个字符"
            for name in ("zheliban", "ala_police", "verification")
            if getattr(self, f"{name}_url") and not _is_own_secret(getattr(self, f"{name}_secret"))
        ]
        if self.workers > 1 and self.is_sqlite:
            dangers.append(f"{PREFIX}DATABASE_URL：多个进程一起服务时请用 PostgreSQL，不能用 SQLite 文件")
        if self.workers > 1 and not self.redis_url:
            dangers.append(f"{PREFIX}REDIS_URL：多个进程一起服务时要用 Redis 保存对话状态")
        return dangers


def _is_own_secret(secret: str) -> bool:
    return secret != _DEVELOPMENT_SECRET and len(secret) >= _SHORTEST_SECRET


def _production_defaults(kind: type[Settings]) -> dict[str, Any]:
    return {
        item.name: item.metadata["production"] for item in fields(kind) if item.metadata.get("production") is not None
    }
