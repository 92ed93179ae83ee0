"""A complaint's work order: where it stands, who works on it, and what became of it; its moves are next door.

受理 accept → 派单 dispatch → 办理 handle → 答复 answer → 办结 close → 回访 follow up → 评价 rate
(国办发〔2020〕53号), with 退单 return, 改派 reassign, 延期 extend, 合并 merge, 撤回 withdraw, 催办 urge, 督办 escalate,
重开 reopen. State and outcome are apart: closed is not solved.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from bot.domain.errors import ForbiddenError
from bot.domain.viewer import Role, Viewer


class State(StrEnum):
    """Where a work order stands; `label` is what people read."""

    RECORDED = "recorded"
    ACCEPTED = "accepted"
    DISPATCHED = "dispatched"
    HANDLING = "handling"
    RETURNED = "returned"
    ANSWERED = "answered"
    CLOSED = "closed"
    FOLLOWED_UP = "followed_up"
    RATED = "rated"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"

    @property
    def label(self) -> str:
        """The state in Chinese."""
        return _STATE_LABELS[self]


_STATE_LABELS: Final = {
    State.RECORDED: "已登记",
    State.ACCEPTED: "已受理",
    State.DISPATCHED: "已派单",
    State.HANDLING: "办理中",
    State.RETURNED: "已退单，待改派",
    State.ANSWERED: "已答复",
    State.CLOSED: "已办结",
    State.FOLLOWED_UP: "已回访",
    State.RATED: "已评价",
    State.REFUSED: "不予受理",
    State.WITHDRAWN: "已撤回",
    State.MERGED: "已并入另一件",
}


class Outcome(StrEnum):
    """What came of it, whatever the state."""

    SOLVED = "solved"
    PARTLY = "partly"
    UNSOLVED = "unsolved"
    LAWFUL = "lawful"
    CANNOT_ACT = "cannot_act"

    @property
    def label(self) -> str:
        """The outcome in Chinese."""
        return _OUTCOME_LABELS[self]


_OUTCOME_LABELS: Final = {
    Outcome.SOLVED: "已解决",
    Outcome.PARTLY: "部分解决",
    Outcome.UNSOLVED: "没有解决",
    Outcome.LAWFUL: "查明要求合法",
    Outcome.CANNOT_ACT: "无法处理，已说明原因",
}


class Move(StrEnum):
    """What somebody does to a work order."""

    ACCEPT = "accept"
    REFUSE = "refuse"
    DISPATCH = "dispatch"
    RETURN = "return"
    REASSIGN = "reassign"
    START = "start"
    EXTEND = "extend"
    PAUSE = "pause"
    RESUME = "resume"
    ANSWER = "answer"
    CLOSE = "close"
    FOLLOW_UP = "follow_up"
    RATE = "rate"
    REOPEN = "reopen"
    WITHDRAW = "withdraw"
    MERGE = "merge"
    URGE = "urge"
    ESCALATE = "escalate"
    ADD = "add"
    NOTE = "note"

    @property
    def label(self) -> str:
        """The move in Chinese."""
        return _MOVE_LABELS[self]


_MOVE_LABELS: Final = {
    Move.ACCEPT: "受理",
    Move.REFUSE: "不予受理",
    Move.DISPATCH: "派单",
    Move.RETURN: "退单",
    Move.REASSIGN: "改派",
    Move.START: "开始办理",
    Move.EXTEND: "延期",
    Move.PAUSE: "暂停计时",
    Move.RESUME: "恢复计时",
    Move.ANSWER: "答复",
    Move.CLOSE: "办结",
    Move.FOLLOW_UP: "回访",
    Move.RATE: "评价",
    Move.REOPEN: "重开",
    Move.WITHDRAW: "撤回",
    Move.MERGE: "合并",
    Move.URGE: "催办",
    Move.ESCALATE: "督办",
    Move.ADD: "补充",
    Move.NOTE: "内部备注",
}


class ActorRole(StrEnum):
    """Who makes a move."""

    CITIZEN = "citizen"
    OPERATOR = "operator"
    HANDLER = "handler"
    SUPERVISOR = "supervisor"
    HOTLINE = "hotline"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Somebody who makes a move; `unit_id` for those who work for one unit."""

    role: ActorRole
    id: str
    unit_id: str | None = None


SYSTEM: Final = Actor(role=ActorRole.SYSTEM, id="system")
HOTLINE: Final = Actor(role=ActorRole.HOTLINE, id="12345")
_ROLES: Final = {
    Role.CITIZEN: ActorRole.CITIZEN,
    Role.OPERATOR: ActorRole.OPERATOR,
    Role.HANDLER: ActorRole.HANDLER,
    Role.SUPERVISOR: ActorRole.SUPERVISOR,
}


def actor_of(viewer: Viewer) -> Actor:
    """The viewer as one who makes moves. Raises ForbiddenError for roles that make none."""
    role = _ROLES.get(viewer.role)
    if role is None:
        raise ForbiddenError
    return Actor(role=role, id=viewer.id, unit_id=viewer.unit_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkOrder:
    """Where a complaint stands.

    Attributes:
        unit_id: the unit that is to handle it, or None while none is named.
        hotline_number: 12345's own number, once it has accepted; until then the complaint is only recorded.
        merged_into: the complaint's id that it was merged into.
        due_at: until when the next step must be done; `due_rule` says by which rule, in words for people.
        wake_at: when the clock keeper must look at it next: the next warning or the due time; None where none is left.
        clock_from: when the clock of the present step began. answer_from: from when the answer's term counts: the
            filing, or what began it anew (reopening, an escalation, a poor rating). It does not begin anew with each
            unit that the order is passed on to.
        paused_at: since when the clock stands still, or None. paused_spans: earlier pauses.
        extension: working days granted so far.
        warned: how much of the term had run, in per cent, when somebody was last warned.
        is_late: its unit did not answer in time.
        is_fixed: the unit was named after two returns and may not return it.
        rating: one to five (5 非常满意 … 1 非常不满意), once.
        version: grows by one with every change; two changes at once never both win.
    """

    complaint_id: str
    state: State = State.RECORDED
    outcome: Outcome | None = None
    unit_id: str | None = None
    hotline_number: str = ""
    merged_into: str | None = None
    due_at: datetime | None = None
    due_rule: str = ""
    wake_at: datetime | None = None
    clock_from: datetime | None = None
    answer_from: datetime | None = None
    paused_at: datetime | None = None
    paused_spans: tuple[tuple[datetime, datetime], ...] = ()
    extension: int = 0
    returns: int = 0
    reopened: int = 0
    urged: int = 0
    is_escalated: bool = False
    is_late: bool = False
    is_fixed: bool = False
    warned: int = 0
    rating: int | None = None
    changed_at: datetime
    version: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One move as asked for.

    Attributes:
        unit_id: for dispatch and reassign. outcome: for answer and close. days: for extend, working days.
        target_id: for merge, the complaint merged into. rating: for rate.
        text: the reason or answer, which the citizen reads unless the move is a note.
    """

    move: Move
    text: str = ""
    unit_id: str | None = None
    outcome: Outcome | None = None
    days: int = 0
    target_id: str | None = None
    rating: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One change, for the timeline: when, who (by role), what, and the words that the citizen may read."""

    id: str
    complaint_id: str
    at: datetime
    move: Move | None
    state: State
    actor: Actor
    unit_id: str | None = None
    text: str = ""
    is_public: bool = True
