"""What article 14 has printed on every electronic certificate: who took it, who made it, when, under which seal."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from bot.domain.working_time import china_moment


class SealKind(StrEnum):
    """The two seals of articles 14 and 15; they serve this reform only."""

    SHARING = "sharing"
    VERIFICATION = "verification"

    @property
    def label(self) -> str:
        """The name that stands on the seal."""
        return _SEALS[self]


_SEALS: Final = {
    SealKind.SHARING: "电子证明共享信息专用章",
    SealKind.VERIFICATION: "电子证明核实信息专用章",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Watermark:
    """The facts behind the watermark (2020 rules, article 14 (1)).

    Attributes:
        requester: 提取单位. producer: 制作单位. at: 提取时间.
    """

    requester: str
    producer: str
    at: datetime
    seal: SealKind

    @property
    def lines(self) -> tuple[str, ...]:
        """The words of the watermark."""
        return (
            f"提取单位：{self.requester}",
            f"制作单位：{self.producer}",
            f"提取时间：{china_moment(self.at):%Y-%m-%d %H:%M}",
            self.seal.label,
        )
