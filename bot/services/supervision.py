"""What a supervisor sees of all complaints filed in a period. Every number is counted from typed facts and events:

- filed: complaints filed in the period; open: those that wait for their answer; overdue: open past their due time.
- demand: unit × certificate of a complaint, unless it was withdrawn, judged lawful when filed or found lawful at the
  end. Below five a cell shows only that there are few.
- given to a unit: complaints dispatched or reassigned to it; answered: with an answer while it had them.
- late for a unit: its answer's term ran out while it had the complaint (the clock's own 督办 event), or it is overdue
  now. Late share: late of those that it answered or let run out. Late steps: the same event by what was waited for.
- returned, reopened: complaints that a unit sent back, and that were opened again while it had them.
- outcome, rating: as they stand; satisfied: levels 3 to 5 of all ratings (GB/T 39734-2020: the last two are poor).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.domain.case_facts import CaseFact, EventFact, Period
from bot.domain.complaint_case import WORST_RATINGS
from bot.domain.small_counts import is_few
from bot.domain.work_order import Move, Outcome, State
from bot.domain.work_order_moves import OPEN_STATES
from bot.ports import CaseFacts, Clock

_MOST_UNITS, _MOST_CERTIFICATES = 30, 20
_WITH_UNIT: Final = frozenset({State.DISPATCHED, State.HANDLING})
# What was waited for in each state.
_STEPS: Final = {
    State.RECORDED: "受理",
    State.ACCEPTED: "派单",
    State.RETURNED: "改派",
    State.DISPATCHED: "答复",
    State.HANDLING: "答复",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatCell:
    """How often a unit demanded a certificate; None where it is few."""

    unit_id: str
    certificate_id: str
    count: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitTerms:
    """How a unit kept its terms. `late_share` is None where nothing was due yet."""

    unit_id: str
    given: int
    answered: int
    late: int
    late_share: float | None
    returned: int
    reopened: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """All that is shown of a period. `units`, `certificates`: of the heat table, those with most demands first."""

    filed: int
    open: int
    overdue: int
    answered: int
    withdrawn: int
    reopened: int
    returned: int
    poor: int
    satisfied_share: float | None
    units: tuple[str, ...]
    certificates: tuple[str, ...]
    cells: tuple[HeatCell, ...]
    terms: tuple[UnitTerms, ...]
    late_steps: tuple[tuple[str, int], ...]
    outcomes: tuple[tuple[Outcome, int], ...]
    ratings: tuple[tuple[int, int], ...]


class Supervision:
    """Draws the overview."""

    def __init__(self, *, facts: CaseFacts, clock: Clock) -> None:
        self._facts = facts
        self._clock = clock

    async def view(self, period: Period) -> Overview:
        """The complaints filed in the period, as they stand now."""
        now = self._clock.now()
        cases = await self._facts.list_cases(period)
        filed = {case.id for case in cases}
        # What happened to them may have happened after the period.
        until_now = Period(first=period.first, last=max(period.last, now.date()))
        events = [event for event in await self._facts.list_events(until_now) if event.complaint_id in filed]
        return draw_overview(cases, events, now)


def draw_overview(cases: Sequence[CaseFact], events: Sequence[EventFact], now: datetime) -> Overview:
    """The overview of these complaints. Pure."""
    overdue = [case for case in cases if _is_overdue(case, now)]
    rated = Counter(case.rating for case in cases if case.rating)
    poor = sum(rated[level] for level in WORST_RATINGS)
    demands = Counter(demand for case in cases for demand in _list_demands(case))
    units = _rank((unit, count) for (unit, _), count in demands.items())[:_MOST_UNITS]
    certificates = _rank((certificate, count) for (_, certificate), count in demands.items())[:_MOST_CERTIFICATES]
    return Overview(
        filed=len(cases),
        open=sum(case.state in OPEN_STATES for case in cases),
        overdue=len(overdue),
        answered=len({event.complaint_id for event in events if event.move is Move.ANSWER}),
        withdrawn=sum(case.state is State.WITHDRAWN for case in cases),
        reopened=sum(case.reopened > 0 for case in cases),
        returned=sum(case.returns > 0 for case in cases),
        poor=poor,
        satisfied_share=_share(rated.total() - poor, rated.total()),
        units=units,
        certificates=certificates,
        cells=tuple(
            HeatCell(unit_id=unit, certificate_id=certificate, count=None if is_few(count) else count)
            for (unit, certificate), count in sorted(demands.items())
            if unit in units and certificate in certificates
        ),
        terms=_list_terms(events, overdue),
        late_steps=tuple(Counter(_STEPS[e.state] for e in events if e.ran_late and e.state in _STEPS).most_common()),
        outcomes=tuple((outcome, sum(case.outcome is outcome for case in cases)) for outcome in Outcome),
        ratings=tuple((level, rated[level]) for level in range(5, 0, -1)),
    )


def _is_overdue(case: CaseFact, now: datetime) -> bool:
    return case.state in OPEN_STATES and case.due_at is not None and case.due_at < now


def _list_demands(case: CaseFact) -> list[tuple[str, str]]:
    is_demand = case.state is not State.WITHDRAWN and not case.lawful and case.outcome is not Outcome.LAWFUL
    if not is_demand or case.about_unit_id is None:
        return []
    return [(case.about_unit_id, certificate) for certificate in case.certificate_ids]


def _list_terms(events: Sequence[EventFact], overdue: Sequence[CaseFact]) -> tuple[UnitTerms, ...]:
    """By unit, the one with most late first."""
    given, answered, late, returned, reopened = (defaultdict[str, set[str]](set) for _ in range(5))
    holders: dict[str, str] = {}
    for event in events:
        unit = event.unit_id or holders.get(event.complaint_id)
        if unit is None:
            continue
        holders[event.complaint_id] = unit
        by_move = {Move.DISPATCH: given, Move.REASSIGN: given, Move.ANSWER: answered, Move.RETURN: returned}
        table = by_move | {Move.REOPEN: reopened}
        if event.move in table:
            table[event.move][unit].add(event.complaint_id)
        elif event.ran_late and event.state in _WITH_UNIT:
            late[unit].add(event.complaint_id)
    for case in overdue:
        if case.unit_id and case.state in _WITH_UNIT:
            late[case.unit_id].add(case.id)
    rows = [
        UnitTerms(
            unit_id=unit,
            given=len(given[unit]),
            answered=len(answered[unit]),
            late=len(late[unit]),
            late_share=_share(len(late[unit]), len(late[unit] | answered[unit])),
            returned=len(returned[unit]),
            reopened=len(reopened[unit]),
        )
        for unit in sorted({*given, *answered, *late})
    ]
    return tuple(sorted(rows, key=lambda row: (-row.late, -row.given, row.unit_id)))


def _rank(counts: Iterable[tuple[str, int]]) -> tuple[str, ...]:
    totals: Counter[str] = Counter()
    for name, count in counts:
        totals[name] += count
    return tuple(name for name, _ in sorted(totals.items(), key=lambda item: (-item[1], item[0])))


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None
