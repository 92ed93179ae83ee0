"""What is asked about the last answer: on what basis, why, and what to do where they still demand the certificate."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from bot.dialogue.breaches import find_breach
from bot.dialogue.cards import Cards
from bot.dialogue.judging import judge
from bot.dialogue.next_steps import NextSteps
from bot.dialogue.parts import text_part
from bot.dialogue.pipeline import Answer, Turn
from bot.dialogue.replies import Replies, join_sentences
from bot.domain.catalogue import Catalogue
from bot.domain.conversation import Part
from bot.domain.verdict import Reason, Verdict, VerdictKind
from bot.verdict import overall
from intents.understanding import Act, Intent

# Whoever wants one of these says so beside what he says about the last answer.
_STRONGER: Final = frozenset({Intent.COMPLAINT_FILE, Intent.COMPLAINT_TRACK, Intent.HUMAN})
_UNLAWFUL_TO_DEMAND: Final = frozenset({VerdictKind.NOT_NEEDED, VerdictKind.NOT_LISTED})


class FollowUp:
    """Explains the last answer from the same verdict, decided anew."""

    def __init__(self, catalogue: Catalogue, say: Replies, cards: Cards, next_steps: NextSteps) -> None:
        self._catalogue = catalogue
        self._say = say
        self._cards = cards
        self._next_steps = next_steps
        self._tellers: dict[Act | None, Callable[[Verdict], list[str]]] = {
            Act.ASK_BASIS: self._tell_basis,
            Act.ASK_WHY: self._tell_why,
            Act.STILL_DEMANDED: self._tell_rights,
        }

    def __call__(self, turn: Turn) -> Turn | Answer:
        tell = self._tellers.get(turn.heard.act)
        memory = turn.memory
        if tell is None or turn.heard.intent in _STRONGER or not (memory.certificates or memory.matter):
            return turn
        if turn.heard.clear_certificates and turn.heard.clear_certificates != memory.certificates:
            return self._turn_to_another(turn, tell)
        verdicts = judge(self._catalogue, turn, memory.matter, memory.certificates)
        sentences = [text for verdict in verdicts for text in tell(verdict)] or self._tell_of_list(turn)
        return Answer(
            status="answered",
            parts=self._make_parts(turn, sentences, is_sample=any(verdict.is_sample for verdict in verdicts)),
            intent=Intent.POLICY_FAQ,
            matter=memory.matter,
            certificates=memory.certificates,
            entries=_list_entries(verdicts),
            keeps_topic=True,
        )

    def _turn_to_another(self, turn: Turn, tell: Callable[[Verdict], list[str]]) -> Turn | Answer:
        """The same about a certificate that was not talked about before ("他们还要户口本"): first its verdict."""
        matter = turn.heard.clear_matter or turn.memory.matter
        verdicts = judge(self._catalogue, turn, matter, turn.heard.clear_certificates)
        if any(verdict.kind is VerdictKind.CLARIFY for verdict in verdicts):
            return replace(turn, heard=replace(turn.heard, intent=Intent.CERTIFICATE_NEEDED))
        cards = [self._cards.make(verdict, turn.words, is_matter_named=matter is not None) for verdict in verdicts]
        sentences = [text for verdict in verdicts for text in tell(verdict)]
        return Answer(
            status="answered",
            parts=(*cards, *self._make_parts(turn, sentences, is_sample=False)),
            intent=Intent.CERTIFICATE_NEEDED,
            matter=matter,
            certificates=turn.heard.clear_certificates,
            verdict=overall(verdicts).value,
            entries=_list_entries(verdicts),
        )

    def _make_parts(self, turn: Turn, sentences: Sequence[str], *, is_sample: bool) -> tuple[Part, ...]:
        """What is told, one thought a paragraph since it is read at the counter, and what one may do next."""
        text = "\n\n".join(join_sentences([sentence]) for sentence in sentences)
        note = self._say("verdict.sample_note") if is_sample else ""
        deeds = ("complaint", "human") if turn.heard.act is Act.STILL_DEMANDED else ("still",)
        return text_part(text + note), *self._next_steps.offer(*deeds)

    def _tell_basis(self, verdict: Verdict) -> list[str]:
        basis = self._cite(verdict.basis)
        if len(verdict.entry_ids) == 1:
            return [basis, self._say("follow.entry", entries=verdict.entry_ids[0])]
        return [basis, self._say("follow.entries", count=len(verdict.entry_ids))] if verdict.entry_ids else [basis]

    def _tell_why(self, verdict: Verdict) -> list[str]:
        values = self._name(verdict)
        if verdict.reason is Reason.AGENT:
            why = self._say("follow.why_agent", **values)
        else:
            why = self._say(f"follow.why.{verdict.kind}", **values, why=self._find_reason(verdict))
        return [why, *self._tell_basis(verdict)]

    def _find_reason(self, verdict: Verdict) -> str:
        if verdict.reason is Reason.JUDICIAL:
            return self._say("follow.why_judicial")
        if verdict.measure is None or verdict.reason is Reason.ALL_AGREE:
            return self._say("follow.why_any" if verdict.kind is VerdictKind.NOT_NEEDED else "follow.why_any_needed")
        return verdict.why or self._say(f"follow.why_measure.{verdict.measure}")

    def _tell_rights(self, verdict: Verdict) -> list[str]:
        """What to say at the counter and where to complain; honestly too where the demand is lawful."""
        values = self._name(verdict)
        told = [self._say(f"follow.still.{verdict.kind}", **values)]
        if verdict.kind not in _UNLAWFUL_TO_DEMAND:
            return [*told, *(self._tell_basis(verdict) if verdict.basis else ())]
        breach = find_breach(self._catalogue, verdict)
        if breach is not None:
            told.append(self._say("follow.breach", article=breach.citation, summary=breach.summary))
        return [*told, self._suggest_words(verdict, values), self._say("follow.still_complaint")]

    def _suggest_words(self, verdict: Verdict, values: dict[str, str]) -> str:
        if verdict.kind is VerdictKind.NOT_LISTED:
            return self._say("follow.say.not_listed", **values)
        if verdict.matter_id is None or verdict.measure is None:
            return self._say("follow.say.not_needed_any", **values)
        return self._say("follow.say.not_needed", **values, how=self._say(f"follow.how.{verdict.measure}"))

    def _tell_of_list(self, turn: Turn) -> list[str]:
        """The last answer was a list of materials."""
        if turn.heard.act is Act.STILL_DEMANDED:
            return [self._say("follow.still_list"), self._say("follow.still_complaint")]
        articles = self._catalogue.cite("closed_world")
        return [self._say("follow.why_list"), self._cite(articles)]

    def _cite(self, basis: tuple[str, ...]) -> str:
        return self._say("follow.basis", articles="；".join(basis)) if basis else self._say("follow.basis_none")

    def _name(self, verdict: Verdict) -> dict[str, str]:
        matter = self._catalogue.matters[verdict.matter_id].name if verdict.matter_id else ""
        return {"matter": matter, "certificate": self._catalogue.certificates[verdict.certificate_id].name}


def _list_entries(verdicts: Sequence[Verdict]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(entry for verdict in verdicts for entry in verdict.entry_ids))
