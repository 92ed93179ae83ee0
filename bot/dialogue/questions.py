"""Asks back: for the matter, for the certificate, or for a yes; after two in a row a person is offered."""

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Final

from bot.dialogue.names import find_example, name_certificate
from bot.dialogue.parts import call_part, certificate_value, choices_part, list_ids, matter_value, text_part
from bot.dialogue.pipeline import Answer, Turn
from bot.dialogue.remembering import MOST_QUESTIONS, count_questions
from bot.dialogue.replies import Replies
from bot.domain.catalogue import Catalogue
from bot.domain.conversation import Choice
from bot.domain.verdict import VerdictKind
from intents.understanding import Candidate, Level

# A phone shows so many buttons at a glance.
MOST_CHOICES: Final = 4
# Guesses below this share are no better than the catalogue's own order.
_LIKELY: Final = 0.05


class Questions:
    """Words questions and their choices from one catalogue."""

    def __init__(self, catalogue: Catalogue, say: Replies) -> None:
        self._catalogue = catalogue
        self._say = say

    def ask_matter(self, turn: Turn, certificates: tuple[str, ...] = ()) -> Answer:
        """Which matter it is about."""
        choices = [self._matter_choice(item) for item in self._guess_matters(turn, certificates)]
        if certificates:
            names = "、".join(name_certificate(self._catalogue, self._say, item, turn.words) for item in certificates)
            text = self._say("ask.matter", certificate=names)
        else:
            text = self._say("ask.matter_list" if choices else "ask.matter_plain")
        return self._ask(turn, "matter", text, choices, certificates=certificates)

    def ask_certificate(self, turn: Turn, matter: str | None) -> Answer:
        """Which certificate it is about."""
        guessed = self._guess_certificates(turn, matter)
        choices = [self._certificate_choice(item, turn) for item in guessed]
        if matter:
            text = self._say("ask.certificate_of", matter=self._catalogue.matters[matter].name)
        elif choices:
            text = self._say("ask.certificate")
        else:
            return self.ask_both(turn)
        return self._ask(turn, "certificate", text, choices, matter=matter)

    def ask_both(self, turn: Turn) -> Answer:
        """What it is about at all."""
        text = self._say("ask.nothing", example=find_example(self._catalogue, self._say))
        return self._ask(turn, "matter", text, [])

    def confirm_matter(self, turn: Turn, matter: str, others: Iterable[str], certificates: tuple[str, ...]) -> Answer:
        """Whether it is this matter; the others are offered beside yes and no."""
        text = self._say("ask.confirm", name=self._catalogue.matters[matter].name)
        choices = [self._matter_choice(item) for item in islice(others, MOST_CHOICES - 1)]
        pending = (matter_value(matter),)
        return self._confirm(turn, text, choices, matter=matter, certificates=certificates, pending=pending)

    def confirm_certificates(
        self, turn: Turn, certificates: tuple[str, ...], others: Iterable[str], matter: str | None
    ) -> Answer:
        """Whether it is these certificates; the others are offered beside yes and no.

        Until somebody says yes, none of them counts as understood.
        """
        names = "、".join(self._catalogue.certificates[item].name for item in certificates)
        choices = [self._certificate_choice(item, turn) for item in islice(others, MOST_CHOICES - 1)]
        pending = [certificate_value(item) for item in certificates]
        text = self._say("ask.confirm", name=names)
        if matter and turn.heard.matter_level is Level.CONFIRM:
            pending.append(matter_value(matter))
            text = self._say("ask.confirm_both", matter=self._catalogue.matters[matter].name, name=names)
        return self._confirm(turn, text, choices, matter=matter, certificates=(), pending=tuple(pending))

    def offer_person(self, turn: Turn) -> Answer:
        """No third question: where to find a person."""
        hotline = self._say.fact("hotline")
        return Answer(
            status="handoff_offered",
            parts=(text_part(self._say("ask.offer_person")), call_part(self._say("human.link"), hotline)),
            certificates=turn.heard.certificates,
            verdict=VerdictKind.CLARIFY.value,
        )

    def _confirm(
        self,
        turn: Turn,
        text: str,
        choices: Sequence[Choice],
        *,
        matter: str | None,
        certificates: tuple[str, ...],
        pending: tuple[str, ...],
    ) -> Answer:
        yes = Choice(label=self._say("ask.confirm_yes"), value="confirm:yes")
        no = Choice(label=self._say("ask.confirm_none" if choices else "ask.confirm_no"), value="confirm:no")
        return self._ask(
            turn, "confirm", text, [yes, *choices, no], matter=matter, certificates=certificates, pending=pending
        )

    def _ask(
        self,
        turn: Turn,
        slot: str,
        text: str,
        choices: Sequence[Choice],
        *,
        matter: str | None = None,
        certificates: tuple[str, ...] = (),
        pending: tuple[str, ...] = (),
    ) -> Answer:
        if count_questions(turn) >= MOST_QUESTIONS:
            return self.offer_person(turn)
        return Answer(
            status=f"clarify_{slot}",
            parts=(choices_part(text, choices) if choices else text_part(text),),
            asks=slot,
            matter=matter,
            certificates=certificates,
            verdict=VerdictKind.CLARIFY.value,
            pending=pending,
        )

    def _guess_matters(self, turn: Turn, certificates: tuple[str, ...]) -> list[str]:
        """Matters worth offering: the engine's guesses, then those that list the certificate, a unit after another."""
        heard = turn.heard
        listed = [entry.matter_id for item in certificates for entry in self._catalogue.list_by_certificate(item)]
        guesses = _likely(heard.matters)
        if heard.matter_level is Level.ABSENT and certificates:
            guesses = [item for item in guesses if item in listed]
        elif heard.matter_level is Level.ABSENT:
            guesses = []
        rejected = list_ids(turn.rejected, "matter")
        ordered = dict.fromkeys((*guesses, *self._spread_over_units(listed)))
        return [item for item in ordered if item not in rejected][:MOST_CHOICES]

    def _spread_over_units(self, matters: Sequence[str]) -> list[str]:
        by_unit = {self._catalogue.matters[item].unit_id: item for item in reversed(matters)}
        first = [item for item in dict.fromkeys(matters) if item in by_unit.values()]
        return [*first, *matters]

    def _guess_certificates(self, turn: Turn, matter: str | None) -> list[str]:
        listed = [entry.certificate_id for entry in self._catalogue.list_by_matter(matter)] if matter else []
        guesses = _likely(turn.heard.certificate_candidates)
        rejected = list_ids(turn.rejected, "certificate")
        ordered = dict.fromkeys((*guesses, *listed))
        return [item for item in ordered if item not in rejected][:MOST_CHOICES]

    def _matter_choice(self, matter: str) -> Choice:
        return Choice(label=self._catalogue.matters[matter].name, value=matter_value(matter))

    def _certificate_choice(self, certificate: str, turn: Turn) -> Choice:
        name = name_certificate(self._catalogue, self._say, certificate, turn.words)
        return Choice(label=name, value=certificate_value(certificate))


def _likely(candidates: Sequence[Candidate]) -> list[str]:
    return [item.id for item in candidates if item.score >= _LIKELY]
