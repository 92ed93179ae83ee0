"""The dialogue that answers from a catalogue. What a turn goes through is written here, in reading order."""

from datetime import date

from bot.dialogue.cards import Cards
from bot.dialogue.complaint_cards import ComplaintCards
from bot.dialogue.complaint_reading import ComplaintReader
from bot.dialogue.dialogue import Turned, Utterance
from bot.dialogue.errands import NotHere, Result
from bot.dialogue.next_steps import NextSteps
from bot.dialogue.pipeline import Step, Turn, run
from bot.dialogue.questions import Questions
from bot.dialogue.remembering import finish
from bot.dialogue.replies import Replies
from bot.dialogue.steps.certificate_needed import DecideCertificates
from bot.dialogue.steps.certificate_obtain import TellIssuer
from bot.dialogue.steps.complaint import TakeComplaint
from bot.dialogue.steps.complaint_follow import FollowUpComplaint
from bot.dialogue.steps.curated import AnswerCurated
from bot.dialogue.steps.e_license import ShowELicense, StopLookUp
from bot.dialogue.steps.emergency import AnswerEmergency
from bot.dialogue.steps.follow_up import FollowUp
from bot.dialogue.steps.hear import HearMessage, VersionedUnderstander
from bot.dialogue.steps.human import HandOver
from bot.dialogue.steps.matter_materials import ListMaterials
from bot.dialogue.steps.out_of_scope import DeclineOutOfScope
from bot.dialogue.steps.recall import RecallConversation
from bot.dialogue.steps.smalltalk import MakeSmallTalk
from bot.dialogue.steps.verification import TrackVerification
from bot.domain.catalogue import Catalogue
from bot.domain.conversation import Memory, Reply


class CatalogueDialogue:
    """Implements `Dialogue`. Immutable; may be used from several threads."""

    def __init__(self, catalogue: Catalogue, engine: VersionedUnderstander) -> None:
        self._version = engine.version
        say = Replies.load(catalogue.facts)
        cards = Cards(catalogue, say, self._version)
        questions = Questions(catalogue, say)
        next_steps = NextSteps(say)
        reader = ComplaintReader(catalogue, engine)
        complaint_cards = ComplaintCards(catalogue, say, reader)
        self._complaints = TakeComplaint(catalogue, say, reader, complaint_cards)
        self._steps: tuple[Step, ...] = (
            HearMessage(catalogue, engine, say),
            AnswerEmergency(say),
            StopLookUp(say),
            self._complaints,
            FollowUpComplaint(say, complaint_cards, reader.words),
            RecallConversation(catalogue),
            HandOver(say),
            ShowELicense(catalogue, say, cards, questions),
            TrackVerification(catalogue, say, cards),
            FollowUp(catalogue, say, cards, next_steps),
            MakeSmallTalk(say),
            AnswerCurated(catalogue, say, cards, questions),
            DecideCertificates(catalogue, say, cards, questions, next_steps),
            ListMaterials(catalogue, say, cards, questions, next_steps),
            TellIssuer(catalogue, say, cards, questions, next_steps),
            DeclineOutOfScope(catalogue, say, next_steps),
        )

    @property
    def version(self) -> str:
        """Language data and catalogue together; the same version answers the same question the same way."""
        return self._version

    def begin(self, utterance: Utterance, memory: Memory, today: date) -> Turned:
        """See `Dialogue`."""
        turn, answer = run(self._steps, Turn(utterance=utterance, memory=memory, today=today))
        answer = self._complaints.remind(turn, answer)
        reply, kept = finish(turn, answer)
        report = answer.report
        if answer.errand is None or report is None:
            return Turned(reply=reply, memory=kept)

        def resume(result: Result) -> tuple[Reply, Memory]:
            return finish(turn, self._complaints.remind(turn, report(turn, result)))

        return Turned(reply=reply, memory=kept, errand=answer.errand, resume=resume)

    def respond(self, utterance: Utterance, memory: Memory, today: date) -> tuple[Reply, Memory]:
        """See `Dialogue`."""
        turned = self.begin(utterance, memory, today)
        return turned.resume(NotHere()) if turned.resume else (turned.reply, turned.memory)
