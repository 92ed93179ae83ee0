"""What operators look up while a caller speaks: the citizen's answer, and why the engine came to it."""

from dataclasses import dataclass

from bot.dialogue.dialogue import Utterance
from bot.domain.catalogue import Catalogue
from bot.domain.conversation import Memory, Reply
from bot.domain.message_text import clean_text
from bot.ports import Clock
from bot.services.knowledge import LiveKnowledge
from bot.services.metrics import Metrics
from intents.understanding import Context, Understanding


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
    """The outcome of one search, with the catalogue it rests on."""

    understanding: Understanding
    reply: Reply
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
        today = self._clock.now().date()
        memory = Memory(person=query.person, issued=query.issued)
        reply, memory = knowledge.dialogue.respond(Utterance(text=text), memory, today)
        for kind, chosen in (("matter", query.matter), ("certificate", query.certificate)):
            if chosen:
                reply, memory = knowledge.dialogue.respond(Utterance(choice=f"{kind}:{chosen}"), memory, today)
        self._metrics.count("desk_searches", status=reply.status, intent=reply.understood.intent)
        return Lookup(
            understanding=knowledge.engine.understand(text, Context()),
            reply=reply,
            catalogue=knowledge.catalogue,
            version=knowledge.version,
        )
