"""How far a verification has come: whom to ask, and the clock of article 14."""

from bot.dialogue.cards import Cards
from bot.dialogue.names import name_unit
from bot.dialogue.parts import text_part
from bot.dialogue.pipeline import Answer, Turn
from bot.dialogue.replies import Replies, join_sentences
from bot.domain.catalogue import Catalogue
from intents.understanding import Intent


class TrackVerification:
    """Answers `verification_track`."""

    def __init__(self, catalogue: Catalogue, say: Replies, cards: Cards) -> None:
        self._catalogue = catalogue
        self._say = say
        self._cards = cards

    def __call__(self, turn: Turn) -> Turn | Answer:
        heard = turn.heard
        if heard.intent is not Intent.VERIFICATION_TRACK:
            return turn
        matter = heard.clear_matter or turn.memory.matter
        articles = self._catalogue.cite("verify_clock")
        sentences = [
            self._say("verification.text"),
            self._tell_whom(matter),
            self._tell_clock(matter),
            self._say("verification.late"),
            self._say("verification.basis", articles="；".join(articles)) if articles else "",
        ]
        return Answer(
            status="answered",
            parts=(text_part(join_sentences(sentences)),),
            matter=matter,
            certificates=heard.certificates or turn.memory.certificates,
        )

    def _tell_whom(self, matter: str | None) -> str:
        unit = self._catalogue.unit_of(matter) if matter else None
        if unit is None:
            return self._say("verification.ask_window")
        return self._say("verification.ask_unit", unit=name_unit(unit, self._say))

    def _tell_clock(self, matter: str | None) -> str:
        if matter is None:
            return self._say("verification.clock")
        return self._say("verification.clock_one", limit=self._cards.find_limit(matter))
