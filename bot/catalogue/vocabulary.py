"""Turns a catalogue into the names that the engine is built for."""

from bot.domain.catalogue import Catalogue
from intents.vocabulary import Asked, Named, Vocabulary


def vocabulary_of(catalogue: Catalogue) -> Vocabulary:
    """The engine's vocabulary of one catalogue version."""
    return Vocabulary(
        matters=tuple(Named(id=item.id, name=item.name, aliases=item.aliases) for item in catalogue.matters.values()),
        certificates=tuple(
            Named(id=item.id, name=item.name, aliases=item.aliases) for item in catalogue.certificates.values()
        ),
        units=tuple(
            Named(id=unit.id, name=unit.name, aliases=(unit.short_name, *unit.aliases))
            for unit in catalogue.units.values()
        ),
        pairs=frozenset(catalogue.by_pair),
        faq=tuple(
            Asked(id=entry.id, intent=entry.intent, asks=(entry.question, *entry.asks))
            for entry in catalogue.faq.values()
        ),
        places=(*(town.name for town in catalogue.towns.values()), *catalogue.fact("places_inside").split("|")),
        version=catalogue.version,
    )
