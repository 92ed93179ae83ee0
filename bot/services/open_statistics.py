"""Monthly open statistics (after GB/T 39734-2020, annex B): from events of the month, so that a finished month stays.

Counts below five are not told, and small parts are folded into a rest so that no total gives them away:

- complaints_filed: complaints filed in the month; by unit that they are about, and by certificate within a unit.
- complaints_answered: complaints answered in the month, by the unit that answered; answered_in_time_share: of them,
  those whose term had not run out before (no 督办 by the clock while a unit had them).
- ratings: given in the month, by level; satisfied_share: levels 3 to 5 of them; poor_ratings: levels 1 and 2.
- poor_ratings_reviewed: reviews of poor ratings that ended in the month; poor_ratings_in_time_share: of them, those
  within the policy table's term.
"""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from bot.domain.case_facts import CaseFact, EventFact, Period
from bot.domain.catalogue import Catalogue
from bot.domain.complaint_case import WORST_RATINGS
from bot.domain.due import due_of
from bot.domain.errors import NotFoundError
from bot.domain.small_counts import LEAST, fold_small, is_few, may_share
from bot.domain.terms import Step, TermSubject, find_term
from bot.domain.work_order import Move, State
from bot.domain.working_time import china_day
from bot.ports import CaseFacts, Clock
from bot.services.complaints.naming import name_unit_id
from bot.services.knowledge import LiveKnowledge

COLUMNS: Final = ("month", "indicator", "name", "unit", "group", "value")
_FEW: Final = f"<{LEAST}"
_WITHHELD: Final = "-"
_ALL, _UNNAMED, _OTHER_UNITS, _OTHERS = "合计", "未指明", "其他单位", "其他"
_NAMES: Final = {
    "complaints_filed": "登记件数",
    "complaints_answered": "答复件数",
    "answered_in_time_share": "按时答复率",
    "ratings": "评价件数",
    "satisfied_share": "满意率",
    "poor_ratings": "差评件数",
    "poor_ratings_reviewed": "差评回访办结件数",
    "poor_ratings_in_time_share": "差评按时办结率",
}
_LEVELS: Final = {5: "非常满意", 4: "满意", 3: "基本满意", 2: "不满意", 1: "非常不满意"}
_WITH_UNIT: Final = frozenset({State.DISPATCHED, State.HANDLING})


@dataclass(frozen=True, slots=True)
class Row:
    """One value."""

    indicator: str
    value: int | float | str
    unit: str = ""
    group: str = _ALL


class OpenStatistics:
    """Publishes finished months."""

    def __init__(self, *, facts: CaseFacts, knowledge: LiveKnowledge, clock: Clock) -> None:
        self._facts = facts
        self._knowledge = knowledge
        self._clock = clock

    async def list_months(self) -> tuple[str, ...]:
        """Every finished month since the first complaint, as YYYY-MM, the latest first."""
        first = await self._facts.find_first_day()
        month, months = china_day(self._clock.now()).replace(day=1) - timedelta(days=1), []
        while first is not None and month >= first.replace(day=1):
            months.append(f"{month:%Y-%m}")
            month = month.replace(day=1) - timedelta(days=1)
        return tuple(months)

    async def write_month(self, month: str) -> str:
        """The month as CSV. Raises NotFoundError for one that is not finished, or before the first complaint."""
        period = self._read_month(month)
        if month not in await self.list_months():
            raise NotFoundError(f"{month} 没有数据")
        cases = await self._facts.list_cases(period)
        events = await self._facts.list_events(period)
        catalogue = self._knowledge.current.catalogue
        rows = (*_count_filed(cases, catalogue), *_count_events(events, period, catalogue))
        return _write(month, rows)

    def _read_month(self, month: str) -> Period:
        try:
            first = date.fromisoformat(f"{month}-01")
            following = (first + timedelta(days=31)).replace(day=1)
        except (ValueError, OverflowError) as error:
            raise NotFoundError("没有这个月份，请写成 2026-10 这样") from error
        if following > china_day(self._clock.now()):
            raise NotFoundError(f"{month} 还没有结束，{following.isoformat()} 起公布")
        return Period(first=first, last=following - timedelta(days=1))


def _count_filed(cases: Sequence[CaseFact], catalogue: Catalogue) -> Iterator[Row]:
    counts = Counter(case.about_unit_id or "" for case in cases)
    yield from _by_unit("complaints_filed", counts, catalogue)
    for unit, _count in fold_small(counts).shown:
        told = Counter(name for case in cases if (case.about_unit_id or "") == unit for name in _names_of(case))
        folded = fold_small(told)
        known = catalogue.certificates
        for certificate, count in folded.shown:
            name = known[certificate].name if certificate in known else certificate or _UNNAMED
            yield Row("complaints_filed", count, _name_unit(unit, catalogue), name)
        if folded.rest:
            yield Row("complaints_filed", folded.rest, _name_unit(unit, catalogue), _OTHERS)


def _names_of(case: CaseFact) -> tuple[str, ...]:
    return case.certificate_ids or ("",)


def _count_events(events: Sequence[EventFact], period: Period, catalogue: Catalogue) -> Iterator[Row]:
    now = [event for event in events if period.has(event.at)]
    answers = {event.complaint_id: event for event in now if event.move is Move.ANSWER}
    yield from _by_unit("complaints_answered", Counter(each.unit_id or "" for each in answers.values()), catalogue)
    late = {event.complaint_id for event in events if _ran_late_before(event, answers)}
    yield _share_row("answered_in_time_share", len(answers) - len(late), len(late))
    yield from _count_ratings(Counter(event.rating for event in now if event.move is Move.RATE and event.rating))
    yield from _count_reviews(events, period, catalogue)


def _ran_late_before(event: EventFact, answers: Mapping[str, EventFact]) -> bool:
    answer = answers.get(event.complaint_id)
    return answer is not None and event.ran_late and event.state in _WITH_UNIT and event.at <= answer.at


def _count_ratings(counts: Mapping[int, int]) -> Iterator[Row]:
    total = sum(counts.values())
    folded = fold_small({str(level): count for level, count in counts.items()})
    shown = {int(level) for level, _count in folded.shown}
    yield Row("ratings", _tell(total))
    if not is_few(total):
        yield from (Row("ratings", count, group=_LEVELS[int(level)]) for level, count in folded.shown)
        yield from [Row("ratings", folded.rest, group=_OTHERS)] if folded.rest else []
    poor = sum(counts.get(level, 0) for level in WORST_RATINGS)
    # What the share tells beside the levels shown must not be few either.
    hidden = [level for level in _LEVELS if level not in shown]
    hidden_poor = sum(counts.get(level, 0) for level in hidden if level in WORST_RATINGS)
    hidden_good = sum(counts.get(level, 0) for level in hidden) - hidden_poor
    is_safe = not is_few(hidden_poor) and not is_few(hidden_good) and may_share(total - poor, poor)
    yield Row("satisfied_share", round((total - poor) / total, 4) if is_safe else _WITHHELD)
    yield Row("poor_ratings", poor if is_safe else _WITHHELD)


def _count_reviews(events: Sequence[EventFact], period: Period, catalogue: Catalogue) -> Iterator[Row]:
    """Reviews of poor ratings that ended in the month, and whether within their term."""
    term = find_term(catalogue.terms, Step.ANSWER, TermSubject.POOR_RATING, TermSubject.COMPLAINT)
    rated = {e.complaint_id: e.at for e in events if e.move is Move.RATE and e.rating in WORST_RATINGS}
    ended: dict[str, bool] = {}
    for event in events:
        since = rated.get(event.complaint_id)
        if event.move is not Move.FOLLOW_UP or since is None or event.at < since:
            continue
        due = due_of(term, since, (), (), catalogue.calendar) if term else None
        if period.has(event.at):
            ended.setdefault(event.complaint_id, due is None or not due.is_overdue(event.at))
    in_time = sum(ended.values())
    yield Row("poor_ratings_reviewed", _tell(len(ended)))
    yield _share_row("poor_ratings_in_time_share", in_time, len(ended) - in_time)


def _by_unit(indicator: str, counts: Mapping[str, int], catalogue: Catalogue) -> Iterator[Row]:
    total = sum(counts.values())
    yield Row(indicator, _tell(total))
    folded = fold_small(counts)
    for unit, count in folded.shown:
        yield Row(indicator, count, _name_unit(unit, catalogue))
    if folded.rest:
        yield Row(indicator, folded.rest, _OTHER_UNITS)


def _name_unit(unit_id: str, catalogue: Catalogue) -> str:
    return name_unit_id(catalogue, unit_id) or _UNNAMED


def _share_row(indicator: str, part: int, others: int) -> Row:
    return Row(indicator, round(part / (part + others), 4) if may_share(part, others) else _WITHHELD)


def _tell(count: int) -> int | str:
    return _FEW if is_few(count) else count


def _write(month: str, rows: Sequence[Row]) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows(
        (month, row.indicator, _NAMES[row.indicator], row.unit or _ALL, row.group, row.value) for row in rows
    )
    return out.getvalue()
