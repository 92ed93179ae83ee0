"""Help in danger, before anything else: the number to call, warm and short."""

from bot.dialogue.parts import call_part, text_part
from bot.dialogue.pipeline import Answer, Turn
from bot.dialogue.replies import Replies
from intents.understanding import Intent

# National numbers: fire brigade, ambulance, police.
_NUMBERS = {"fire": "119", "illness": "120"}
_POLICE = "110"


class AnswerEmergency:
    """Answers `emergency`."""

    def __init__(self, say: Replies) -> None:
        self._say = say

    def __call__(self, turn: Turn) -> Turn | Answer:
        if turn.heard.intent is not Intent.EMERGENCY:
            return turn
        kind = self._say.pick("emergency", turn.words)
        number = self._say.fact("crisis_line") if kind == "self_harm" else _NUMBERS.get(kind, _POLICE)
        call = call_part(self._say("emergency.link", number=number), number)
        text = text_part(self._say(f"emergency.{kind}.text"))
        return Answer(status="answered_emergency", parts=(text, call), keeps_topic=True)
