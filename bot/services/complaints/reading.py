"""Reads what a caller tells, by the same reading as the chat, so that the operator only checks and completes it."""

from dataclasses import dataclass
from datetime import date

from bot.dialogue.complaint_reading import ComplaintReader
from bot.domain.complaint import Draft, Evidence
from bot.services.complaints.judging import judge_draft
from bot.services.knowledge import Knowledge


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryRead:
    """What was understood of a story, and what the catalogue says of it."""

    draft: Draft
    evidence: Evidence


def read_caller(knowledge: Knowledge, story: str, today: date) -> StoryRead:
    """The draft of a story told on the telephone; nothing is kept."""
    reader = ComplaintReader(knowledge.catalogue, knowledge.engine)
    draft, _ = reader.read(Draft(), story, None, today)
    return StoryRead(draft=draft, evidence=judge_draft(knowledge, draft, today))
