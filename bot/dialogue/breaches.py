"""Which item of article 20 a demand seems to fit, by the same rule as whole stories."""

from bot.domain.catalogue import Article, Catalogue
from bot.domain.verdict import Verdict
from bot.violations import items_of


def find_breach(catalogue: Catalogue, verdict: Verdict) -> Article | None:
    """The best item for demanding what the verdict spares, or None: it is lawful, or the city names no such item."""
    items = items_of(verdict)
    return catalogue.articles.get(f"breach_{items[0]}") if items else None
