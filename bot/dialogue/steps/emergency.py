"""Help in danger, before anything else: the number to call, warm and short."""

from typing import Final

from bot.dialogue.parts import call_part, text_part
from bot.dialogue.pipeline import Answer, Turn
from bot.dialogue.replies import Replies
from intents.understanding import Intent

# National numbers: fire brigade, ambulance, police.
_NUMBERS = {"fire": "119", "illness": "120"}
_POLICE = "110"


# Who asks about a paper may well tell of a fire that is out (“着火了，房产证烧掉了，补办要带什么”).
_CALM: Final = frozenset(
    {Intent.CERTIFICATE_NEEDED, Intent.MATTER_MATERIALS, Intent.CERTIFICATE_OBTAIN, Intent.MEASURE_HOW}
)
_SELF_HARM: Final = "self_harm"


class AnswerEmergency:
    """Answers `emergency`, and the signs of danger that the engine may have taken for something else.

    Who says that he does not want to live is answered so first, whatever else he says.
    """

    def __init__(self, say: Replies) -> None:
        self._say = say

    def __call__(self, turn: Turn) -> Turn | Answer:
        kind = self._find_kind(turn)
        if kind is None:
            return turn
        number = self._say.fact("crisis_line") if kind == _SELF_HARM else _NUMBERS.get(kind, _POLICE)
        call = call_part(self._say("emergency.link", number=number), number)
        text = text_part(self._say(f"emergency.{kind}.text"))
        return Answer(status="answered_emergency", parts=(text, call), intent=Intent.EMERGENCY, keeps_topic=True)

    def _find_kind(self, turn: Turn) -> str | None:
        if turn.heard.intent is Intent.EMERGENCY:
            return self._say.pick("emergency", turn.words)
        sign = self._say.find_sign("emergency", turn.words)
        return sign if sign == _SELF_HARM or turn.heard.intent not in _CALM else None
