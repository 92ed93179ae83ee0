"""Plays a conversation with a dialogue over the invented city; each line says what the engine understands by it."""

from datetime import date
from typing import Any

from bot.dialogue.catalogue_dialogue import CatalogueDialogue
from bot.dialogue.dialogue import Utterance
from bot.dialogue.errands import Errand, NotHere, Result
from bot.domain.catalogue import Catalogue
from bot.domain.conversation import Choice, Memory, Part, Reply
from intents.understanding import Candidate, Context, Intent, Level, Trace, Understanding
from tests.city import TODAY, make_city


class ScriptedEngine:
    """Understands whatever it was last told to; keeps the context it was given."""

    version = "script-peachblossom"

    def __init__(self) -> None:
        self.understanding = make_understanding(Intent.SMALLTALK)
        self.context = Context()
        self.text = ""

    def understand(self, text: str, context: Context | None = None) -> Understanding:
        self.text, self.context = text, context or Context()
        return self.understanding


class Talk:
    """One conversation. `result` is what the world brings to every errand; `errands` are those it was sent on."""

    def __init__(self, city: Catalogue | None = None, *, memory: Memory | None = None, today: date = TODAY) -> None:
        self.engine = ScriptedEngine()
        self.dialogue = CatalogueDialogue(city or make_city(), self.engine)
        self.memory = memory or Memory()
        self.today = today
        self.result: Result = NotHere()
        self.errands: list[Errand] = []

    def say(self, text: str, intent: Intent = Intent.CERTIFICATE_NEEDED, **understood: Any) -> Reply:
        """A typed message that the engine understands as told."""
        self.engine.understanding = make_understanding(intent, **understood)
        return self._respond(Utterance(text=text))

    def press(self, value: str) -> Reply:
        """A button."""
        return self._respond(Utterance(choice=value))

    def _respond(self, utterance: Utterance) -> Reply:
        turned = self.dialogue.begin(utterance, self.memory, self.today)
        reply, self.memory = turned.reply, turned.memory
        if turned.errand is not None and turned.resume is not None:
            self.errands.append(turned.errand)
            reply, self.memory = turned.resume(self.result)
        return reply


def make_understanding(intent: Intent, **given: Any) -> Understanding:
    """Slots and curated answers that are given are clear unless a level says otherwise."""
    default: dict[str, Any] = {"confidence": 0.9, "explain": lambda: Trace(normalised="")}
    if given.get("matter"):
        default["matter_level"] = Level.CLEAR
    if given.get("certificates"):
        default["certificate_level"] = Level.CLEAR
    if given.get("faq"):
        default["faq_level"] = Level.CLEAR
    return Understanding(intent=intent, **default | given)


def guess(**scores: float) -> tuple[Candidate, ...]:
    """Candidates with their shares, best first."""
    return tuple(Candidate(id=id_, score=score) for id_, score in scores.items())


def words_of(reply: Reply) -> str:
    """All text of a reply, without its buttons."""
    return "\n".join(part.text for part in reply.parts)


def parts_of(reply: Reply, kind: str) -> list[Part]:
    return [part for part in reply.parts if part.type == kind]


def choices_of(reply: Reply) -> list[Choice]:
    return [choice for part in reply.parts for choice in part.choices]


def values_of(reply: Reply) -> list[str]:
    return [choice.value for choice in choices_of(reply)]
