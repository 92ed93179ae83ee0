"""Looks through use records for uses beyond what was applied for (articles 17 and 20 (8)). Pure."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.domain.use_record import UseAct, UseRecord
from bot.domain.working_time import china_day

# More answers read by one person in a day than cases can be handled.
MANY_A_DAY: Final = 100
_USES: Final = frozenset({UseAct.FETCH, UseAct.SHOW, UseAct.READ_ANSWER})
_ARTICLE: Final = "第十七条第三款、第二十条第八项"


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspicion:
    """Something that a person should look into; not yet a finding against anybody.

    Attributes:
        seqs: numbers of the use records that it rests on.
    """

    kind: str
    what: str
    actor_id: str
    unit_id: str
    on: date
    seqs: tuple[int, ...]
    article: str = _ARTICLE


def find_misuse(records: Sequence[UseRecord]) -> tuple[Suspicion, ...]:
    """All suspicions, in the order of their first record."""
    found = [*_without_consent(records), *_without_case(records), *_turned_away(records), *_too_many(records)]
    return tuple(sorted(found, key=lambda item: item.seqs[0]))


def _without_consent(records: Iterable[UseRecord]) -> Iterable[Suspicion]:
    """Fetched though the citizen had not agreed, or had refused."""
    agreed: dict[str, bool] = defaultdict(bool)
    for record in records:
        use = record.use
        if use.act in {UseAct.CONSENT, UseAct.REFUSE}:
            agreed[use.about] = use.act is UseAct.CONSENT
        elif use.act is UseAct.FETCH and not agreed[use.about]:
            yield _suspect(record, "no_consent", "没有本人同意的记录，就调取了电子证照")


def _without_case(records: Iterable[UseRecord]) -> Iterable[Suspicion]:
    for record in records:
        if record.use.act in _USES and not record.use.case_number:
            yield _suspect(record, "no_case", "用了证件（证明），却没有对应的办件")


def _turned_away(records: Iterable[UseRecord]) -> Iterable[Suspicion]:
    for record in records:
        if record.use.act is UseAct.TURNED_AWAY:
            yield _suspect(record, "other_purpose", f"想用于“{record.use.purpose}”，不是办理申请的事项，系统没有让看")


def _too_many(records: Iterable[UseRecord]) -> Iterable[Suspicion]:
    reads = [record for record in records if record.use.act is UseAct.READ_ANSWER]
    counts = Counter((record.use.actor_id, china_day(record.use.at)) for record in reads)
    for (actor, day), count in counts.items():
        if count > MANY_A_DAY:
            of_day = [item for item in reads if item.use.actor_id == actor and china_day(item.use.at) == day]
            yield Suspicion(
                kind="too_many",
                what=f"一个人一天看了{count}份核实结果，多得不寻常",
                actor_id=actor,
                unit_id=of_day[0].use.unit_id,
                on=day,
                seqs=tuple(item.seq for item in of_day),
            )


def _suspect(record: UseRecord, kind: str, what: str) -> Suspicion:
    use = record.use
    return Suspicion(
        kind=kind, what=what, actor_id=use.actor_id, unit_id=use.unit_id, on=china_day(use.at), seqs=(record.seq,)
    )
