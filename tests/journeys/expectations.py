"""Labelled dialogues: what each turn is expected to bring."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.dialogue.dialogue import Dialogue, Utterance
from bot.domain.conversation import Memory, Reply
from tests.city import TODAY
from tests.filing_world import FilingWorld

# What belongs to capabilities of their own, which are not built yet.
LATER = {"human", "e_license"}
_SLOTS = (("matters", "matter"), ("certificates", "certificate"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """One turn as it went. `is_later`: it is part of a handoff or an e-licence."""

    place: str
    said: str
    reply: Reply
    failures: tuple[str, ...]
    is_later: bool


def play_file(dialogue: Dialogue, path: Path) -> Iterator[Played]:
    """Every turn of every dialogue in a file."""
    for line in path.read_text("utf-8").splitlines():
        yield from _play_dialogue(dialogue, json.loads(line))


def _play_dialogue(dialogue: Dialogue, labelled: dict[str, Any]) -> Iterator[Played]:
    """`{ticket}` stands for the number shown last, `{world}` for that of the first complaint that was there before."""
    memory, world = Memory(), FilingWorld()
    numbers = [world.remember(told) for told in labelled.get("world", [])]
    names = {"{ticket}": "", "{world}": numbers[0] if numbers else ""}
    for place, turn in enumerate(labelled["turns"], 1):
        utterance = Utterance(
            text=_fill(turn.get("say", ""), names), choice=_fill(turn.get("press", ""), names) or None
        )
        expected = json.loads(_fill(json.dumps(turn.get("expect", {})), names))
        if turn.get("forget"):
            memory = Memory(draft=memory.draft)
        reply, memory = _play_turn(dialogue, world, utterance, memory)
        names["{ticket}"] = next((part.number for part in reply.parts if part.number), names["{ticket}"])
        yield Played(
            place=f"{labelled['id']}#{place}",
            said=utterance.text or utterance.choice or "",
            reply=reply,
            failures=(*_list_failures(expected, reply), *_list_unfiled(expected.get("filed", {}), world)),
            is_later=_is_later(expected),
        )


def _fill(text: str, names: dict[str, str]) -> str:
    for name, value in names.items():
        text = text.replace(name, value)
    return text


def _play_turn(dialogue: Dialogue, world: FilingWorld, utterance: Utterance, memory: Memory) -> tuple[Reply, Memory]:
    turned = dialogue.begin(utterance, memory, TODAY)
    if turned.errand is None or turned.resume is None:
        return turned.reply, turned.memory
    return turned.resume(world.run(turned.errand))


def words_of(reply: Reply) -> str:
    """All that a citizen can read in a reply."""
    parts = [
        (part.text, part.title or "", part.action or "", *part.basis, *(choice.label for choice in part.choices))
        for part in reply.parts
    ]
    return "\n".join(text for part in parts for text in part)


def _is_later(expected: dict[str, Any]) -> bool:
    return expected.get("state") == "handoff" or expected.get("intent") in LATER


def _list_failures(expected: dict[str, Any], reply: Reply) -> Iterator[str]:
    understood, shown = reply.understood, words_of(reply)
    got = {"intent": understood.intent, "verdict": understood.verdict, "asks": reply.asks, "state": reply.state.value}
    for name, value in got.items():
        if name in expected and value != expected[name]:
            yield f"{name}: {value!r}, not {expected[name]!r}"
    if expected.get("ticket") and not any(part.type == "ticket" for part in reply.parts):
        yield "reply lacks a ticket"
    for plural, single in _SLOTS:
        value = getattr(understood, single)
        if plural in expected and value not in (expected[plural] or [None]):
            yield f"{single}: {value!r}, not one of {expected[plural]}"
    for item in expected.get("reply_has", []):
        if not any(word in shown for word in ([item] if isinstance(item, str) else item)):
            yield f"reply lacks {item}"
    yield from (f"reply has {word}" for word in expected.get("reply_lacks", []) if word in shown)


def _list_unfiled(expected: dict[str, Any], world: FilingWorld) -> Iterator[str]:
    """What the complaint filed last should hold and does not."""
    filed = world.describe_last()
    yield from (
        f"{name}: {filed.get(name)!r}, not {value!r}" for name, value in expected.items() if filed.get(name) != value
    )
