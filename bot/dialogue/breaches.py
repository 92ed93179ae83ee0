"""Which item of article 20 an unlawful demand seems to fit; the full judgement of stories is another capability."""

from bot.domain.catalogue import Article, Catalogue, Measure
from bot.domain.verdict import Verdict, VerdictKind


def find_breach(catalogue: Catalogue, verdict: Verdict) -> Article | None:
    """The item for demanding what the verdict spares, or None: the demand is lawful, or the city names no such item.

    What is cancelled or not in the catalogue has no basis, so that asking for it creates a certificate (item 2);
    all else is spared by a measure that was not carried out (item 5).
    """
    if verdict.kind is VerdictKind.NOT_LISTED or (
        verdict.kind is VerdictKind.NOT_NEEDED and verdict.measure is Measure.CANCEL
    ):
        return catalogue.articles.get("breach_2")
    return catalogue.articles.get("breach_5") if verdict.kind is VerdictKind.NOT_NEEDED else None
