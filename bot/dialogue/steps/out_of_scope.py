"""Last step: what the bot cannot help with is said plainly, with where to turn. Never a verdict."""

import re
from typing import Final

from bot.dialogue.names import find_example
from bot.dialogue.next_steps import NextSteps
from bot.dialogue.parts import text_part
from bot.dialogue.pipeline import Answer, Turn
from bot.dialogue.replies import Replies
from bot.domain.catalogue import Catalogue

_CHINESE: Final = re.compile("[一-鿿]")
_WORD: Final = re.compile("[a-z]+", re.IGNORECASE)
# Fewer different characters, or words in letters, are no sentence.
_FEWEST: Final = 3


class DeclineOutOfScope:
    """Answers whatever no other step has answered."""

    def __init__(self, catalogue: Catalogue, say: Replies, next_steps: NextSteps) -> None:
        self._catalogue = catalogue
        self._say = say
        self._next_steps = next_steps

    def __call__(self, turn: Turn) -> Turn | Answer:
        if not _is_sentence(turn.utterance.text or turn.utterance.choice or ""):
            text = self._say("out_of_scope.unreadable", example=find_example(self._catalogue, self._say))
            return Answer(status="unanswered_unreadable", parts=(text_part(text),), keeps_topic=True)
        # Whoever is in the middle of something may go on with it.
        deeds = ("list", "human") if turn.memory.matter else ()
        parts = (text_part(self._name_place(turn)), *self._next_steps.offer(*deeds))
        return Answer(status="unanswered_out_of_scope", parts=parts, keeps_topic=True)

    def _name_place(self, turn: Turn) -> str:
        """Where to turn: the unit that was named, or the hotline."""
        unit = next((self._catalogue.units[item] for item in turn.heard.units if item in self._catalogue.units), None)
        if unit is None:
            return self._say("out_of_scope.text")
        if unit.phone:
            return self._say("out_of_scope.unit_phone", unit=unit.name, phone=unit.phone)
        return self._say("out_of_scope.unit", unit=unit.name)


def _is_sentence(text: str) -> bool:
    """Whether there is anything to read, in Chinese or in letters."""
    return max(len(set(_CHINESE.findall(text))), len(set(_WORD.findall(text)))) >= _FEWEST
