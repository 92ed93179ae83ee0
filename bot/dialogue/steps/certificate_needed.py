"""Whether a certificate must be brought: one verdict for each, or a question back."""

from collections.abc import Sequence

from bot.dialogue.cards import Cards
from bot.dialogue.next_steps import NextSteps
from bot.dialogue.parts import choices_part, matter_value, text_part
from bot.dialogue.pipeline import Answer, Turn
from bot.dialogue.questions import Questions
from bot.dialogue.readings import Reading, is_settled, list_plausible, list_readings
from bot.dialogue.replies import Replies, join_sentences
from bot.domain.catalogue import Catalogue
from bot.domain.conversation import Choice, Part
from bot.domain.verdict import VerdictKind
from intents.understanding import Intent, Level

_TOLD_IN_ORDER = (VerdictKind.NEEDED, VerdictKind.DEPENDS, VerdictKind.NOT_LISTED, VerdictKind.NOT_NEEDED)


class DecideCertificates:
    """Answers `certificate_needed`."""

    def __init__(
        self, catalogue: Catalogue, say: Replies, cards: Cards, questions: Questions, next_steps: NextSteps
    ) -> None:
        self._catalogue = catalogue
        self._say = say
        self._cards = cards
        self._questions = questions
        self._next_steps = next_steps

    def __call__(self, turn: Turn) -> Turn | Answer:
        if turn.heard.intent is not Intent.CERTIFICATE_NEEDED:
            return turn
        readings = list_readings(self._catalogue, turn)
        if not readings:
            return self._ask_for_certificate(turn)
        if not is_settled(turn.heard, readings):
            return self._ask_which(turn, readings)
        if readings[0].kind is VerdictKind.CLARIFY:
            return self._questions.ask_matter(turn, readings[0].certificates)
        return self._tell(turn, readings)

    def _ask_for_certificate(self, turn: Turn) -> Answer:
        match turn.heard.matter_level:
            case Level.CLEAR:
                return self._questions.ask_certificate(turn, turn.heard.matter)
            case Level.CONFIRM if turn.heard.matter:
                others = list_plausible(turn.heard.matters, turn.heard.matter)
                return self._questions.confirm_matter(turn, turn.heard.matter, others, ())
            case Level.OPEN:
                return self._questions.ask_matter(turn)
            case _:
                return self._questions.ask_both(turn)

    def _ask_which(self, turn: Turn, readings: Sequence[Reading]) -> Answer:
        heard, best = turn.heard, readings[0]
        if heard.certificate_level is Level.OPEN:
            return self._questions.ask_certificate(turn, heard.clear_matter)
        if heard.certificate_level is Level.CONFIRM:
            others = [item for reading in readings for item in reading.certificates if item not in best.certificates]
            is_named = heard.matter_level in {Level.CLEAR, Level.CONFIRM}
            matter = heard.matter if is_named else None
            return self._questions.confirm_certificates(turn, best.certificates, dict.fromkeys(others), matter)
        if heard.matter_level is Level.CONFIRM and best.matter:
            others = [item.matter for item in readings if item.matter and item.matter != best.matter]
            return self._questions.confirm_matter(turn, best.matter, others, best.certificates)
        return self._questions.ask_matter(turn, best.certificates)

    def _tell(self, turn: Turn, readings: Sequence[Reading]) -> Answer:
        best = readings[0]
        is_named = best.matter is not None
        cards = [self._cards.make(verdict, turn.words, is_matter_named=is_named) for verdict in best.verdicts]
        measures = {verdict.measure for verdict in best.verdicts}
        measure = measures.pop() if len(measures) == 1 else None
        return Answer(
            status="answered",
            parts=(*self._summarise(best, cards), *cards, *self._offer_more(turn, readings)),
            matter=best.matter,
            certificates=best.certificates,
            verdict=best.kind.value,
            measure=measure.value if measure else None,
            entries=tuple(dict.fromkeys(entry for verdict in best.verdicts for entry in verdict.entry_ids)),
        )

    def _summarise(self, reading: Reading, cards: Sequence[Part]) -> list[Part]:
        """Of several certificates first in one sentence which are spared."""
        if len(cards) < 2:
            return []
        if len({verdict.kind for verdict in reading.verdicts}) == 1:
            return [text_part(join_sentences([self._say(f"several.all_{reading.kind}", count=len(cards))]))]
        names = {
            kind: "、".join(
                self._catalogue.certificates[verdict.certificate_id].name
                for verdict in reading.verdicts
                if verdict.kind is kind
            )
            for kind in _TOLD_IN_ORDER
        }
        told = [self._say(f"several.{kind}", certificates=listed) for kind, listed in names.items() if listed]
        return [text_part(join_sentences([self._say("several.mixed", count=len(cards)), *told]))]

    def _offer_more(self, turn: Turn, readings: Sequence[Reading]) -> list[Part]:
        """The other readings of an unclear message, or what people ask next."""
        best = readings[0]
        others = dict.fromkeys(item.matter for item in readings if item.matter and item.matter != best.matter)
        if others and best.matter:
            text = self._say("taken.text", matter=self._catalogue.matters[best.matter].name)
            names = [(item, self._catalogue.matters[item].name) for item in others]
            return [choices_part(text, [Choice(label=name, value=matter_value(item)) for item, name in names])]
        return self._next_steps.after_verdicts(best.kind, best.verdicts, has_matter=best.matter is not None)
