"""Electronic licences: in which APP to see and show them."""

from bot.dialogue.names import name_certificate
from bot.dialogue.parts import link_part, text_part
from bot.dialogue.pipeline import Answer, Turn
from bot.dialogue.replies import Replies
from bot.domain.catalogue import Catalogue
from intents.understanding import Intent


class ShowELicense:
    """Answers `e_license`."""

    def __init__(self, catalogue: Catalogue, say: Replies) -> None:
        self._catalogue = catalogue
        self._say = say

    def __call__(self, turn: Turn) -> Turn | Answer:
        heard = turn.heard
        if heard.intent is not Intent.E_LICENSE:
            return turn
        names = [name_certificate(self._catalogue, self._say, item, turn.words) for item in heard.certificates]
        name = "、".join(names) or self._say("e_license.any")
        url = self._say.fact("e_license_url")
        return Answer(
            status="answered",
            parts=(
                text_part(self._say("e_license.text", certificate=name)),
                text_part(self._say("e_license.show") + self._say("e_license.wrong")),
                *([link_part(self._say("e_license.link"), url)] if url else []),
            ),
            certificates=heard.certificates,
        )
