"""First step: what the message means, be it words, the press of a button, or a word that stands for a button."""

from dataclasses import replace
from typing import Final, Protocol

from bot.dialogue.dialogue import Utterance
from bot.dialogue.parts import list_ids, text_part
from bot.dialogue.pipeline import Answer, Heard, Turn
from bot.dialogue.replies import Replies
from bot.dialogue.stories import Understander
from bot.domain.catalogue import Catalogue
from bot.domain.complaint import Subject
from bot.domain.conversation import Memory
from bot.domain.numbers import drop_number, looks_like_number, read_number
from intents.understanding import Act, Context, Intent, Level, Understanding

# Buttons that ask for something, and what they ask for.
_DEEDS: Final[dict[str, tuple[Intent, Act | None]]] = {
    "complaint": (Intent.COMPLAINT_FILE, None),
    "human": (Intent.HUMAN, None),
    "still": (Intent.POLICY_FAQ, Act.STILL_DEMANDED),
    "basis": (Intent.POLICY_FAQ, Act.ASK_BASIS),
    "why": (Intent.POLICY_FAQ, Act.ASK_WHY),
    "list": (Intent.MATTER_MATERIALS, None),
    "obtain": (Intent.CERTIFICATE_OBTAIN, None),
    "refuse_license": (Intent.E_LICENSE, None),
}
# Buttons that the steps of complaints read for themselves.
_OF_COMPLAINTS: Final = {"complaint": Intent.COMPLAINT_FILE, "follow": Intent.COMPLAINT_TRACK}
_CERTAIN: Final = 1.0


class VersionedUnderstander(Understander, Protocol):
    """The engine, as the dialogue sees it."""

    @property
    def version(self) -> str:
        """Names language data and catalogue together."""
        ...


class HearMessage:
    """Reads the utterance; refuses a choice that does not exist."""

    def __init__(self, catalogue: Catalogue, engine: Understander, say: Replies) -> None:
        self._catalogue = catalogue
        self._engine = engine
        self._say = say

    def __call__(self, turn: Turn) -> Turn | Answer:
        choice = turn.utterance.choice
        if choice is None:
            return self._read(turn, turn.utterance.text)
        return self._press(turn, choice)

    def _read(self, turn: Turn, text: str) -> Turn | Answer:
        understood = understand_message(self._engine, text, turn.memory)
        choice = _find_choice(understood, turn.memory)
        if choice is not None:
            return self._press(replace(turn, utterance=Utterance(text=text, choice=choice)), choice)
        heard = Heard.from_engine(understood)
        if _holds_number(text) and heard.intent is not Intent.EMERGENCY:
            heard = replace(heard, intent=Intent.COMPLAINT_TRACK)
        return replace(turn, words="".join(text.lower().split()), heard=heard)

    def _press(self, turn: Turn, choice: str) -> Turn | Answer:
        kind, _, value = choice.partition(":")
        memory = turn.memory
        if kind in _OF_COMPLAINTS:
            return replace(turn, heard=replace(_settle(_OF_COMPLAINTS[kind], memory), act=None))
        if kind == "ask":
            return self._read(replace(turn, memory=replace(memory, offered=(), asks=None)), value)
        if kind == "act" and value in _DEEDS:
            intent, act = _DEEDS[value]
            return replace(turn, heard=_settle(intent, memory, act=act))
        if choice == "confirm:no":
            return replace(turn, heard=_reopen(memory), rejected=(*memory.pending, *memory.offered))
        settled = memory.pending if choice == "confirm:yes" else (choice,)
        matters, certificates = list_ids(settled, "matter"), list_ids(settled, "certificate")
        if not (matters or certificates) or not self._knows(matters, certificates):
            return Answer(status="error_choice", parts=(text_part(self._say("error.choice")),), keeps_topic=True)
        heard = _settle(_intent_of(memory), memory, matter=matters[0] if matters else None, certificates=certificates)
        return replace(turn, heard=heard)

    def _knows(self, matters: tuple[str, ...], certificates: tuple[str, ...]) -> bool:
        catalogue = self._catalogue
        return set(matters) <= catalogue.matters.keys() and set(certificates) <= catalogue.certificates.keys()


def understand_message(engine: Understander, text: str, memory: Memory) -> Understanding:
    """What the engine understands by a message at this place of a conversation."""
    # Digits of a number must not be read as words, such as those of an emergency call.
    words = drop_number(text) if _holds_number(text) else text
    return engine.understand(words, _context_of(memory))


def _holds_number(text: str) -> bool:
    return read_number(text) is not None or looks_like_number(text)


def _context_of(memory: Memory) -> Context:
    """While a complaint is taken, “这个证明” is the one that it is about."""
    subject = memory.draft.subject if memory.draft and not memory.draft.is_paused else Subject()
    return Context(
        matter=subject.matter_id or memory.matter,
        certificates=subject.certificate_ids or memory.certificates,
        person=memory.person,
        issued=memory.issued,
        asked=memory.asks,
        offered=(*list_ids(memory.offered, "matter"), *list_ids(memory.offered, "certificate")),
        intent=Intent(memory.intent) if memory.intent else None,
    )


def _find_choice(heard: Understanding, memory: Memory) -> str | None:
    """The choice that these words stand for, such as the second, or yes where a yes was asked for."""
    if heard.act is Act.CHOOSE and heard.choice is not None:
        place = heard.choice if heard.choice >= 0 else len(memory.offered) + heard.choice
        return memory.offered[place] if 0 <= place < len(memory.offered) else None
    if memory.asks == "confirm" and not _is_about_complaint(memory):
        if heard.act is Act.AFFIRM:
            return "confirm:yes"
        return "confirm:no" if heard.act is Act.DENY else None
    is_only = memory.asks is not None and not _is_about_complaint(memory) and len(memory.offered) == 1
    return memory.offered[0] if is_only and heard.act is Act.AFFIRM else None


def _is_about_complaint(memory: Memory) -> bool:
    """Whether a yes or no is for the steps of complaints to read."""
    return (memory.draft is not None and not memory.draft.is_paused) or any(
        value.startswith("follow:") for value in memory.pending
    )


def _intent_of(memory: Memory) -> Intent:
    return Intent(memory.intent) if memory.intent else Intent.MATTER_MATERIALS


def _settle(
    intent: Intent,
    memory: Memory,
    *,
    matter: str | None = None,
    certificates: tuple[str, ...] = (),
    act: Act | None = None,
) -> Heard:
    """What a button means: what it settles, and what the conversation had settled before."""
    matter = matter or memory.matter
    certificates = certificates or memory.certificates
    return Heard(
        intent=intent,
        confidence=_CERTAIN,
        matter=matter,
        matter_level=Level.CLEAR if matter else Level.ABSENT,
        certificates=certificates,
        certificate_level=Level.CLEAR if certificates else Level.ABSENT,
        person=memory.person,
        issued=memory.issued,
        act=act,
    )


def _reopen(memory: Memory) -> Heard:
    """A no: what was to be confirmed was named, but is open again."""
    heard = _settle(_intent_of(memory), memory)
    if list_ids(memory.pending, "matter"):
        heard = replace(heard, matter=None, matter_level=Level.OPEN)
    if list_ids(memory.pending, "certificate"):
        heard = replace(heard, certificates=(), certificate_level=Level.OPEN)
    return heard
