"""Numbers about complaints: for supervisors, and for everybody."""

from dataclasses import dataclass
from typing import Self

from bot.ports import CaseFacts, Clock
from bot.services.knowledge import LiveKnowledge
from bot.services.open_statistics import OpenStatistics
from bot.services.supervision import Supervision


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics:
    """What the faces call."""

    supervision: Supervision
    months: OpenStatistics

    @classmethod
    def open(cls, facts: CaseFacts, knowledge: LiveKnowledge, clock: Clock) -> Self:
        """The statistics over these facts."""
        return cls(
            supervision=Supervision(facts=facts, clock=clock),
            months=OpenStatistics(facts=facts, knowledge=knowledge, clock=clock),
        )
