"""What is concluded about one certificate, and the circumstances a citizen may tell that change it."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.catalogue import Measure


class VerdictKind(StrEnum):
    """The closed set of conclusions; every client knows them (contract: `POST /chat/messages`)."""

    NOT_NEEDED = "not_needed"
    NEEDED = "needed"
    DEPENDS = "depends"
    NOT_LISTED = "not_listed"
    CLARIFY = "clarify"


class Reason(StrEnum):
    """Which rule decided; each has a text for people in `replies.yaml`."""

    MEASURE = "measure"
    NOT_YET = "not_yet"
    NOT_IN_FORCE = "not_in_force"
    EXCLUDED = "excluded"
    JUDICIAL = "judicial"
    AGENT = "agent"
    ISSUED_OUTSIDE = "issued_outside"
    NOT_LISTED = "not_listed"
    ALL_AGREE = "all_agree"
    MATTER_DECIDES = "matter_decides"


class Person(StrEnum):
    """Who stands at the counter."""

    SELF = "self"
    AGENT = "agent"


class IssuedWhere(StrEnum):
    """Where the certificate was issued, as far as the citizen told."""

    INSIDE = "inside"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What the citizen told beyond matter and certificate; None means nothing was said."""

    person: Person | None = None
    issued: IssuedWhere | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The conclusion about one certificate.

    Attributes:
        matter_id: None where the verdict holds for every matter of the certificate.
        basis: citations, the most specific first.
        entry_ids: catalogue entries that the verdict rests on; empty only where no entry exists.
        likely_matter_ids: for `CLARIFY`, matters worth offering.
        by_reference: article 21 applies.
        plan_only: the issuer is no government unit, so only the 2019 plan covers it (article 3).
        is_sample: rests on an entry that the unit has not yet confirmed.
    """

    kind: VerdictKind
    reason: Reason
    matter_id: str | None
    certificate_id: str
    measure: Measure | None = None
    channel: str | None = None
    action: str = ""
    why: str = ""
    time_limit: str = ""
    basis: tuple[str, ...] = ()
    entry_ids: tuple[str, ...] = ()
    likely_matter_ids: tuple[str, ...] = ()
    by_reference: bool = False
    plan_only: bool = False
    is_sample: bool = False
