"""Questions to show on an empty page: pure."""

from itertools import islice
from typing import Final

from bot.domain.catalogue import Catalogue

_FACT: Final = "suggested_questions"
_MOST: Final = 8


def list_suggestions(catalogue: Catalogue) -> tuple[str, ...]:
    """What the city chose (local fact `suggested_questions`, separated by `|`), else what its tables can answer."""
    chosen = tuple(part.strip() for part in catalogue.fact(_FACT).split("|") if part.strip())
    return chosen or _derive(catalogue)


def _derive(catalogue: Catalogue) -> tuple[str, ...]:
    entries = (entries[0] for entries in catalogue.by_matter.values() if entries)
    about_entries = (
        f"办{catalogue.matters[entry.matter_id].name}还要{catalogue.certificates[entry.certificate_id].name}吗？"
        for entry in entries
    )
    about_reform = (entry.question for entry in catalogue.faq.values())
    return (*islice(about_entries, _MOST // 2), *islice(about_reform, _MOST // 2))
