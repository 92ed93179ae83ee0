"""The clock of article 14 (paragraph 3): until when the issuing unit answers a request for verification. Pure.

即办事项，原则上应在接到请求后半小时内完成发送；非即办事项，原则上应在接到请求后24小时内完成发送，但不得迟于办理事项承诺时限前一个工作日。

How we count:
- Half an hour and 24 hours are natural time from the request: the article says hours, not working days, and knows no
  pause. Requests at night, at weekends and on holidays run like any other.
- 前一个工作日 ends when offices close on the last working day before the promised day, 调休 reckoned.
- The latter bound stands in the half sentence on matters with a promised time. A matter handled at once has none, so
  a day given for it changes nothing.
- Where that bound has already passed when the request comes, it is due at once and marked as late from the start.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from bot.domain.catalogue import Handling
from bot.domain.running_time import DueWarning, NaturalTime, level_at, list_warnings
from bot.domain.working_time import WorkCalendar, china_moment


class VerifyRule(StrEnum):
    """Which half sentence of article 14 set the due time."""

    HALF_HOUR = "half_hour"
    ONE_DAY = "one_day"
    BEFORE_PROMISE = "before_promise"

    @property
    def label(self) -> str:
        """The rule in Chinese."""
        return _RULE_LABELS[self]


_RULE_LABELS: Final = {
    VerifyRule.HALF_HOUR: "即办事项，原则上半小时内发送",
    VerifyRule.ONE_DAY: "非即办事项，原则上24小时内发送",
    VerifyRule.BEFORE_PROMISE: "不得迟于办理事项承诺时限前一个工作日",
}
_SPANS: Final = {
    Handling.IMMEDIATE: (timedelta(minutes=30), VerifyRule.HALF_HOUR),
    Handling.PROMISED: (timedelta(hours=24), VerifyRule.ONE_DAY),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyDue:
    """When the answer to a request for verification is due.

    Attributes:
        at: the last moment, in China time.
        capped_by_promise: whether the working day before the promised day comes before the 24 hours are over.
        is_late_from_start: whether that bound had passed when the request came; `at` is then the request itself.
        is_provisional: whether the bound rests on a year whose holidays are not known.
        explanation: one Chinese sentence.
        warnings: the moments at 50, 80 and 100 per cent.
    """

    at: datetime
    rule: VerifyRule
    capped_by_promise: bool
    is_late_from_start: bool
    is_provisional: bool
    explanation: str
    warnings: tuple[DueWarning, ...]

    def is_overdue(self, now: datetime) -> bool:
        """Whether the last moment has passed."""
        return now > self.at

    def level_at(self, now: datetime) -> int:
        """How much of the time has run, in per cent: 0, 50, 80 or 100."""
        return level_at(self.warnings, now)


def due_of_verification(
    requested_at: datetime, handling: Handling, promise_due: date | None, calendar: WorkCalendar, citation: str = ""
) -> VerifyDue:
    """When the issuing unit must have sent its answer.

    Args:
        requested_at: when the issuing unit got the request.
        promise_due: the day by which the handling unit promised the matter, or None where it is not known.
        citation: the article as the city's tables cite it (`Catalogue.cite("verify_clock")`), for the explanation.
    """
    start = china_moment(requested_at)
    span, rule = _SPANS[handling]
    at = start + span
    cap = None if handling is Handling.IMMEDIATE else _cap_of(promise_due, calendar)
    is_late = cap is not None and cap < start
    if cap is not None and cap < at:
        at, rule = max(cap, start), VerifyRule.BEFORE_PROMISE
    return VerifyDue(
        at=at,
        rule=rule,
        capped_by_promise=rule is VerifyRule.BEFORE_PROMISE,
        is_late_from_start=is_late,
        is_provisional=cap is not None and not calendar.is_known(cap.year),
        explanation=_explain(start, at, rule, citation, is_late=is_late),
        warnings=list_warnings(start, at, (), NaturalTime()),
    )


def _cap_of(promise_due: date | None, calendar: WorkCalendar) -> datetime | None:
    """When offices close on the last working day before the promised day."""
    return calendar.closing_of(calendar.previous_working_day(promise_due)) if promise_due else None


def _explain(start: datetime, at: datetime, rule: VerifyRule, citation: str, *, is_late: bool) -> str:
    due = f"最迟 {at:%Y-%m-%d %H:%M} 前发送"
    if is_late:
        due = "请求发出时已经过了这个时间，请马上核实"
    elif rule is not VerifyRule.BEFORE_PROMISE:
        due += "（节假日和夜间照算）"
    basis = f"，依据：{citation}" if citation else ""
    return f"{start:%Y-%m-%d %H:%M} 收到核实请求，{rule.label}，{due}{basis}。"
