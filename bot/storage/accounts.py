"""Accounts of operators and staff; passwords as argon2id hashes."""

import asyncio
from datetime import datetime
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.errors import ConflictError, InvalidInputError
from bot.domain.identifiers import new_id
from bot.domain.viewer import Role, Viewer
from bot.ports import Clock
from bot.storage.database import translated_errors
from bot.storage.tables import ACCOUNTS

_SHORTEST_PASSWORD, _LONGEST_PASSWORD = 10, 256
_LONGEST_NAME: Final = 64
_FEWEST_DIFFERENT: Final = 5
# A hash takes 64 MB while it is computed, so only a few are computed at once.
_HASHES_AT_ONCE: Final = 2


class SqlAccounts:
    """Implements `Accounts`."""

    def __init__(self, engine: AsyncEngine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock
        self._hasher = PasswordHasher()
        self._turnstile = asyncio.Semaphore(_HASHES_AT_ONCE)
        self._decoy: str | None = None

    async def create(self, *, login: str, name: str, password: str, role: Role, unit_id: str | None = None) -> str:
        """See `Accounts`."""
        login = _fold_login(login)
        _require_strength(login, name, password)
        row = {
            "id": new_id(),
            "login": login,
            "name": name.strip(),
            "role": role.value,
            "unit_id": unit_id,
            "password_hash": await self._hash(password),
            "created_at": self._clock.now(),
            "is_active": True,
        }
        try:
            await self._insert(row)
        except ConflictError as error:
            raise ConflictError(f"登录名“{login}”已经有人用了") from error
        return str(row["id"])

    async def check(self, login: str, password: str) -> Viewer | None:
        """See `Accounts`."""
        query = select(ACCOUNTS).where(ACCOUNTS.c.login == _fold_login(login), ACCOUNTS.c.is_active)
        with translated_errors():
            async with self._engine.connect() as connection:
                row = (await connection.execute(query)).one_or_none()
        # An unknown login costs a comparison too, so that the time of an answer does not tell which logins exist.
        fits = await self._fits(row.password_hash if row else await self._find_decoy(), password)
        if row is None or not fits:
            return None
        if self._hasher.check_needs_rehash(row.password_hash):
            await self._renew_hash(row.id, password)
        return Viewer(id=row.id, role=Role(row.role), name=row.name, unit_id=row.unit_id)

    async def _insert(self, row: dict[str, str | datetime | bool | None]) -> None:
        with translated_errors():
            async with self._engine.begin() as connection:
                await connection.execute(insert(ACCOUNTS), row)

    async def _renew_hash(self, account_id: str, password: str) -> None:
        """After the recommended cost of a hash has risen."""
        change = update(ACCOUNTS).where(ACCOUNTS.c.id == account_id).values(password_hash=await self._hash(password))
        with translated_errors():
            async with self._engine.begin() as connection:
                await connection.execute(change)

    async def _find_decoy(self) -> str:
        if self._decoy is None:
            self._decoy = await self._hash(new_id())
        return self._decoy

    async def _hash(self, password: str) -> str:
        async with self._turnstile:
            return await asyncio.to_thread(self._hasher.hash, password)

    async def _fits(self, password_hash: str, password: str) -> bool:
        async with self._turnstile:
            try:
                return await asyncio.to_thread(self._hasher.verify, password_hash, password)
            except VerificationError:
                return False


def _fold_login(login: str) -> str:
    """One form of a login; what cannot be one becomes the login that nobody has."""
    login = login.strip().casefold()
    return login if login.isprintable() else ""


def _require_strength(login: str, name: str, password: str) -> None:
    fields: dict[str, str] = {}
    if not 0 < len(login) <= _LONGEST_NAME:
        fields["login"] = f"登录名要有 1 到 {_LONGEST_NAME} 个字符"
    if not (name.strip() and name.isprintable() and len(name) <= _LONGEST_NAME):
        fields["name"] = f"姓名要有 1 到 {_LONGEST_NAME} 个字符"
    if not _SHORTEST_PASSWORD <= len(password) <= _LONGEST_PASSWORD:
        fields["password"] = f"密码至少 {_SHORTEST_PASSWORD} 位"
    elif len(set(password)) < _FEWEST_DIFFERENT or (login and login in password.casefold()):
        fields["password"] = "密码太好猜了：不要用登录名，也不要总是同一个字符"
    if fields:
        raise InvalidInputError("；".join(fields.values()), fields)
