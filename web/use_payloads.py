"""The chain of use records as it is exported, and the report on misuse."""

from collections.abc import Iterable, Sequence
from datetime import date

from msgspec import Struct

from bot.domain.misuse import Suspicion
from bot.domain.use_record import UseRecord
from bot.services.knowledge import LiveKnowledge
from web.verification_payloads import name_unit


class UseExport(Struct, frozen=True, kw_only=True):
    """All records with number and hash of the last one, so that a cut end is noticed."""

    format: str
    last_seq: int
    last_hash: str
    records: tuple[UseRecord, ...]


class SuspicionLine(Struct, frozen=True, kw_only=True):
    """Something to look into."""

    kind: str
    what: str
    article: str
    actor_id: str
    unit: str
    on: date
    seqs: tuple[int, ...]


class MisuseReport(Struct, frozen=True):
    """In the order of their first record."""

    suspicions: tuple[SuspicionLine, ...]


def render_export(records: Sequence[UseRecord], end: tuple[int, str]) -> UseExport:
    """The export."""
    return UseExport(format="mianzheng-use-records-1", last_seq=end[0], last_hash=end[1], records=tuple(records))


def render_misuse(suspicions: Iterable[Suspicion], knowledge: LiveKnowledge) -> MisuseReport:
    """The report with names of units."""
    return MisuseReport(
        tuple(
            SuspicionLine(
                kind=item.kind,
                what=item.what,
                article=item.article,
                actor_id=item.actor_id,
                unit=name_unit(knowledge, item.unit_id) if item.unit_id else "",
                on=item.on,
                seqs=item.seqs,
            )
            for item in suspicions
        )
    )
