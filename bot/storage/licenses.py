"""Look-ups of electronic licences in the database, sealed as a whole, changed together with their use records."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

import msgspec
from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.e_license import LicenseRequest, LicenseState
from bot.domain.errors import ConflictError
from bot.domain.filing import Letter
from bot.domain.use_record import Use
from bot.domain.verification import Verification
from bot.storage.cipher import Cipher
from bot.storage.complaint_rows import row_of_letter
from bot.storage.database import translated_errors
from bot.storage.license_tables import LICENSE_REQUESTS, VERIFICATIONS
from bot.storage.tables import OUTBOX
from bot.storage.use_records import append_uses
from bot.storage.verifications import row_of_verification

_REQUESTS: Final = msgspec.json.Decoder(LicenseRequest)
_ENDED: Final = (LicenseState.REFUSED.value, LicenseState.EXPIRED.value)


class SqlLicenses:
    """Implements `LicenseStore`."""

    def __init__(self, engine: AsyncEngine, cipher: Cipher) -> None:
        self._engine = engine
        self._cipher = cipher

    async def add(self, request: LicenseRequest, *uses: Use) -> None:
        """See `LicenseStore`."""
        with translated_errors():
            async with self._engine.begin() as connection:
                await connection.execute(insert(LICENSE_REQUESTS), self._row_of(request))
                await append_uses(connection, uses)

    async def change(
        self,
        request: LicenseRequest,
        *uses: Use,
        verification: Verification | None = None,
        letters: Sequence[Letter] = (),
    ) -> None:
        """See `LicenseStore`."""
        is_same = (LICENSE_REQUESTS.c.id == request.id) & (LICENSE_REQUESTS.c.version == request.version - 1)
        with translated_errors():
            async with self._engine.begin() as connection:
                changed = await connection.execute(
                    update(LICENSE_REQUESTS).where(is_same).values(**self._row_of(request))
                )
                if changed.rowcount != 1:
                    raise ConflictError("这次调取刚刚有了变化，请刷新页面看看")
                if verification is not None:
                    await connection.execute(insert(VERIFICATIONS), row_of_verification(verification, self._cipher))
                    for letter in letters:
                        await connection.execute(
                            insert(OUTBOX), row_of_letter(letter, verification.requested_at, self._cipher)
                        )
                await append_uses(connection, uses)

    async def find_by_token(self, token: str) -> LicenseRequest | None:
        """See `LicenseStore`."""
        return await self._find(LICENSE_REQUESTS.c.token == token)

    async def find_by_hand_over(self, token: str) -> LicenseRequest | None:
        """See `LicenseStore`."""
        return await self._find(LICENSE_REQUESTS.c.hand_over == token) if token else None

    async def find_open(self, owner_id: str, conversation_id: str) -> LicenseRequest | None:
        """See `LicenseStore`."""
        return await self._find(
            (LICENSE_REQUESTS.c.owner_id == owner_id)
            & (LICENSE_REQUESTS.c.conversation_id == conversation_id)
            & LICENSE_REQUESTS.c.state.not_in(_ENDED)
        )

    async def get(self, request_id: str) -> LicenseRequest | None:
        """See `LicenseStore`."""
        return await self._find(LICENSE_REQUESTS.c.id == request_id)

    async def list_over(self, now: datetime, limit: int) -> Sequence[LicenseRequest]:
        """See `LicenseStore`."""
        is_over = LICENSE_REQUESTS.c.state.not_in(_ENDED) & (LICENSE_REQUESTS.c.expires_at <= now)
        return await self._list(is_over, limit)

    async def _find(self, condition: Any) -> LicenseRequest | None:
        found = await self._list(condition, 1)
        return found[0] if found else None

    async def _list(self, condition: Any, limit: int) -> Sequence[LicenseRequest]:
        query = select(LICENSE_REQUESTS.c.id, LICENSE_REQUESTS.c.content).where(condition)
        query = query.order_by(LICENSE_REQUESTS.c.id.desc()).limit(limit)
        with translated_errors():
            async with self._engine.connect() as connection:
                rows = (await connection.execute(query)).all()
        return tuple(_REQUESTS.decode(self._cipher.open_bytes(row.content, _place(row.id))) for row in rows)

    def _row_of(self, request: LicenseRequest) -> dict[str, Any]:
        return {
            "id": request.id,
            "token": request.token,
            "hand_over": request.hand_over,
            "owner_id": request.owner_id,
            "conversation_id": request.conversation_id,
            "matter_id": request.matter_id,
            "certificate_id": request.certificate_id,
            "state": request.state.value,
            "requested_at": request.requested_at,
            "expires_at": request.expires_at,
            "content": self._cipher.seal_bytes(msgspec.json.encode(request), _place(request.id)),
            "version": request.version,
        }


def _place(request_id: str) -> str:
    return f"license_requests:{request_id}"
