"""How long personal data is kept, by kind: the table that PIPL article 19 asks for (the shortest that serves)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final


class DataKind(StrEnum):
    """What is kept for a while.

    Counted: a draft from its last change, a message from when it was said, a picture that no complaint took from when
    it was sent, a complaint's content from its end, a letter's body from its delivery, a verification from its end,
    a letter of commitment from its signing.
    """

    DRAFT = "draft"
    MESSAGE = "message"
    PICTURE = "picture"
    COMPLAINT = "complaint"
    LETTER = "letter"
    VERIFICATION = "verification"
    COMMITMENT = "commitment"


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionRule:
    """One row of the table. `basis`: why so long, for people."""

    kind: DataKind
    days: int
    basis: str
    note: str = ""

    def expires_before(self, now: datetime) -> datetime:
        """What is older than this is not kept."""
        return now - timedelta(days=self.days)


_BASIS: Final = "《个人信息保护法》第十九条：实现处理目的所必要的最短时间；本系统暂定"
_DEFAULT_DAYS: Final = {
    DataKind.DRAFT: 30,
    DataKind.MESSAGE: 180,
    DataKind.PICTURE: 7,
    DataKind.COMPLAINT: 1_095,
    DataKind.LETTER: 30,
    DataKind.VERIFICATION: 1_095,
    DataKind.COMMITMENT: 1_825,
}
# For a city whose tables do not say.
DEFAULT_RETENTION: Final = {
    kind: RetentionRule(kind=kind, days=days, basis=_BASIS) for kind, days in _DEFAULT_DAYS.items()
}
