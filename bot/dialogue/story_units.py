"""Finds the units that a story names, the one that demanded something first. Pure."""

from bot.domain.catalogue import Catalogue
from intents.understanding import Understanding


def find_units(understanding: Understanding, catalogue: Catalogue) -> tuple[str, ...]:
    """Ids of the units named."""
    return tuple(unit for unit in understanding.units if unit in catalogue.units)
