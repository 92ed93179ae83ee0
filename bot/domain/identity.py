"""Who a citizen is, as a login system outside vouches for it, and how surely."""

from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import Final


class IdentityLevel(IntEnum):
    """How surely a login system knows a person; the numbers are those of its `authlevel`."""

    REGISTERED = 1
    REAL_NAME = 2
    ADVANCED = 3

    @property
    def label(self) -> str:
        """The level in Chinese."""
        return _LABELS[self]


_LABELS: Final = {
    IdentityLevel.REGISTERED: "已注册，没有实名",
    IdentityLevel.REAL_NAME: "已实名",
    IdentityLevel.ADVANCED: "高级实名",
}


class IdentityKind(StrEnum):
    """A person, or a legal person with somebody who acts for it."""

    PERSON = "person"
    LEGAL_PERSON = "legal_person"


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """A person who has just logged in. Name and number never appear in `repr`, so that no log can hold them.

    Attributes:
        source: which login system vouches. subject: the person's id there.
        number: citizen number, or 统一社会信用代码 of a legal person.
    """

    source: str
    subject: str
    level: IdentityLevel
    kind: IdentityKind = IdentityKind.PERSON
    name: str = field(default="", repr=False)
    number: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)


def mask_name(name: str) -> str:
    """A name with its middle hidden: 王小明 → 王*明, 王明 → 王*."""
    if len(name) <= 1:
        return name
    return name[0] + "*" if len(name) == 2 else name[0] + "*" * (len(name) - 2) + name[-1]


def mask_number(number: str) -> str:
    """A number of which only the last four characters stay."""
    return "*" * max(len(number) - 4, 0) + number[-4:] if len(number) > 4 else "*" * len(number)
