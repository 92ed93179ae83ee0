"""The time in China, where the law and the offices of this program are."""

from datetime import datetime

from bot.domain.working_time import CHINA_TIME

__all__ = ["CHINA_TIME", "SystemClock"]


class SystemClock:
    """Implements `Clock` with the computer's own."""

    def now(self) -> datetime:
        """See `Clock`."""
        return datetime.now(CHINA_TIME)
