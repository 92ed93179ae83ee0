"""Monthly open statistics, over facts as a store gives them."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import pytest

from bot.domain.case_facts import CaseFact, EventFact, Period
from bot.domain.errors import NotFoundError
from bot.domain.work_order import ActorRole, Move, Outcome, State
from bot.services.knowledge import LiveKnowledge
from bot.services.open_statistics import OpenStatistics
from bot.services.supervision import draw_overview
from tests.builders import NOON, SetClock, make_catalogue
from tests.complaint_builders import CALENDAR, list_terms
from tests.scripted import script_knowledge

OCTOBER = datetime(2026, 10, 14, 10, 0, tzinfo=NOON.tzinfo)


@dataclass
class Facts:
    """Implements `CaseFacts` for one month."""

    cases: list[CaseFact] = field(default_factory=list)
    events: list[EventFact] = field(default_factory=list)

    async def list_cases(self, period: Period) -> Sequence[CaseFact]:
        return self.cases

    async def list_events(self, period: Period) -> Sequence[EventFact]:
        return self.events

    async def find_first_day(self) -> date | None:
        return OCTOBER.date()

    def add(self, count: int, unit: str = "housing", certificate: str = "nohouse", **given: object) -> None:
        for _ in range(count):
            default: dict[str, object] = {
                "id": f"c{len(self.cases)}",
                "about_unit_id": unit,
                "unit_id": unit,
                "certificate_ids": (certificate,),
                "lawful": False,
                "state": State.CLOSED,
                "outcome": Outcome.SOLVED,
                "rating": None,
                "reopened": 0,
                "returns": 0,
                "due_at": None,
            }
            self.cases.append(CaseFact(**default | given))  # type: ignore[arg-type]

    def happen(self, complaint: str, move: Move, at: datetime = OCTOBER, **given: object) -> None:
        default: dict[str, object] = {
            "complaint_id": complaint,
            "at": at,
            "move": move,
            "state": State.HANDLING,
            "actor": ActorRole.HANDLER,
            "unit_id": "housing",
            "rating": None,
        }
        self.events.append(EventFact(**default | given))  # type: ignore[arg-type]


async def _publish(facts: Facts, month: str = "2026-10") -> dict[tuple[str, str, str], str]:
    catalogue = make_catalogue(terms=list_terms(), calendar=CALENDAR)
    knowledge = await LiveKnowledge.open(lambda: script_knowledge(catalogue), lambda: script_knowledge(catalogue))
    statistics = OpenStatistics(facts=facts, knowledge=knowledge, clock=SetClock())
    rows = csv.DictReader(io.StringIO(await statistics.write_month(month)))
    return {(row["indicator"], row["unit"], row["group"]): row["value"] for row in rows}


async def test_small_units_and_certificates_are_folded() -> None:
    facts = Facts()
    facts.add(12)
    facts.add(2, certificate="income")
    facts.add(7, unit="police")
    facts.add(3, unit="tax")
    told = await _publish(facts)
    assert told["complaints_filed", "合计", "合计"] == "24"
    assert told["complaints_filed", "住房局", "合计"] == "14"
    assert told["complaints_filed", "其他单位", "合计"] == "10"
    assert told["complaints_filed", "住房局", "其他"] == "14"
    assert not [key for key in told if "income" in key or "police" in key or "tax" in key]


async def test_few_complaints_are_told_as_few() -> None:
    facts = Facts()
    facts.add(3)
    told = await _publish(facts)
    assert told["complaints_filed", "合计", "合计"] == "<5"
    assert told["satisfied_share", "合计", "合计"] == "-"
    assert len([key for key in told if key[0] == "complaints_filed"]) == 1


async def test_answers_in_time_are_those_whose_term_had_not_run_out() -> None:
    facts = Facts()
    for number in range(20):
        if number < 5:
            facts.happen(f"c{number}", Move.ESCALATE, OCTOBER - timedelta(days=30), actor=ActorRole.SYSTEM)
        facts.happen(f"c{number}", Move.ANSWER, state=State.ANSWERED)
    told = await _publish(facts)
    assert told["complaints_answered", "住房局", "合计"] == "20"
    assert told["answered_in_time_share", "合计", "合计"] == "0.75"


async def test_the_satisfied_share_is_withheld_where_it_would_tell_of_few() -> None:
    def rate(facts: Facts, *levels: int) -> Facts:
        for number, level in enumerate(levels):
            facts.happen(f"c{number}", Move.RATE, state=State.RATED, rating=level)
        return facts

    told = await _publish(rate(Facts(), *[5] * 20, *[2] * 5))
    assert (told["satisfied_share", "合计", "合计"], told["poor_ratings", "合计", "合计"]) == ("0.8", "5")
    # Two levels of few: beside the 20 shown, the share would tell of two who were satisfied.
    told = await _publish(rate(Facts(), *[5] * 20, *[4] * 2, *[2] * 5))
    assert told["ratings", "合计", "合计"] == "27"
    assert (told["satisfied_share", "合计", "合计"], told["poor_ratings", "合计", "合计"]) == ("-", "-")


async def test_reviews_of_poor_ratings_are_held_to_their_term() -> None:
    facts = Facts()
    for number in range(10):
        late = timedelta(days=12 if number < 5 else 1)
        facts.happen(f"c{number}", Move.RATE, OCTOBER, state=State.RATED, rating=1)
        facts.happen(f"c{number}", Move.FOLLOW_UP, OCTOBER + late, state=State.FOLLOWED_UP, rating=1)
    told = await _publish(facts)
    assert told["poor_ratings_reviewed", "合计", "合计"] == "10"
    assert told["poor_ratings_in_time_share", "合计", "合计"] == "0.5"


@pytest.mark.parametrize("month", ["2026-11", "2026-09", "9999-12", "2026-13", "x", "2026-1"])
async def test_a_month_that_is_not_there_is_not_found(month: str) -> None:
    with pytest.raises(NotFoundError):
        await _publish(Facts(), month)


def test_the_overview_counts_demands_terms_and_ratings() -> None:
    facts = Facts()
    facts.add(6, rating=5)
    facts.add(2, certificate="income", rating=2)
    facts.add(1, lawful=True)
    facts.add(1, state=State.WITHDRAWN)
    facts.add(1, state=State.HANDLING, outcome=None, due_at=NOON - timedelta(days=1))
    for number in range(4):
        facts.happen(f"c{number}", Move.DISPATCH, state=State.DISPATCHED)
    facts.happen("c0", Move.ESCALATE, actor=ActorRole.SYSTEM)
    facts.happen("c0", Move.ANSWER, state=State.ANSWERED)
    facts.happen("c1", Move.ANSWER, state=State.ANSWERED)
    facts.happen("c2", Move.RETURN, state=State.RETURNED, unit_id=None)
    overview = draw_overview(facts.cases, facts.events, NOON)
    assert {(cell.certificate_id, cell.count) for cell in overview.cells} == {("nohouse", 7), ("income", None)}
    (terms,) = overview.terms
    assert (terms.given, terms.answered, terms.late, terms.returned) == (4, 2, 2, 1)
    assert terms.late_share == pytest.approx(2 / 3, abs=1e-4)
    assert (overview.open, overview.overdue, overview.poor, overview.satisfied_share) == (1, 1, 2, 0.75)
    assert overview.late_steps == (("答复", 1),)
