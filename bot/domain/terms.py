"""The policy table of deadlines: how long each step of a complaint may take, for which kind of case, by which rule."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.domain.errors import ConflictError, InvalidInputError


class TermSubject(StrEnum):
    """What kind of case a term is for; `any` where no row is for the kind itself."""

    ANY = "any"
    CONSULT = "consult"
    COMPLAINT = "complaint"
    REPORT = "report"
    URGENT = "urgent"
    SUPERVISED = "supervised"
    REOPENED = "reopened"
    POOR_RATING = "poor_rating"


class Step(StrEnum):
    """What must be done by the due time."""

    ACCEPT = "accept"
    DISPATCH = "dispatch"
    RETURN = "return"
    REASSIGN = "reassign"
    ANSWER = "answer"
    CLOSE = "close"
    FOLLOW_UP = "follow_up"
    RATE = "rate"
    REOPEN = "reopen"

    @property
    def label(self) -> str:
        """The step in Chinese."""
        return _STEP_LABELS[self][0]

    @property
    def starts_with(self) -> str:
        """What sets its clock going, in Chinese."""
        return _STEP_LABELS[self][1]


_STEP_LABELS: Final = {
    Step.ACCEPT: ("受理", "收到"),
    Step.DISPATCH: ("派单", "受理"),
    Step.RETURN: ("退单", "派到单位"),
    Step.REASSIGN: ("改派", "退单"),
    Step.ANSWER: ("答复", "收到"),
    Step.CLOSE: ("办结", "收到"),
    Step.FOLLOW_UP: ("回访", "办结"),
    Step.RATE: ("评价", "办结"),
    Step.REOPEN: ("申请重办", "办结"),
}


class TimeUnit(StrEnum):
    """In what a term is counted."""

    WORKING_DAYS = "working_days"
    DAYS = "days"
    HOURS = "hours"
    MINUTES = "minutes"


_UNIT_LABELS: Final = {
    TimeUnit.WORKING_DAYS: "个工作日",
    TimeUnit.DAYS: "天",
    TimeUnit.HOURS: "小时",
    TimeUnit.MINUTES: "分钟",
}


class ClockKind(StrEnum):
    """Which time counts: office hours on working days, or all of it."""

    WORKING = "working"
    CALENDAR = "calendar"


class ExtensionTooLongError(ConflictError):
    """More time is asked for than the policy table allows."""

    code = "extension-too-long"
    title = "超过了允许延长的时间"


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One row of the policy table.

    Attributes:
        amount: how many of `unit`.
        extension_max: how many of `unit` all extensions together may add; 0 where none is allowed.
        rule: the citation of what set the term, for people.
        is_default: whether the figure is ours and no authority of the city has confirmed it.
    """

    key: str
    applies_to: TermSubject
    step: Step
    amount: int
    unit: TimeUnit
    clock: ClockKind
    pausable: bool = False
    extension_max: int = 0
    rule: str
    is_default: bool = True
    note: str = ""

    @property
    def counts_days(self) -> bool:
        """Whether it ends with a day, not at the minute."""
        return self.unit in {TimeUnit.WORKING_DAYS, TimeUnit.DAYS}

    @property
    def unit_label(self) -> str:
        """The unit as it is said after a number."""
        in_office = self.unit is TimeUnit.HOURS and self.clock is ClockKind.WORKING
        return "个工作小时" if in_office else _UNIT_LABELS[self.unit]


def find_term(terms: Mapping[str, Term], step: Step, *subjects: TermSubject) -> Term | None:
    """The term of a step for the first of the subjects that has one, else for any; None where the table has none."""
    rows = {(term.applies_to, term.step): term for term in terms.values()}
    found = (rows.get((subject, step)) for subject in (*subjects, TermSubject.ANY))
    return next((term for term in found if term), None)


def extend_term(term: Term, granted: Sequence[int], more: int) -> tuple[int, ...]:
    """The extensions with one more, in units of the term.

    Raises:
        InvalidInputError: `more` is below 1.
        ExtensionTooLongError: the table does not allow so much.
    """
    if more < 1:
        raise InvalidInputError("延长的时间至少是1")
    left = term.extension_max - sum(granted)
    if more > left:
        raise ExtensionTooLongError(f"这一步最多还能延长{left}{term.unit_label}" if left > 0 else "这一步不能再延长了")
    return (*granted, more)
