"""Pictures in the database, sealed."""

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.errors import NotFoundError
from bot.domain.picture import Picture
from bot.storage.cipher import Cipher
from bot.storage.database import translated_errors
from bot.storage.tables import PICTURES


class SqlPictures:
    """Implements `Pictures`."""

    def __init__(self, engine: AsyncEngine, cipher: Cipher) -> None:
        self._engine = engine
        self._cipher = cipher

    async def add(self, picture: Picture) -> None:
        """See `Pictures`."""
        row = {
            "id": picture.id,
            "owner_id": picture.owner_id,
            "media_type": picture.media_type,
            "size": len(picture.content),
            "content": self._cipher.seal_bytes(picture.content, f"pictures:{picture.id}"),
            "at": picture.at,
        }
        with translated_errors():
            async with self._engine.begin() as connection:
                await connection.execute(insert(PICTURES), row)

    async def get(self, picture_id: str) -> Picture:
        """See `Pictures`."""
        with translated_errors():
            async with self._engine.connect() as connection:
                row = (await connection.execute(select(PICTURES).where(PICTURES.c.id == picture_id))).one_or_none()
        if row is None:
            raise NotFoundError("没有找到这张图片")
        return Picture(
            id=row.id,
            owner_id=row.owner_id,
            media_type=row.media_type,
            content=self._cipher.open_bytes(row.content, f"pictures:{row.id}"),
            at=row.at,
        )

    async def find_owner(self, picture_id: str) -> str | None:
        """See `Pictures`."""
        query = select(PICTURES.c.owner_id).where(PICTURES.c.id == picture_id)
        with translated_errors():
            async with self._engine.connect() as connection:
                owner: str | None = (await connection.execute(query)).scalar_one_or_none()
        return owner
