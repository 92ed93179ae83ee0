"""What is told to the verification platform, and what comes back, in our words."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

from bot.domain.verification import Finding

REQUEST_TOPIC: Final = "verification.request"
UPDATE_TOPIC: Final = "verification.update"


@dataclass(frozen=True, slots=True, kw_only=True)
class VerificationOrder:
    """The body of a letter `verification.request`."""

    number: str
    matter_id: str
    matter: str
    certificate_id: str
    certificate: str
    case_number: str
    requesting_unit_id: str
    requesting_unit: str
    issuing_unit_id: str
    issuing_unit: str
    requested_at: datetime
    handling: str
    due_at: datetime
    name: str = field(repr=False)
    holder_number: str = field(repr=False)
    facts: str = field(repr=False)


class VerificationStatus(StrEnum):
    """What the platform reports, or we report to it."""

    ACCEPTED = "ACCEPTED"
    ANSWERED = "ANSWERED"
    CANNOT_VERIFY = "CANNOT_VERIFY"


@dataclass(frozen=True, slots=True, kw_only=True)
class VerificationNews:
    """News of one request, either way; also the body of a letter `verification.update`."""

    id: str
    number: str
    status: VerificationStatus
    at: datetime
    finding: Finding | None = None
    facts: str = field(default="", repr=False)
    reason: str = field(default="", repr=False)
