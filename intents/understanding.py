"""What the engine says about one message, and what it is told about the conversation so far."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple


class Intent(StrEnum):
    """What the citizen wants; one data file each in `intents/data/`."""

    CERTIFICATE_NEEDED = "certificate_needed"
    MATTER_MATERIALS = "matter_materials"
    CERTIFICATE_OBTAIN = "certificate_obtain"
    MEASURE_HOW = "measure_how"
    POLICY_FAQ = "policy_faq"
    COMPLAINT_FILE = "complaint_file"
    COMPLAINT_TRACK = "complaint_track"
    E_LICENSE = "e_license"
    VERIFICATION_TRACK = "verification_track"
    HUMAN = "human"
    SMALLTALK = "smalltalk"
    EMERGENCY = "emergency"
    OUT_OF_SCOPE = "out_of_scope"


class Act(StrEnum):
    """What a message does to the conversation, beside what it asks."""

    AFFIRM = "affirm"
    DENY = "deny"
    ABANDON = "abandon"
    CORRECT = "correct"
    CHOOSE = "choose"
    ASK_BASIS = "ask_basis"
    ASK_WHY = "ask_why"
    ASK_REST = "ask_rest"
    STILL_DEMANDED = "still_demanded"
    SKIP = "skip"
    REPEAT = "repeat"


class Level(StrEnum):
    """How sure the engine is of a slot, and so what may be done with it."""

    ABSENT = "absent"
    OPEN = "open"
    CONFIRM = "confirm"
    CLEAR = "clear"


class Candidate(NamedTuple):
    """A catalogue id with the calibrated probability (0 to 1) that it is meant.

    A tuple, as `Mention`, because a message makes a dozen of each and a dataclass takes three times as long to make.
    """

    id: str
    score: float


class Mention(NamedTuple):
    """Where in the normalised text something was named; `kind` is matter, certificate, unit, place, person or date."""

    kind: str
    id: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What the conversation already settled. All parts are optional; `Context()` is a fresh conversation.

    Attributes:
        asked: the slot that the last reply asked for (`matter`, `certificate`, `confirm`), or None.
        offered: ids that the last reply offered as choices, in the order shown.
        intent: the intent of the last turn that was answered.
    """

    matter: str | None = None
    certificates: tuple[str, ...] = ()
    person: str | None = None
    issued: str | None = None
    asked: str | None = None
    offered: tuple[str, ...] = ()
    intent: Intent | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """Why the engine concluded what it did; shown at the desk and by `ask`.

    Attributes:
        scores: per head (`intent`, `matter`, `certificate`, `faq`) the best candidates before thresholds.
        decided_by: the rule or model that decided the intent, then what decided slots, then circumstances.
        thresholds: what scores were measured by.
    """

    normalised: str
    segments: tuple[str, ...] = ()
    mentions: tuple[Mention, ...] = ()
    scores: dict[str, tuple[Candidate, ...]] = field(default_factory=dict)
    decided_by: tuple[str, ...] = ()
    thresholds: dict[str, float] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class Understanding:
    """The engine's answer for one message in its context; nothing changes it, though making it frozen takes longer.

    Attributes:
        matter: the matter meant when `matter_level` is clear or confirm (taken from the context where the message
            leans on it), else None.
        matters: candidates, best first, for choices.
        certificates: every certificate that is asked about, in the order named.
        certificate_candidates: candidates, best first, where the certificate is open.
        units: unit ids named, in order.
        person: `self`, `agent` or None. issued: `inside`, `outside` or None (where the certificate was issued).
        breaches: kinds of breach that words of the message tell of, in order.
        faq: curated answers, best first; faq_level: how far the first one fits. Where it is to be confirmed it may be
            told together with others.
        normalised: the message in the form that was read; mentions: what was named in it.
        confidence: probability that intent and slots are all right.
    """

    intent: Intent
    confidence: float
    matter: str | None = None
    matter_level: Level = Level.ABSENT
    matters: tuple[Candidate, ...] = ()
    certificates: tuple[str, ...] = ()
    certificate_level: Level = Level.ABSENT
    certificate_candidates: tuple[Candidate, ...] = ()
    units: tuple[str, ...] = ()
    person: str | None = None
    issued: str | None = None
    breaches: tuple[str, ...] = ()
    act: Act | None = None
    choice: int | None = None
    faq: tuple[Candidate, ...] = ()
    faq_level: Level = Level.ABSENT
    normalised: str = ""
    mentions: tuple[Mention, ...] = ()
    explain: Callable[[], Trace] = field(compare=False, repr=False)

    @property
    def trace(self) -> Trace:
        """Why the engine concluded this; made when first asked for, because few look at it."""
        trace = self.explain()
        self.explain = lambda: trace
        return trace
