"""What the catalogue says of a story on the day it happened, kept with the complaint as evidence."""

from dataclasses import replace
from datetime import date

from bot.dialogue.assessing import AssessmentWords
from bot.dialogue.complaint_reading import ComplaintReader
from bot.dialogue.replies import Replies
from bot.domain.catalogue import Catalogue, Entry
from bot.domain.complaint import Draft, Evidence, Subject
from bot.services.knowledge import Knowledge
from bot.violations import Demand, assess


def judge_draft(knowledge: Knowledge, draft: Draft, filed_on: date) -> Evidence:
    """The evidence of a complaint; the day of filing stands in where none was told."""
    catalogue = knowledge.catalogue
    known = replace(draft, subject=_leave_known(catalogue, draft.subject))
    story = ComplaintReader(catalogue, knowledge.engine).story_of(known, filed_on)
    if story.demand is Demand.ASKED:
        # Who files complains of a demand, even in words that ask: “凭什么还要无房证明？”
        story = replace(story, demand=Demand.DEMANDED)
    judged = assess(catalogue, story, on=draft.subject.happened_on or filed_on)
    return Evidence(
        items=judged.items,
        lawful=judged.lawful,
        entries=tuple((id_, _write_entry(catalogue, catalogue.entries[id_])) for id_ in judged.entry_ids),
        basis=judged.basis,
        explanation=AssessmentWords(catalogue, Replies.load(catalogue.facts)).record(story, judged),
        version=knowledge.version,
    )


def _leave_known(catalogue: Catalogue, subject: Subject) -> Subject:
    """Without ids that the catalogue no longer holds, as after a reload in the middle of the telling."""
    return replace(
        subject,
        matter_id=subject.matter_id if subject.matter_id in catalogue.matters else None,
        certificate_ids=tuple(id_ for id_ in subject.certificate_ids if id_ in catalogue.certificates),
    )


def _write_entry(catalogue: Catalogue, entry: Entry) -> str:
    """The entry as a line, so that it can be read when the catalogue has long changed."""
    matter, certificate = catalogue.matters[entry.matter_id], catalogue.certificates[entry.certificate_id]
    since = f"{entry.effective_from.isoformat()}起" if entry.effective_from else ""
    parts = (matter.name, certificate.name, entry.measure.value, entry.action, since, "；".join(entry.legal_basis))
    return " | ".join(part for part in (entry.id, *parts) if part)
