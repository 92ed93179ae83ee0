"""Which breach a citizen's story tells of, or why the demand is lawful, or what is still missing. Pure.

The city rule lists eight breaches (2020 rules, article 20). Item 5, that a certificate is demanded although a measure
spares it, follows from the catalogue as it stood that day; the others need words of the story.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from bot.domain.catalogue import Catalogue, Measure
from bot.domain.verdict import Circumstances, Reason, Verdict, VerdictKind
from bot.verdict import decide

_CREATED, _STILL_DEMANDED = 2, 5
# Breaches that words alone show, whatever the catalogue says of a certificate.
_TOLD_ALONE: Final = frozenset({1, 3, 4, 6, 7, 8})


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What was understood of a story. `told`: items of article 20 that its words speak of, in order."""

    matter_id: str | None = None
    certificate_ids: tuple[str, ...] = ()
    unit_id: str | None = None
    told: tuple[int, ...] = ()
    circumstances: Circumstances = field(default_factory=Circumstances)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """The judgement of a story.

    Attributes:
        items: items of article 20 that fit, best first.
        lawful: True where the demand is lawful, False where it breaches the rule, None where that is still open.
        missing: facts still needed, the first to be asked first: `certificate`, `matter`, `unit`, `issued`.
        basis: citations of the items, of the law above, or of what makes the demand lawful.
        verdicts: what the catalogue said of each certificate on that day.
    """

    items: tuple[int, ...]
    lawful: bool | None
    missing: tuple[str, ...]
    basis: tuple[str, ...]
    verdicts: tuple[Verdict, ...]

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
    verdicts = tuple(
        decide(
            catalogue,
            matter_id=story.matter_id,
            certificate_id=certificate,
            circumstances=story.circumstances,
            on=on,
        )
        for certificate in story.certificate_ids
    )
    unlawful = [item for verdict in verdicts for item in _items_of(verdict)]
    told = [item for item in story.told if item in _TOLD_ALONE or unlawful]
    items = tuple(dict.fromkeys((*told, *unlawful)))
    lawful = _judge(items, verdicts)
    return Assessment(
        items=items,
        lawful=lawful,
        missing=_list_missing(story, verdicts, items),
        basis=_cite(catalogue, items, verdicts, lawful),
        verdicts=verdicts,
    )


def _items_of(verdict: Verdict) -> tuple[int, ...]:
    """What is not in the catalogue was created without basis; what a measure spares was demanded all the same."""
    if verdict.kind is VerdictKind.NOT_LISTED:
        return (_CREATED, _STILL_DEMANDED)
    if verdict.kind is not VerdictKind.NOT_NEEDED:
        return ()
    return (_STILL_DEMANDED, _CREATED) if verdict.measure is Measure.CANCEL else (_STILL_DEMANDED,)


def _judge(items: Sequence[int], verdicts: Sequence[Verdict]) -> bool | None:
    if items:
        return False
    return True if verdicts and all(verdict.kind is VerdictKind.NEEDED for verdict in verdicts) else None


def _list_missing(story: Story, verdicts: Sequence[Verdict], items: Sequence[int]) -> tuple[str, ...]:
    missing = []
    if not story.certificate_ids and not items:
        missing.append("certificate")
    if story.matter_id is None and (not verdicts or any(item.reason is Reason.MATTER_DECIDES for item in verdicts)):
        missing.append("matter")
    if any(verdict.reason is Reason.ISSUED_OUTSIDE for verdict in verdicts):
        missing.append("issued")
    if story.unit_id is None and story.matter_id is None:
        missing.append("unit")
    return tuple(missing)


def _cite(
    catalogue: Catalogue, items: Sequence[int], verdicts: Sequence[Verdict], lawful: bool | None
) -> tuple[str, ...]:
    """The items first, then the law above them; for a lawful demand what makes it so."""
    if lawful is False:
        above = ("provincial_beyond_guide", "national_closed_list") if set(items) & {_CREATED, _STILL_DEMANDED} else ()
        keys = (*(f"breach_{item}" for item in items), *above)
        return tuple(dict.fromkeys(citation for key in keys for citation in catalogue.cite(key)))
    return tuple(dict.fromkeys(citation for verdict in verdicts for citation in verdict.basis))
