"""The time in China, where the law and the offices of this program are."""

from datetime import datetime, timedelta, timezone
from typing import Final

CHINA_TIME: Final = timezone(timedelta(hours=8))


class SystemClock:
    """Implements `Clock` with the computer's own."""

    def now(self) -> datetime:
        """See `Clock`."""
        return datetime.now(CHINA_TIME)
