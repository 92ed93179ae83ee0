"""A unit still asks for a certificate: the line to call, what to note, and which item of article 20 seems to fit."""

from bot.dialogue.breaches import find_breach
from bot.dialogue.judging import judge
from bot.dialogue.parts import call_part, text_part
from bot.dialogue.pipeline import Answer, Turn
from bot.dialogue.replies import Replies
from bot.domain.catalogue import Catalogue
from bot.domain.conversation import State
from bot.domain.verdict import Verdict, VerdictKind
from intents.understanding import Intent


class TakeComplaint:
    """Answers `complaint_file` and `complaint_track` with the hotline."""

    def __init__(self, catalogue: Catalogue, say: Replies) -> None:
        self._catalogue = catalogue
        self._say = say

    def __call__(self, turn: Turn) -> Turn | Answer:
        call = call_part(self._say("complaint.link"), self._say.fact("hotline"))
        if turn.heard.intent is Intent.COMPLAINT_TRACK:
            return Answer(status="answered", parts=(text_part(self._say("complaint.track")), call))
        if turn.heard.intent is not Intent.COMPLAINT_FILE:
            return turn
        matter, certificates = self._find_subject(turn)
        judged = self._judge(turn, matter, certificates)
        lines = [self._say("complaint.text"), *judged, self._say("complaint.note"), self._say("complaint.anonymous")]
        return Answer(
            status="answered",
            parts=(text_part("\n".join(lines)), call),
            state=State.COMPLAINT,
            matter=matter,
            certificates=certificates,
        )

    def _find_subject(self, turn: Turn) -> tuple[str | None, tuple[str, ...]]:
        """What was demanded for what: as said now, else what the conversation was about."""
        heard, memory = turn.heard, turn.memory
        matter = heard.clear_matter
        certificates = heard.clear_certificates
        if matter is None and certificates in {(), memory.certificates}:
            return memory.matter, memory.certificates
        return matter, certificates or (memory.certificates if matter == memory.matter else ())

    def _judge(self, turn: Turn, matter: str | None, certificates: tuple[str, ...]) -> list[str]:
        """What the catalogue says about the demand, honestly: also where it is lawful."""
        if matter is None:
            return []
        verdicts = judge(self._catalogue, turn, matter, certificates)
        return [self._describe(verdict, self._catalogue.matters[matter].name) for verdict in verdicts]

    def _describe(self, verdict: Verdict, matter: str) -> str:
        certificate = self._catalogue.certificates[verdict.certificate_id].name
        if verdict.kind in {VerdictKind.NEEDED, VerdictKind.DEPENDS}:
            return self._say(f"complaint.about_{verdict.kind}", matter=matter, certificate=certificate)
        breach = find_breach(self._catalogue, verdict)
        key = "about_not_listed" if verdict.kind is VerdictKind.NOT_LISTED else "about_breach"
        if breach is None:
            return self._say(f"complaint.{key}_plain", matter=matter, certificate=certificate)
        return self._say(
            f"complaint.{key}", matter=matter, certificate=certificate, article=breach.citation, summary=breach.summary
        )
