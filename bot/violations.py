"""Which breach a citizen's story tells of, or why the demand is lawful, or what is still missing. Pure.

The city rule lists eight breaches (2020 rules, article 20), each the sanction of an article before it. Item 5, that a
certificate is demanded although a measure spares it (article 9), and item 2, that one is demanded without any basis
(article 7: it was cancelled, or is not in the catalogue), follow from the catalogue as it stood that day; the others
need words of the story. Two laws above may be breached at the same time: the provincial rule, where material is asked
for beyond the service guide or twice, and the national regulation, which protects enterprises and the self-employed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Final

from bot.domain.catalogue import Catalogue, Measure
from bot.domain.verdict import Circumstances, IssuedWhere, Reason, Verdict, VerdictKind
from bot.verdict import decide

_CREATED, _OLD_GUIDE, _STILL_DEMANDED, _PLATFORM_UNUSED = 2, 4, 5, 6
_HINTS: Final = frozenset({_CREATED, _PLATFORM_UNUSED})
# Breaches that words alone show, whatever the catalogue says of a certificate.
TOLD_ALONE: Final = frozenset({1, 3, 4, 6, 7, 8})
# Whom a matter is for, in the words of the table, where enterprises or the self-employed may apply.
_MARKET_AUDIENCES: Final = frozenset({"法人", "both"})


class Demand(StrEnum):
    """What a story says of the demand itself; `UNTOLD` where it tells of another breach only."""

    DEMANDED = "demanded"
    DENIED = "denied"
    ASKED = "asked"
    UNTOLD = "untold"


class HigherLaw(StrEnum):
    """Laws above the city rule; each value is the key of an article in the city's tables."""

    PROVINCIAL = "provincial_beyond_guide"
    NATIONAL = "national_closed_list"


class Fact(StrEnum):
    """What may still be missing, in the order in which it is asked for."""

    DEMAND = "demand"
    CERTIFICATE = "certificate"
    MATTER = "matter"
    UNIT = "unit"
    ISSUED = "issued"


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What was understood of a story.

    Attributes:
        unit_id: who demanded it, as told, else None.
        told: items of article 20 that its words speak of, in order.
        hinted: items that they only make more likely, where the catalogue shows a breach.
        demand: whether a certificate was demanded at all; a question or a denial is no breach.
        is_repeated: it had been handed in already, or several copies were asked for.
        is_unshared: the counter looked, and its system does not hold the certificate.
        is_market_entity: an enterprise or a self-employed person applied.
    """

    matter_id: str | None = None
    certificate_ids: tuple[str, ...] = ()
    unit_id: str | None = None
    told: tuple[int, ...] = ()
    hinted: tuple[int, ...] = ()
    circumstances: Circumstances = field(default_factory=Circumstances)
    demand: Demand = Demand.DEMANDED
    is_repeated: bool = False
    is_unshared: bool = False
    is_market_entity: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """The judgement of a story.

    Attributes:
        items: items of article 20 that fit, best first.
        laws: laws above the city rule that fit too, the nearer one first.
        lawful: True where the demand is lawful, False where it breaches a rule, None where that is open or nothing was
            demanded.
        missing: facts still needed, the first to be asked first.
        basis: citations of the items, of the laws above, or of what makes the demand lawful.
        verdicts: what the catalogue said of each certificate on that day.
        is_before_rule: on that day the city rule was not in force, so that none of its items can fit.
    """

    items: tuple[int, ...]
    laws: tuple[HigherLaw, ...]
    lawful: bool | None
    missing: tuple[Fact, ...]
    basis: tuple[str, ...]
    verdicts: tuple[Verdict, ...]
    is_before_rule: bool = False

    @property
    def entry_ids(self) -> tuple[str, ...]:
        """The catalogue entries that are evidence."""
        return tuple(dict.fromkeys(entry for verdict in self.verdicts for entry in verdict.entry_ids))


def assess(catalogue: Catalogue, story: Story, *, on: date) -> Assessment:
    """Judges a story by the catalogue.

    Args:
        on: the day on which it happened.

    Raises:
        KeyError: an id that the catalogue does not hold.
    """
    verdicts = tuple(_decide(catalogue, story, certificate, on) for certificate in story.certificate_ids)
    is_demanded = story.demand is Demand.DEMANDED
    unlawful = tuple(item for verdict in verdicts for item in items_of(verdict)) if is_demanded else ()
    told = (item for item in story.told if item in TOLD_ALONE or unlawful)
    hinted = story.hinted if unlawful else tuple(_list_lone_hints(story))
    items = tuple(dict.fromkeys((*told, *unlawful, *hinted)))
    is_before_rule = _is_before_rule(catalogue, on)
    if is_before_rule:
        unlawful = tuple(item for verdict in verdicts if verdict.entry_ids for item in items_of(verdict) if unlawful)
        items = ()
    laws = _list_laws(catalogue, story, items or unlawful, is_unlawful=bool(unlawful))
    lawful = _judge(items or unlawful or laws, verdicts if is_demanded else ())
    return Assessment(
        items=items,
        laws=laws,
        lawful=lawful,
        missing=_list_missing(story, verdicts, items),
        basis=_cite(catalogue, items, laws, verdicts, lawful),
        verdicts=verdicts,
        is_before_rule=is_before_rule,
    )


def _list_lone_hints(story: Story) -> Iterator[int]:
    """What is hinted is the whole story where no certificate of the catalogue is told."""
    if story.demand is Demand.DEMANDED and not story.certificate_ids:
        yield from (item for item in story.hinted if item in _HINTS)


def items_of(verdict: Verdict) -> tuple[int, ...]:
    """The items of article 20 that a demand breaches in the face of a verdict, best first; none where it is lawful."""
    if verdict.kind is VerdictKind.NOT_LISTED:
        return (_CREATED, _STILL_DEMANDED)
    if verdict.kind is not VerdictKind.NOT_NEEDED:
        return ()
    return (_CREATED, _STILL_DEMANDED) if verdict.measure is Measure.CANCEL else (_STILL_DEMANDED,)


def _decide(catalogue: Catalogue, story: Story, certificate: str, on: date) -> Verdict:
    """The verdict; the rule does not reach what was issued outside and is not shared (article 2), listed or not."""
    verdict = decide(
        catalogue, matter_id=story.matter_id, certificate_id=certificate, circumstances=story.circumstances, on=on
    )
    if verdict.kind is VerdictKind.NOT_LISTED and story.circumstances.issued is IssuedWhere.OUTSIDE:
        basis = catalogue.cite("scope_exclusions")
        verdict = replace(verdict, kind=VerdictKind.DEPENDS, reason=Reason.ISSUED_OUTSIDE, basis=basis)
    if verdict.reason is Reason.ISSUED_OUTSIDE and story.is_unshared:
        return replace(verdict, kind=VerdictKind.NEEDED)
    return verdict


def _is_before_rule(catalogue: Catalogue, on: date) -> bool:
    """A city whose tables do not say since when its rule holds is taken to have had it always."""
    since = catalogue.fact("rule_effective")
    return bool(since) and on < date.fromisoformat(since)


def _list_laws(catalogue: Catalogue, story: Story, items: Sequence[int], *, is_unlawful: bool) -> tuple[HigherLaw, ...]:
    """Beyond the guide is only what the guide does not itself ask for; the national law is for market entities."""
    laws = []
    if (is_unlawful and _OLD_GUIDE not in items) or (story.is_repeated and story.demand is Demand.DEMANDED):
        laws.append(HigherLaw.PROVINCIAL)
    if is_unlawful and _may_be_market_entity(catalogue, story):
        laws.append(HigherLaw.NATIONAL)
    return tuple(law for law in laws if law in catalogue.articles)


def _may_be_market_entity(catalogue: Catalogue, story: Story) -> bool:
    audience = catalogue.matters[story.matter_id].audience if story.matter_id else ""
    return story.is_market_entity or audience in _MARKET_AUDIENCES


def _judge(breached: Sequence[object], verdicts: Sequence[Verdict]) -> bool | None:
    if breached:
        return False
    return True if verdicts and all(verdict.kind is VerdictKind.NEEDED for verdict in verdicts) else None


def _list_missing(story: Story, verdicts: Sequence[Verdict], items: Sequence[int]) -> tuple[Fact, ...]:
    if story.demand is Demand.DENIED and not items:
        return ()
    needs = {
        Fact.DEMAND: story.demand is Demand.ASKED and not items,
        Fact.CERTIFICATE: not story.certificate_ids and not items,
        Fact.MATTER: story.matter_id is None and _needs_matter(verdicts, items),
        Fact.UNIT: story.unit_id is None and story.matter_id is None,
        Fact.ISSUED: any(verdict.kind is VerdictKind.DEPENDS for verdict in verdicts),
    }
    return tuple(fact for fact, is_missing in needs.items() if is_missing)


def _needs_matter(verdicts: Sequence[Verdict], items: Sequence[int]) -> bool:
    return (not verdicts and not items) or any(verdict.reason is Reason.MATTER_DECIDES for verdict in verdicts)


def _cite(
    catalogue: Catalogue,
    items: Sequence[int],
    laws: Sequence[HigherLaw],
    verdicts: Sequence[Verdict],
    lawful: bool | None,
) -> tuple[str, ...]:
    """The items first, then the law above them; for a lawful demand what makes it so."""
    if lawful is False and (items or laws):
        keys = (*(f"breach_{item}" for item in items), *laws)
        return tuple(dict.fromkeys(citation for key in keys for citation in catalogue.cite(key)))
    return tuple(dict.fromkeys(citation for verdict in verdicts for citation in verdict.basis))
