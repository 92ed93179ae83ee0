"""Who used whose certificate for what: a chain in which each record holds the hash of the one before. Pure.

What was recorded cannot be changed, left out or put in later without the chain breaking there (article 17). No record
holds anything that a certificate says, or the name or number of a person.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final

GENESIS: Final = "0" * 64


class UseAct(StrEnum):
    """What was done with a certificate."""

    REQUEST = "request"
    CONSENT = "consent"
    REFUSE = "refuse"
    HAND_OVER = "hand_over"
    FETCH = "fetch"
    FAIL = "fail"
    SHOW = "show"
    EXPIRE = "expire"
    OBJECT = "object"
    VERIFY_REQUEST = "verify_request"
    VERIFY_ACCEPT = "verify_accept"
    VERIFY_ANSWER = "verify_answer"
    VERIFY_NO_ANSWER = "verify_no_answer"
    READ_ANSWER = "read_answer"
    TURNED_AWAY = "turned_away"
    SIGN = "sign"

    @property
    def label(self) -> str:
        """The act in Chinese."""
        return _ACTS[self]


_ACTS: Final = {
    UseAct.REQUEST: "提出调取",
    UseAct.CONSENT: "本人同意",
    UseAct.REFUSE: "本人不同意，没有调取",
    UseAct.HAND_OVER: "转到APP由本人授权",
    UseAct.FETCH: "调取成功",
    UseAct.FAIL: "没有调到",
    UseAct.SHOW: "本人查看",
    UseAct.EXPIRE: "到时删除",
    UseAct.OBJECT: "本人提出异议",
    UseAct.VERIFY_REQUEST: "发起核实",
    UseAct.VERIFY_ACCEPT: "出证单位接收",
    UseAct.VERIFY_ANSWER: "出证单位答复",
    UseAct.VERIFY_NO_ANSWER: "出证单位查不到",
    UseAct.READ_ANSWER: "办理单位查看核实结果",
    UseAct.TURNED_AWAY: "想看但不符合规定，没有让看",
    UseAct.SIGN: "本人签署承诺书",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """One act, before it has a place in the chain.

    Attributes:
        actor_role: such as `citizen` or `handler`, or `system` for the clock and other programs.
        subject_id: the citizen's token whose certificate it is; empty where the citizen has none.
        about: id of the look-up, verification or commitment.
    """

    at: datetime
    act: UseAct
    actor_id: str
    actor_role: str
    about: str
    subject_id: str = ""
    unit_id: str = ""
    matter_id: str = ""
    certificate_id: str = ""
    entry_id: str = ""
    case_number: str = ""
    purpose: str = ""
    fields: tuple[str, ...] = ()
    consent: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UseRecord:
    """An act in its place: `seq` counts from 1."""

    seq: int
    use: Use
    previous: str
    hash: str


def chain_use(use: Use, seq: int, previous: str) -> UseRecord:
    """The record of this act after the record with this hash."""
    record = UseRecord(seq=seq, use=replace(use, at=use.at.astimezone(UTC)), previous=previous, hash="")
    return replace(record, hash=hash_record(record))


def hash_record(record: UseRecord) -> str:
    """SHA-256 over number, act and the hash before, as JSON with sorted keys and no spaces."""
    content = {"seq": record.seq, "previous": record.previous, "use": _plain(record.use)}
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(use: Use) -> dict[str, object]:
    values = asdict(use)
    return values | {
        "at": use.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "act": use.act.value,
        "fields": list(use.fields),
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """Where a chain does not hold, in words for whoever checks it."""

    seq: int
    what: str


def find_breaches(records: Iterable[UseRecord], *, first: int = 1, before: str | None = GENESIS) -> tuple[Breach, ...]:
    """Everything that is wrong with a run of records.

    Args:
        first: number of its first record. before: hash of the record before that; None where it is not known.
    """
    breaches: list[Breach] = []
    expected, previous = first, before
    for record in records:
        if record.seq != expected:
            breaches.append(Breach(seq=record.seq, what=f"应是第{expected}条，少了或者多了记录"))
        if previous is not None and record.previous != previous:
            breaches.append(Breach(seq=record.seq, what="接不上前一条，前面的记录被改过或者删过"))
        if hash_record(record) != record.hash:
            breaches.append(Breach(seq=record.seq, what="这一条的内容被改过"))
        expected, previous = record.seq + 1, record.hash
    return tuple(breaches)
