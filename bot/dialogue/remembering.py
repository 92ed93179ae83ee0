"""Makes reply and memory of an answer: what the next turn may lean on."""

from dataclasses import replace
from typing import Final

from bot.dialogue.parts import list_ids
from bot.dialogue.pipeline import Answer, Heard, Turn
from bot.domain.conversation import Memory, Reply, Understood
from intents.understanding import Intent

# Asking back the same thing more often than this only annoys; then a person is offered.
MOST_QUESTIONS: Final = 2
# What a conversation can be about; everything else is an aside, after which the citizen may go on where he was.
_TOPICS: Final = frozenset(
    {
        Intent.CERTIFICATE_NEEDED,
        Intent.MATTER_MATERIALS,
        Intent.CERTIFICATE_OBTAIN,
        Intent.E_LICENSE,
        Intent.VERIFICATION_TRACK,
        Intent.COMPLAINT_FILE,
        Intent.COMPLAINT_TRACK,
    }
)


def finish(turn: Turn, answer: Answer) -> tuple[Reply, Memory]:
    """The reply as every client sees it, and what to remember."""
    intent = answer.intent or turn.heard.intent
    reply = Reply(
        status=answer.status,
        understood=Understood(
            intent=intent.value,
            matter=answer.matter,
            certificate=answer.certificates[0] if answer.certificates else None,
            certificates=answer.certificates,
            verdict=answer.verdict,
            confidence=turn.heard.confidence,
        ),
        state=answer.state,
        asks=answer.asks,
        parts=answer.parts,
        measure=answer.measure,
        entries=answer.entries,
    )
    return reply, _remember(turn, answer, intent)


def count_questions(turn: Turn) -> int:
    """How often in a row the bot has asked back about what this turn is still about."""
    heard, memory = turn.heard, turn.memory
    return 0 if _names_something_new(heard, memory) else memory.clarified


def _names_something_new(heard: Heard, memory: Memory) -> bool:
    matters = {None, memory.matter, *list_ids(memory.pending, "matter")}
    certificates = {*memory.certificates, *list_ids(memory.pending, "certificate")}
    return heard.matter not in matters or not set(heard.certificates) <= certificates


def _remember(turn: Turn, answer: Answer, intent: Intent) -> Memory:
    heard, memory = turn.heard, turn.memory
    offered = tuple(choice.value for part in answer.parts for choice in part.choices)
    memory = replace(
        memory,
        state=answer.state,
        asks=answer.asks,
        offered=offered,
        clarified=count_questions(turn) + 1 if answer.status.startswith("clarify") else 0,
        pending=answer.pending,
        draft=None if answer.ends_draft else answer.draft or memory.draft,
        proven_phone=answer.proven_phone or memory.proven_phone,
    )
    if answer.keeps_topic or intent not in _TOPICS:
        return memory
    unsettled = list_ids(answer.pending, "certificate")
    return replace(
        memory,
        intent=intent.value,
        matter=None if answer.matter in list_ids(answer.pending, "matter") else answer.matter,
        certificates=tuple(item for item in answer.certificates if item not in unsettled),
        person=heard.person,
        issued=heard.issued,
        verdict=answer.verdict,
    )
