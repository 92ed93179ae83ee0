"""What is stored together when a complaint is filed, and what must then reach other systems."""

from dataclasses import dataclass

from bot.domain.complaint import Complaint, KeptDraft
from bot.domain.work_order import Event, WorkOrder


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """Something that another system must get, however long that takes.

    Attributes:
        topic: which system and what kind, such as `hotline.file`.
        subject_id: letters about one subject are delivered in the order in which they were written.
        key: the same letter always has the same, so that delivering it twice is harmless.
        body: JSON.
    """

    id: str
    topic: str
    subject_id: str
    key: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """A new complaint with its work order, first event and letters: stored all together or not at all.

    Attributes:
        repeat_key: by which a program's repeated request is told, or empty; of one key a day only one is stored.
    """

    complaint: Complaint
    order: WorkOrder
    events: tuple[Event, ...]
    letters: tuple[Letter, ...] = ()
    repeat_key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A work order as it stands after one change, with what tells of the change: stored all together or not at all.

    Attributes:
        order: its version is one above the stored one's; otherwise somebody else was faster.
    """

    order: WorkOrder
    events: tuple[Event, ...] = ()
    letters: tuple[Letter, ...] = ()


# What may be stored along with a turn of a conversation.
Record = Filing | KeptDraft
