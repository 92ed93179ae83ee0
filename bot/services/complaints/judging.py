"""What the catalogue says of a story on the day it happened, kept with the complaint as evidence."""

from datetime import date

from bot.domain.catalogue import Catalogue, Entry
from bot.domain.complaint import Draft, Evidence
from bot.domain.verdict import Circumstances, IssuedWhere, Person
from bot.services.knowledge import Knowledge
from bot.violations import Assessment, Story, assess


def judge_draft(knowledge: Knowledge, draft: Draft, filed_on: date) -> Evidence:
    """The evidence of a complaint; the day of filing stands in where none was told."""
    catalogue, subject = knowledge.catalogue, draft.subject
    matter = subject.matter_id if subject.matter_id in catalogue.matters else None
    story = Story(
        matter_id=matter,
        certificate_ids=tuple(id_ for id_ in subject.certificate_ids if id_ in catalogue.certificates),
        unit_id=subject.unit_id,
        told=tuple(int(item) for item in knowledge.engine.understand(draft.story).breaches),
        circumstances=Circumstances(
            person=Person(draft.person) if draft.person else None,
            issued=IssuedWhere(draft.issued) if draft.issued else None,
        ),
    )
    judged = assess(catalogue, story, on=subject.happened_on or filed_on)
    return Evidence(
        items=judged.items,
        lawful=judged.lawful,
        entries=tuple((id_, _write_entry(catalogue, catalogue.entries[id_])) for id_ in judged.entry_ids),
        basis=judged.basis,
        explanation=_explain(catalogue, judged),
        version=knowledge.version,
    )


def _write_entry(catalogue: Catalogue, entry: Entry) -> str:
    """The entry as a line, so that it can be read when the catalogue has long changed."""
    matter, certificate = catalogue.matters[entry.matter_id], catalogue.certificates[entry.certificate_id]
    since = f"{entry.effective_from.isoformat()}起" if entry.effective_from else ""
    parts = (matter.name, certificate.name, entry.measure.value, entry.action, since, "；".join(entry.legal_basis))
    return " | ".join(part for part in (entry.id, *parts) if part)


def _explain(catalogue: Catalogue, judged: Assessment) -> str:
    """The judgement for those who work on the complaint."""
    if judged.lawful is False:
        articles = (catalogue.articles.get(f"breach_{item}") for item in judged.items)
        summaries = [article.summary for article in articles if article]
        return f"看起来不合规定：{'；'.join(summaries) or '不该要的证明还在要'}"
    if judged.lawful:
        return (
            f"看起来是可以要的：{next((verdict.why for verdict in judged.verdicts if verdict.why), '目前还要自己准备')}"
        )
    return "凭现有情况还判断不了"
