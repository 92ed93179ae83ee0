"""What operators look up while a caller speaks: the citizen's answer, and why the engine came to it."""

from dataclasses import dataclass, replace
from datetime import date

from bot.dialogue.dialogue import Dialogue, Utterance
from bot.dialogue.steps.hear import understand_message
from bot.domain.catalogue import Catalogue
from bot.domain.conversation import Memory, Part, Reply
from bot.domain.message_text import clean_text
from bot.ports import Clock
from bot.services.knowledge import LiveKnowledge
from bot.services.metrics import Metrics
from intents.understanding import Understanding


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What a caller says, and what the operator already knows.

    Attributes:
        person: `self` or `agent`. issued: `inside` or `outside`. None where nothing is known.
        matter, certificate: ids that the operator chose for these words.
    """

    text: str
    person: str | None = None
    issued: str | None = None
    matter: str | None = None
    certificate: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookup:
    """The outcome of one search, with the catalogue it rests on.

    Attributes:
        say: the answer as words to read out; what only helps somebody who taps is left out.
        person, issued: under which circumstances it was answered, told by the caller or set by the operator.
        materials: all certificates of the matter, where one is settled and the reply itself does not list them.
    """

    understanding: Understanding
    reply: Reply
    say: str
    person: str | None
    issued: str | None
    materials: Part | None
    catalogue: Catalogue
    version: str


class Desk:
    """Searches with the same engine and the same dialogue as the chat. Queries are counted, never kept."""

    def __init__(self, *, knowledge: LiveKnowledge, clock: Clock, metrics: Metrics) -> None:
        self._knowledge = knowledge
        self._clock = clock
        self._metrics = metrics

    def search(self, query: Query) -> Lookup:
        """What a citizen would be told. Raises EmptyTextError, TextTooLongError.

        What the operator chose is played to the dialogue as a citizen's taps on its choices, so desk and chat cannot
        come to different answers.
        """
        text = clean_text(query.text)
        knowledge = self._knowledge.current
        dialogue, today = knowledge.dialogue, self._clock.now().date()
        told = Memory(person=query.person, issued=query.issued)
        reply, memory = dialogue.respond(Utterance(text=text), told, today)
        for tap in _list_taps(query, memory):
            reply, memory = dialogue.respond(Utterance(choice=tap), _overrule(query, memory), today)
        self._metrics.count("desk_searches", status=reply.status, intent=reply.understood.intent)
        return Lookup(
            understanding=understand_message(knowledge.engine, text, told),
            reply=reply,
            say=words_to_say(reply),
            person=memory.person,
            issued=memory.issued,
            materials=_find_materials(dialogue, reply, memory, today),
            catalogue=knowledge.catalogue,
            version=knowledge.version,
        )


def words_to_say(reply: Reply) -> str:
    """The reply for the ear, a part a paragraph: conclusions without citations, questions with what one may answer."""
    return "\n\n".join(filter(None, (_words_of(part, reply.asks) for part in reply.parts)))


def _words_of(part: Part, asks: str | None) -> str:
    match part.type:
        case "link":
            return ""
        case "verdict" if part.title and part.action:
            return f"{part.title}。{part.action}"
        case "choices" if asks is None:
            return ""
        case "choices":
            named = [choice.label for choice in part.choices if choice.value.startswith(("matter:", "certificate:"))]
            return part.text + _offer_aloud("、".join(named), asks)
        case _:
            return part.text


def _offer_aloud(names: str, asks: str | None) -> str:
    if not names:
        return ""
    return f"还是{names}？" if asks == "confirm" else f"是{names}，还是别的？"


def _list_taps(query: Query, memory: Memory) -> tuple[str, ...]:
    """The taps that lead to what the operator chose; one that repeats where a switch says otherwise than the caller."""
    chosen = (("matter", query.matter), ("certificate", query.certificate))
    taps = tuple(f"{kind}:{id_}" for kind, id_ in chosen if id_)
    is_settled = memory.matter is not None or bool(memory.certificates)
    if taps or not is_settled or _overrule(query, memory) == memory:
        return taps
    return ("confirm:yes",)


def _overrule(query: Query, memory: Memory) -> Memory:
    """The memory with the operator's switches over what the caller's words seemed to say, ready to be confirmed."""
    person, issued = query.person or memory.person, query.issued or memory.issued
    if (person, issued) == (memory.person, memory.issued):
        return memory
    settled = ([f"matter:{memory.matter}"] if memory.matter else []) + [
        f"certificate:{id_}" for id_ in memory.certificates
    ]
    return replace(memory, person=person, issued=issued, pending=tuple(settled))


def _find_materials(dialogue: Dialogue, reply: Reply, memory: Memory, today: date) -> Part | None:
    if memory.matter is None or reply.asks is not None or any(part.type == "materials" for part in reply.parts):
        return None
    listed, _ = dialogue.respond(Utterance(choice="act:list"), memory, today)
    return next((part for part in listed.parts if part.type == "materials"), None)
