"""The verdicts that a turn is about."""

from collections.abc import Iterable

from bot.dialogue.pipeline import Turn
from bot.domain.catalogue import Catalogue
from bot.domain.verdict import Verdict
from bot.verdict import decide


def judge(catalogue: Catalogue, turn: Turn, matter: str | None, certificates: Iterable[str]) -> tuple[Verdict, ...]:
    """One verdict for each certificate, for the citizen's circumstances and the day of the turn."""
    return tuple(
        decide(catalogue, matter_id=matter, certificate_id=item, circumstances=turn.circumstances, on=turn.today)
        for item in certificates
    )
