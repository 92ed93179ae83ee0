"""Small talk: short and kind. Here a citizen also leaves a question that the bot asked back."""

from bot.dialogue.parts import text_part
from bot.dialogue.pipeline import Answer, Turn
from bot.dialogue.replies import Replies
from intents.understanding import Act, Intent


class MakeSmallTalk:
    """Answers `smalltalk`."""

    def __init__(self, say: Replies) -> None:
        self._say = say

    def __call__(self, turn: Turn) -> Turn | Answer:
        heard = turn.heard
        if heard.act is Act.ABANDON:
            return Answer(status="answered", parts=(text_part(self._say("leave.text")),), intent=Intent.SMALLTALK)
        if heard.intent is not Intent.SMALLTALK:
            return turn
        kind = self._say.pick("smalltalk", turn.words)
        return Answer(status="answered", parts=(text_part(self._say(f"smalltalk.{kind}.text")),), keeps_topic=True)
