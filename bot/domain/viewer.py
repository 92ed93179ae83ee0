"""Who is looking: every face turns its token into a `Viewer`, and services ask the viewer what is allowed."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.errors import ForbiddenError


class Role(StrEnum):
    """Kinds of people. Guests are citizens who have not said who they are; a handler works for one unit."""

    CITIZEN = "citizen"
    OPERATOR = "operator"
    HANDLER = "handler"
    STAFF = "staff"
    SUPERVISOR = "supervisor"


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewer:
    """A person with a role; `unit_id` for people who work for one unit only."""

    id: str
    role: Role
    name: str = ""
    unit_id: str | None = None

    def require(self, *roles: Role) -> None:
        """Raises ForbiddenError unless the viewer has one of the roles."""
        if self.role not in roles:
            raise ForbiddenError
