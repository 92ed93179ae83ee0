"""A person is asked for: where to find one, and what to have at hand."""

from bot.dialogue.parts import call_part, text_part
from bot.dialogue.pipeline import Answer, Turn
from bot.dialogue.replies import Replies
from bot.domain.conversation import State
from intents.understanding import Intent


class HandOver:
    """Answers `human`. The state lasts for this turn; the next question is answered as ever."""

    def __init__(self, say: Replies) -> None:
        self._say = say

    def __call__(self, turn: Turn) -> Turn | Answer:
        if turn.heard.intent is not Intent.HUMAN:
            return turn
        return Answer(
            status="handoff_requested",
            parts=(text_part(self._say("human.text")), call_part(self._say("human.link"), self._say.fact("hotline"))),
            state=State.HANDOFF,
            keeps_topic=True,
        )
