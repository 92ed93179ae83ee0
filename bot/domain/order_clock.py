"""Until when the next step of a work order must be done, by the policy table. Pure.

The answer's term counts from the filing, whichever units the order passes through; reopening, an escalation after the
due time and a poor rating begin it anew, each with a term of its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from bot.domain.complaint_case import WORST_RATINGS
from bot.domain.due import Due, due_of
from bot.domain.running_time import Pause
from bot.domain.terms import Step, Term, TermSubject, find_term
from bot.domain.work_order import Move, State, WorkOrder
from bot.domain.working_time import WorkCalendar

# Which step a work order waits for in each state; in the others it waits for nothing.
_NEXT_STEPS: Final = {
    State.RECORDED: Step.ACCEPT,
    State.ACCEPTED: Step.DISPATCH,
    State.RETURNED: Step.REASSIGN,
    State.DISPATCHED: Step.ANSWER,
    State.HANDLING: Step.ANSWER,
    State.ANSWERED: Step.CLOSE,
    State.CLOSED: Step.FOLLOW_UP,
}
# Steps whose term counts from the filing, or from what began the work anew.
_FROM_FILING: Final = frozenset({Step.ANSWER, Step.CLOSE})
# Until when somebody may still do this.
_WINDOWS: Final = {Move.RETURN: Step.RETURN, Move.RATE: Step.RATE, Move.REOPEN: Step.REOPEN}
_WINDOW_STATES: Final = frozenset({State.CLOSED, State.FOLLOWED_UP, State.RATED, State.DISPATCHED, State.HANDLING})


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderClock:
    """The policy table and the calendar of one city."""

    terms: Mapping[str, Term]
    calendar: WorkCalendar

    def set_due(self, order: WorkOrder) -> WorkOrder:
        """The order with the due time of its next step; without one where it waits for nothing or no term is known."""
        due = self.find_due(order)
        if due is None:
            return replace(order, due_at=None, due_rule="", wake_at=None)
        left = (warning.at for warning in due.warnings if warning.percent > order.warned)
        return replace(order, due_at=due.at, due_rule=due.explanation, wake_at=min(left, default=None))

    def find_due(self, order: WorkOrder) -> Due | None:
        """When the next step is due, with its warnings."""
        step = Step.ANSWER if is_under_review(order) else _NEXT_STEPS.get(order.state)
        if step is None:
            return None
        term = find_term(self.terms, step, *_subjects_of(order))
        start = order.answer_from if step in _FROM_FILING else order.clock_from
        if term is None or start is None:
            return None
        extensions = (order.extension,) if step is Step.ANSWER else ()
        return due_of(term, start, _pauses_of(order), extensions, self.calendar)

    def find_answer_term(self, order: WorkOrder) -> Term | None:
        """The term of the answer as it stands for this order."""
        return find_term(self.terms, Step.ANSWER, *_subjects_of(order))

    def is_too_late_for(self, move: Move, order: WorkOrder, at: datetime) -> bool:
        """Whether the time in which this move is open has passed; it runs from the dispatch or the closing."""
        step = _WINDOWS.get(move)
        if step is None or order.state not in _WINDOW_STATES or order.clock_from is None:
            return False
        term = find_term(self.terms, step, *_subjects_of(order))
        if term is None:
            return False
        return due_of(term, order.clock_from, (), (), self.calendar).is_overdue(at)


def is_answer_late(order: WorkOrder, at: datetime) -> bool:
    """Whether its unit has not answered in time, now or before; other steps are not the unit's."""
    is_overdue = order.due_at is not None and at > order.due_at
    return order.is_late or (is_overdue and _NEXT_STEPS.get(order.state) is Step.ANSWER)


def is_under_review(order: WorkOrder) -> bool:
    """Whether a poor rating is being looked into (国办发〔2019〕51号: each is checked, answered and closed)."""
    return order.state is State.RATED and order.rating in WORST_RATINGS and order.is_escalated


def _subjects_of(order: WorkOrder) -> tuple[TermSubject, ...]:
    if is_under_review(order):
        return (TermSubject.POOR_RATING, TermSubject.COMPLAINT)
    if order.is_escalated:
        return (TermSubject.SUPERVISED, TermSubject.COMPLAINT)
    if order.reopened:
        return (TermSubject.REOPENED, TermSubject.COMPLAINT)
    return (TermSubject.COMPLAINT,)


def _pauses_of(order: WorkOrder) -> tuple[Pause, ...]:
    ended = tuple(Pause(since=since, until=until) for since, until in order.paused_spans)
    return (*ended, Pause(since=order.paused_at)) if order.paused_at else ended
