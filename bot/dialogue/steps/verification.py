"""How far a verification has come: the citizen's own ones, or whom to ask, and the clock of article 14."""

from bot.dialogue.cards import Cards
from bot.dialogue.errands import Result, VerificationLine, VerificationsFound
from bot.dialogue.errands import TrackVerification as TrackErrand
from bot.dialogue.names import name_unit
from bot.dialogue.parts import text_part
from bot.dialogue.pipeline import Answer, Turn
from bot.dialogue.replies import Replies, join_sentences
from bot.domain.catalogue import Catalogue
from bot.domain.working_time import china_moment
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
        certificates = heard.certificates or turn.memory.certificates
        general = self._describe_clock(matter)

        def report(_turn: Turn, result: Result) -> Answer:
            lines = result.lines if isinstance(result, VerificationsFound) else ()
            text = self._tell_progress(lines) if lines else general
            return Answer(status="answered", parts=(text_part(text),), matter=matter, certificates=certificates)

        return Answer(
            status="answered",
            parts=(text_part(general),),
            matter=matter,
            certificates=certificates,
            errand=TrackErrand(),
            report=report,
        )

    def _describe_clock(self, matter: str | None) -> str:
        """For somebody of whom no verification is known."""
        articles = self._catalogue.cite("verify_clock")
        sentences = [
            self._say("verification.text"),
            self._tell_whom(matter),
            self._tell_clock(matter),
            self._say("verification.late"),
            self._say("verification.basis", articles="；".join(articles)) if articles else "",
        ]
        return join_sentences(sentences)

    def _tell_progress(self, lines: tuple[VerificationLine, ...]) -> str:
        found = self._say("verification.found", count=len(lines))
        return "\n".join([found, *(self._tell_line(line) for line in lines), self._say("verification.late")])

    def _tell_line(self, line: VerificationLine) -> str:
        key = "line_late" if line.is_open and line.is_late else "line_open" if line.is_open else "line"
        words = self._say(
            f"verification.{key}",
            number=line.number,
            certificate=line.certificate,
            unit=line.unit,
            state=line.state,
            date=f"{china_moment(line.due_at):%m月%d日%H:%M}",
        )
        return words + (self._say("verification.result", word=line.result) if line.result else "")

    def _tell_whom(self, matter: str | None) -> str:
        unit = self._catalogue.unit_of(matter) if matter else None
        if unit is None:
            return self._say("verification.ask_window")
        return self._say("verification.ask_unit", unit=name_unit(unit, self._say))

    def _tell_clock(self, matter: str | None) -> str:
        if matter is None:
            return self._say("verification.clock")
        return self._say("verification.clock_one", limit=self._cards.find_limit(matter))
