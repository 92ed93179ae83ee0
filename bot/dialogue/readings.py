"""What a message may mean where its slots are not sure, and whether that makes a difference."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.dialogue.judging import judge
from bot.dialogue.pipeline import Heard, Turn
from bot.domain.catalogue import Catalogue
from bot.domain.verdict import Verdict, VerdictKind
from bot.verdict import overall
from intents.understanding import Candidate, Level

# A candidate below this share is not what was meant; with an open slot the first few are looked at whatever they have.
_PLAUSIBLE: Final = 0.15
_MOST_READINGS: Final = 4
# Told wrongly, these send people to the counter without a paper they need: never told of a slot that is not clear.
_SPARING: Final = frozenset({VerdictKind.NOT_NEEDED, VerdictKind.NOT_LISTED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One way to take a message: a matter, or None for all of them, and certificates, with their verdicts."""

    matter: str | None
    certificates: tuple[str, ...]
    verdicts: tuple[Verdict, ...]

    @property
    def kind(self) -> VerdictKind:
        """The strictest verdict."""
        return overall(self.verdicts)


def list_plausible(candidates: Sequence[Candidate], best: str) -> list[str]:
    """Candidates beside the best one that may as well be meant."""
    return [item.id for item in candidates if item.score >= _PLAUSIBLE and item.id != best]


def list_readings(catalogue: Catalogue, turn: Turn) -> tuple[Reading, ...]:
    """Every plausible reading, the most likely first; none where no certificate was named."""
    return tuple(
        Reading(matter=matter, certificates=certificates, verdicts=judge(catalogue, turn, matter, certificates))
        for matter in _list_matters(turn.heard)
        for certificates in _list_certificates(turn.heard)
    )


def is_settled(heard: Heard, readings: Sequence[Reading]) -> bool:
    """Whether the first reading may be answered: it is what was said, or all others come to the same strict verdict."""
    if heard.matter_level in {Level.CLEAR, Level.ABSENT} and heard.certificate_level is Level.CLEAR:
        return True
    return len({reading.kind for reading in readings}) == 1 and readings[0].kind not in _SPARING


def _list_matters(heard: Heard) -> list[str | None]:
    if heard.matter_level is Level.CONFIRM and heard.matter:
        return [heard.matter, *list_plausible(heard.matters, heard.matter)]
    if heard.matter_level is Level.OPEN:
        return [item.id for item in heard.matters[:_MOST_READINGS]] or [None]
    return [heard.matter]


def _list_certificates(heard: Heard) -> list[tuple[str, ...]]:
    if heard.certificate_level is Level.CONFIRM and len(heard.certificates) == 1:
        others = list_plausible(heard.certificate_candidates, heard.certificates[0])
        return [heard.certificates, *((other,) for other in others)]
    if heard.certificate_level is Level.OPEN:
        return [(item.id,) for item in heard.certificate_candidates[:_MOST_READINGS]]
    return [heard.certificates] if heard.certificates else []
