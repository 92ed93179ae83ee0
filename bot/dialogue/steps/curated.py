"""Curated answers about the reform and its measures, with their sources; the closest questions where none fits."""

from typing import Final

from bot.dialogue.cards import Cards
from bot.dialogue.judging import judge
from bot.dialogue.parts import choices_part, text_part
from bot.dialogue.pipeline import Answer, Turn
from bot.dialogue.questions import Questions
from bot.dialogue.remembering import MOST_QUESTIONS, count_questions
from bot.dialogue.replies import Replies, join_sentences
from bot.domain.catalogue import Catalogue, Channel, Measure, MeasureText
from bot.domain.conversation import Choice, Part
from bot.domain.verdict import Verdict, VerdictKind
from intents.understanding import Candidate, Intent, Level

_QUESTIONS: Final = frozenset({Intent.POLICY_FAQ, Intent.MEASURE_HOW})


class AnswerCurated:
    """Answers `policy_faq` and `measure_how`."""

    def __init__(self, catalogue: Catalogue, say: Replies, cards: Cards, questions: Questions) -> None:
        self._catalogue = catalogue
        self._say = say
        self._cards = cards
        self._questions = questions

    def __call__(self, turn: Turn) -> Turn | Answer:
        heard = turn.heard
        if heard.intent not in _QUESTIONS:
            return turn
        found = [item for item in heard.faq if item.id in self._catalogue.faq]
        # A follow-up about the last verdict gives way to a curated answer only where that one is surely meant.
        if heard.intent is Intent.MEASURE_HOW and not (found and heard.faq_level is Level.CLEAR):
            verdict = self._find_verdict(turn)
            if verdict is not None:
                return self._explain_measure(verdict)
        if found and heard.faq_level in {Level.CLEAR, Level.CONFIRM}:
            return self._answer(found, heard.faq_level)
        if found and count_questions(turn) < MOST_QUESTIONS:
            parts = (self._offer(self._say("faq.near"), found),)
            return Answer(status="clarify_question", parts=parts, keeps_topic=True)
        return Answer(status="unanswered_question", parts=(text_part(self._say("faq.unknown")),), keeps_topic=True)

    def _answer(self, found: list[Candidate], level: Level) -> Answer:
        entry = self._catalogue.faq[found[0].id]
        text = join_sentences([entry.answer, self._say("faq.source", articles="；".join(entry.sources))])
        related = [] if level is Level.CLEAR else found[1:]
        offered = [self._offer(self._say("faq.related"), related)] if related else []
        return Answer(status="answered", parts=(text_part(text), *offered), keeps_topic=True)

    def _offer(self, text: str, found: list[Candidate]) -> Part:
        questions = [self._catalogue.faq[item.id].question for item in found]
        return choices_part(text, [Choice(label=question, value=f"ask:{question}") for question in questions])

    def _find_verdict(self, turn: Turn) -> Verdict | None:
        """The spared certificate whose measure is asked about: the one named, else that of the last answer.

        Where another measure is named ("承诺书在哪签"), it is the one of the same matter that is spared by that.
        """
        heard, memory = turn.heard, turn.memory
        certificates = heard.clear_certificates or memory.certificates
        if not certificates:
            return None
        matter = heard.clear_matter or memory.matter
        wanted = next((measure for measure in Measure if measure in turn.words), None)
        if wanted and matter and not heard.clear_certificates:
            certificates = (*certificates, *(entry.certificate_id for entry in self._catalogue.list_by_matter(matter)))
        verdicts = judge(self._catalogue, turn, matter, certificates if wanted else certificates[:1])
        spared = (verdict for verdict in verdicts if verdict.kind is VerdictKind.NOT_NEEDED and verdict.measure)
        return next((verdict for verdict in spared if wanted in {None, verdict.measure}), None)

    def _explain_measure(self, verdict: Verdict) -> Answer:
        certificate = self._catalogue.certificates[verdict.certificate_id].name
        action = self._cards.describe_action(verdict)
        if verdict.matter_id:
            matter = self._catalogue.matters[verdict.matter_id].name
            told = self._say("faq.entry", matter=matter, certificate=certificate, action=action)
        else:
            told = self._say("faq.entry_any", certificate=certificate, action=action)
        ways = [self._describe(item) for item in self._list_ways(verdict)]
        sentences = [told, *ways, *self._cards.list_notes(verdict)]
        text = join_sentences([*sentences, self._cards.cite(verdict.basis)])
        return Answer(
            status="answered",
            parts=(text_part(text + (self._say("verdict.sample_note") if verdict.is_sample else "")),),
            matter=verdict.matter_id,
            certificates=(verdict.certificate_id,),
            measure=verdict.measure.value if verdict.measure else None,
            entries=verdict.entry_ids,
            keeps_topic=True,
        )

    def _list_ways(self, verdict: Verdict) -> list[MeasureText]:
        """The measure and the channel of a verdict in plain words; commitment is both."""
        texts = self._catalogue.measures
        measure = next((text for text in texts.values() if text.name == verdict.measure), None)
        is_same = verdict.channel in {None, Channel.COMMITMENT, Channel.NONE}
        channel = None if is_same else texts.get(str(verdict.channel))
        return [text for text in (measure, channel) if text]

    def _describe(self, text: MeasureText) -> str:
        return self._say("faq.measure", name=text.name, meaning=text.meaning, action=text.action)
