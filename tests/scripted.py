"""A dialogue and an engine that need no data, for tests of what is around them."""

from dataclasses import replace
from datetime import date

from bot.dialogue.dialogue import Turned, Utterance
from bot.domain.catalogue import Catalogue
from bot.domain.conversation import Choice, Memory, Part, Reply
from bot.services.knowledge import Knowledge
from intents.understanding import Candidate, Context, Intent, Mention, Trace, Understanding
from tests.builders import make_catalogue, make_reply, make_understood

CHOICES = (Choice(label="公租房申请", value="matter:rent"), Choice(label="低保申请", value="matter:allowance"))


class ScriptedDialogue:
    """Counts the turns of a conversation, repeats what was said, and offers two choices when asked for them."""

    def __init__(self, version: str = "testversion1") -> None:
        self.version = version

    def begin(self, utterance: Utterance, memory: Memory, today: date) -> Turned:
        reply, kept = self.respond(utterance, memory, today)
        return Turned(reply=reply, memory=kept)

    def respond(self, utterance: Utterance, memory: Memory, today: date) -> tuple[Reply, Memory]:
        if utterance.text == "请出错":
            raise ZeroDivisionError(utterance.text)
        number = memory.clarified + 1
        said = utterance.choice or utterance.text
        parts = [Part(type="text", text=f"第{number}句：{said}")]
        if utterance.text == "请给选项":
            parts.append(Part(type="choices", text="请选一个", choices=CHOICES))
        matter = utterance.choice.removeprefix("matter:") if utterance.choice else None
        reply = make_reply(*parts, understood=make_understood(matter=matter, verdict=memory.person))
        return reply, replace(memory, clarified=number)


class ScriptedEngine:
    """Finds one matter in every text."""

    def understand(self, text: str, context: Context | None = None) -> Understanding:
        trace = Trace(
            normalised=text,
            segments=(text,),
            mentions=(Mention(kind="matter", id="rent", start=0, end=len(text), text=text),),
            scores={"matter": (Candidate(id="rent", score=0.9),), "faq": (Candidate(id="what", score=0.1),)},
            decided_by=("scripted",),
            thresholds={"matter": 0.5},
        )
        return Understanding(intent=Intent.MATTER_MATERIALS, confidence=0.9, matter="rent", explain=lambda: trace)


def script_knowledge(catalogue: Catalogue | None = None, version: str = "testversion1") -> Knowledge:
    return Knowledge(
        catalogue=catalogue or make_catalogue(), engine=ScriptedEngine(), dialogue=ScriptedDialogue(version)
    )
