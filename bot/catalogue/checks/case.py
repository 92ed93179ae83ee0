"""One row of the catalogue with everything that its rules look at."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from bot.catalogue.checks.citations import Documents
from bot.domain.catalogue import Catalogue, Channel, Entry, IssuerKind, Measure
from bot.domain.errors import Finding

# Articles, by their key, on which a measure may also rest: units outside the plan cannot cite its clauses.
_REASONS: Final = {Measure.CANCEL: "no_creation", Measure.NOT_YET: "what_counts"}


@dataclass(frozen=True, slots=True)
class Case:
    """One row with everything its rules look at."""

    entry: Entry
    catalogue: Catalogue
    documents: Documents

    @property
    def by_reference(self) -> bool:
        """Whether the 2020 rules bind the handling unit by reference only (article 21)."""
        unit = self.catalogue.unit_of(self.entry.matter_id)
        return bool(unit and unit.by_reference)

    @property
    def issuer_kind(self) -> IssuerKind:
        """Who issues the certificate."""
        return self.catalogue.certificates[self.entry.certificate_id].issuer_kind

    @property
    def is_own_record(self) -> bool:
        """Whether the unit that handles the matter issues the certificate itself."""
        matter = self.catalogue.matters[self.entry.matter_id]
        return self.catalogue.certificates[self.entry.certificate_id].issuer_unit_id == matter.unit_id

    def cited(self) -> set[tuple[str, str]]:
        """What the row cites, as (document, article)."""
        return {article for text in self.entry.legal_basis for article in self.documents.list_articles(text)}

    def articles_of(self, measure: Measure, channel: Channel) -> set[tuple[str, str]]:
        """The articles that provide for a measure and for its channel, by `measures.csv` and `articles.csv`."""
        texts = [text for text in self.catalogue.measures.values() if text.name == measure]
        texts += [text for key, text in self.catalogue.measures.items() if key == channel]
        found = {(text.document, text.article) for text in texts}
        reason = self.catalogue.articles.get(_REASONS.get(measure, ""))
        return found | {(reason.document, reason.article)} if reason else found


Rule = Callable[[Case], str | None]


def apply_rules(
    rules: tuple[Rule, ...], catalogue: Catalogue, documents: Documents, places: Mapping[str, str]
) -> Iterator[Finding]:
    """What each rule says of each row. `places` says where the row of each id stands."""
    for entry in catalogue.entries.values():
        case = Case(entry, catalogue, documents)
        messages = filter(None, (rule(case) for rule in rules))
        yield from (Finding(f"{places[entry.id]}（{entry.id}）", message) for message in messages)
