"""A complaint: what a citizen tells while it is taken (the draft), and what is kept once it is filed."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Final

# Of one complaint.
MOST_PICTURES: Final = 3


class Protection(StrEnum):
    """Who gets to know the complainant (12345 practice; retaliation is what people fear)."""

    ANONYMOUS = "anonymous"
    HIDDEN = "hidden"
    OPEN = "open"


class Channel(StrEnum):
    """How a complaint came in."""

    CHAT = "chat"
    DESK = "desk"
    OPEN311 = "open311"


class Field(StrEnum):
    """What is asked for, in the order in which it is asked (contract: `asks`)."""

    STORY = "story"
    UNIT = "unit"
    MATTER = "matter"
    CERTIFICATE = "certificate"
    DATE = "date"
    PLACE = "place"
    NAME = "name"
    PHONE = "phone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What the complaint is about, as far as the catalogue knows it; `…_told` are the citizen's own words for it."""

    unit_id: str | None = None
    unit_told: str = ""
    matter_id: str | None = None
    matter_told: str = ""
    certificate_ids: tuple[str, ...] = ()
    certificate_told: str = ""
    happened_on: date | None = None
    time_told: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Who complains. All of it is personal data: sealed at rest, shown only to whoever needs it."""

    name: str = ""
    phone: str = ""
    wants_callback: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A complaint while it is being taken.

    Attributes:
        story: everything told, in the citizen's words, one statement a line.
        asked: fields that were asked for; none but unit, story and phone is asked for twice (contract).
        skipped: fields that the citizen would rather not tell.
        is_paused: something else was asked in between; the draft waits.
        joins: number of the complaint that this one is to be joined to, where the citizen agreed to that.
        declines_join: the citizen was offered to join another complaint and would rather have an own one.
        pictures: ids of pictures that were sent with it.
    """

    subject: Subject = field(default_factory=Subject)
    contact: Contact = field(default_factory=Contact)
    protection: Protection = Protection.HIDDEN
    story: str = ""
    person: str | None = None
    issued: str | None = None
    asked: tuple[Field, ...] = ()
    skipped: tuple[Field, ...] = ()
    is_paused: bool = False
    joins: str | None = None
    declines_join: bool = False
    pictures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptDraft:
    """The draft of a conversation as it stands from now on; None where it was filed or abandoned."""

    conversation_id: str
    at: datetime
    draft: Draft | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What the catalogue said on the day it happened, as judged when the complaint was filed; never changed later.

    Attributes:
        items: items of article 20 that seem to fit, best first.
        lawful: True where the demand seems lawful, False where it breaches the rule, None where that is open.
        entries: the catalogue entries as they stood, by id, each as a line for people.
        basis: citations. version: of the catalogue.
    """

    items: tuple[int, ...] = ()
    lawful: bool | None = None
    entries: tuple[tuple[str, str], ...] = ()
    basis: tuple[str, ...] = ()
    explanation: str = ""
    version: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """A complaint as filed. Its life after that is its work order's.

    Attributes:
        number: what the citizen was told (`bot.domain.numbers`).
        owner_id: the citizen whose token filed it; empty where an operator or another program did.
        filed_by: the operator or program that filed it for somebody, or empty.
    """

    id: str
    number: str
    filed_at: datetime
    channel: Channel
    owner_id: str
    filed_by: str = ""
    conversation_id: str = ""
    subject: Subject
    contact: Contact
    protection: Protection
    story: str
    evidence: Evidence
    pictures: tuple[str, ...] = ()
