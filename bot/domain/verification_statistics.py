"""How each unit keeps the clock of article 14, counted from its verifications. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.domain.verification import Verification, VerificationState


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitFigures:
    """What one issuing unit was asked. `minutes`: from request to answer, the mean of what has ended, if any."""

    unit_id: str
    asked: int
    in_time: int
    late: int
    waiting: int
    cannot_verify: int
    minutes: float | None


def count_by_unit(verifications: Iterable[Verification], now: datetime) -> tuple[UnitFigures, ...]:
    """Figures of each issuing unit, the most asked first."""
    by_unit: dict[str, list[Verification]] = {}
    for verification in verifications:
        by_unit.setdefault(verification.issuing_unit_id, []).append(verification)
    figures = (_count(unit, asked, now) for unit, asked in by_unit.items())
    return tuple(sorted(figures, key=lambda item: (-item.asked, item.unit_id)))


def _count(unit_id: str, asked: list[Verification], now: datetime) -> UnitFigures:
    times = [(item.ended_at - item.requested_at).total_seconds() / 60 for item in asked if item.ended_at]
    return UnitFigures(
        unit_id=unit_id,
        asked=len(asked),
        in_time=sum(not item.is_open and not item.is_late(now) for item in asked),
        late=sum(item.is_late(now) for item in asked),
        waiting=sum(item.is_open and not item.is_late(now) for item in asked),
        cannot_verify=sum(item.state is VerificationState.CANNOT_VERIFY for item in asked),
        minutes=round(sum(times) / len(times), 1) if times else None,
    )
