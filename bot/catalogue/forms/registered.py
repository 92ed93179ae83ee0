"""What a unit has registered in annex 2; annex 3 must name a measure for what is kept there, and for nothing else."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from bot.catalogue.forms.rows import certificate_key
from bot.domain.catalogue import Catalogue, Measure
from bot.domain.forms import FormRow

Matters = dict[str, dict[str, bool]]


class Objection(StrEnum):
    """Why annex 3 may not name a certificate; the value is the code of the error."""

    NOT_REGISTERED = "not_in_annex2"
    CANCELLED = "proposed_for_cancel"


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """The certificates of a unit.

    Attributes:
        is_annex_2: whether this is the unit's annex 2, so that annex 3 must account for all that is kept.
        kept: certificate key -> matter id -> whether it is kept there (otherwise it is cancelled).
        names: certificate key -> name.
    """

    is_annex_2: bool
    kept: Matters
    names: dict[str, str]

    @classmethod
    def from_rows(cls, rows: Iterable[FormRow]) -> Self:
        """From the right rows of an annex 2."""
        kept: Matters = defaultdict(dict)
        names: dict[str, str] = {}
        for row in rows:
            key = certificate_key(row)
            names.setdefault(key, row.certificate_name)
            kept[key] |= dict.fromkeys(row.matter_ids, row.measure is not Measure.CANCEL)
        return cls(is_annex_2=True, kept=dict(kept), names=names)

    @classmethod
    def from_catalogue(cls, catalogue: Catalogue, unit_id: str) -> Self | None:
        """From the catalogue in force, which knows less than annex 2; None where it holds nothing of the unit."""
        kept: Matters = defaultdict(dict)
        for entry in catalogue.entries.values():
            if catalogue.matters[entry.matter_id].unit_id == unit_id:
                kept[entry.certificate_id][entry.matter_id] = entry.measure is not Measure.CANCEL
        names = {key: catalogue.certificates[key].name for key in kept}
        return cls(is_annex_2=False, kept=dict(kept), names=names) if kept else None

    def find_objection(self, row: FormRow) -> Objection | None:
        """Why a row of annex 3 cannot stand, or None; a row for some matters needs all of them to be kept."""
        matters = self.kept.get(certificate_key(row))
        if matters is None or not matters.keys() >= set(row.matter_ids):
            return Objection.NOT_REGISTERED
        decisions = [matters[matter_id] for matter_id in row.matter_ids] if row.matter_ids else [any(matters.values())]
        return None if all(decisions) else Objection.CANCELLED

    def list_unanswered(self, rows: Iterable[FormRow]) -> list[str]:
        """Names of kept certificates for which annex 3 has no right row."""
        answered = {certificate_key(row) for row in rows}
        return [self.names[key] for key, matters in self.kept.items() if any(matters.values()) and key not in answered]
