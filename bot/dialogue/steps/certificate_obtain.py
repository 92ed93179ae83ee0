"""Where to get a certificate: first of all whether one needs it, then who issues it and who no longer does."""

from collections.abc import Iterator

from bot.dialogue.cards import Cards
from bot.dialogue.judging import judge
from bot.dialogue.names import is_named_after, name_certificate, name_unit
from bot.dialogue.next_steps import NextSteps
from bot.dialogue.parts import text_part
from bot.dialogue.pipeline import Answer, Turn
from bot.dialogue.questions import Questions
from bot.dialogue.replies import Replies, join_sentences
from bot.domain.catalogue import Catalogue, Certificate, NationalItem
from bot.domain.verdict import VerdictKind
from intents.understanding import Intent, Level

# Lists that say who issues a certificate or no longer does; the other lists are about single matters.
_ABOUT_ISSUING = "出具"
_ALLOWED = "可以出具"
# A name this long says enough to be known at the end of a longer one.
_TELLING = 4


class TellIssuer:
    """Answers `certificate_obtain`."""

    def __init__(
        self, catalogue: Catalogue, say: Replies, cards: Cards, questions: Questions, next_steps: NextSteps
    ) -> None:
        self._catalogue = catalogue
        self._say = say
        self._cards = cards
        self._questions = questions
        self._next_steps = next_steps

    def __call__(self, turn: Turn) -> Turn | Answer:
        heard = turn.heard
        if heard.intent is not Intent.CERTIFICATE_OBTAIN:
            return turn
        if heard.certificate_level is Level.ABSENT or not heard.certificates:
            return self._questions.ask_certificate(turn, heard.clear_matter)
        matter = heard.clear_matter
        return Answer(
            status="answered",
            parts=(
                *(text_part(self._describe(turn, item, matter)) for item in heard.certificates),
                *self._next_steps.offer(*(("list",) if matter else ())),
            ),
            matter=matter,
            certificates=heard.certificates,
        )

    def _describe(self, turn: Turn, certificate_id: str, matter: str | None) -> str:
        certificate = self._catalogue.certificates[certificate_id]
        need = self._tell_need(turn, certificate_id, matter)
        return join_sentences([need, *self._tell_issuer(certificate), *self._quote_lists(certificate)])

    def _tell_issuer(self, certificate: Certificate) -> Iterator[str]:
        unit = self._catalogue.units.get(certificate.issuer_unit_id)
        if unit is not None:
            yield self._say("obtain.issuer_unit", issuer=certificate.issuer, unit=name_unit(unit, self._say))
        elif certificate.issuer:
            yield self._say("obtain.issuer", issuer=certificate.issuer)
        if unit is None or not unit.phone:
            yield self._say("obtain.unit_hotline")

    def _tell_need(self, turn: Turn, certificate_id: str, matter: str | None) -> str:
        if matter and self._is_way_to(matter, certificate_id):
            unit = self._catalogue.unit_of(matter)
            name = unit.short_name if unit else ""
            return self._say("obtain.by_matter", matter=self._catalogue.matters[matter].name, unit=name)
        (verdict,) = judge(self._catalogue, turn, matter, (certificate_id,))
        name = name_certificate(self._catalogue, self._say, certificate_id, turn.words)
        if verdict.kind is VerdictKind.NEEDED and matter is None:
            return ""
        if matter is None:
            key = "any_not_needed" if verdict.kind is VerdictKind.NOT_NEEDED else "any_mixed"
            return self._say(f"obtain.{key}", certificate=name)
        action = self._cards.describe_action(verdict)
        return self._say(
            f"obtain.{verdict.kind}", certificate=name, matter=self._catalogue.matters[matter].name, action=action
        )

    def _is_way_to(self, matter: str, certificate: str) -> bool:
        """Whether the matter named is not one that asks for the certificate, but the one that issues it."""
        is_listed = self._catalogue.find_entry(matter, certificate) is not None
        return not is_listed and is_named_after(
            self._catalogue.matters[matter], self._catalogue.certificates[certificate]
        )

    def _quote_lists(self, certificate: Certificate) -> Iterator[str]:
        """What national lists say about who issues it."""
        for item in self._catalogue.national:
            if _ABOUT_ISSUING in item.kind and _is_same(item, certificate):
                yield self._quote(item)

    def _quote(self, item: NationalItem) -> str:
        values = {
            "kind": item.kind,
            "replacement": item.replacement,
            "handled_by": item.handled_by,
            "document": item.document or item.list_name,
            "applies": f"{item.applies_to}，" if item.applies_to else "",
        }
        if _ALLOWED in item.kind:
            return self._say("obtain.national_allowed", **values)
        return self._say("obtain.national" if item.handled_by else "obtain.national_short", **values)


def _is_same(item: NationalItem, certificate: Certificate) -> bool:
    """Lists often put a word before the name, such as 居民 before 就业状况证明."""
    names = (certificate.name, *certificate.aliases)
    return item.name in names or any(len(name) >= _TELLING and item.name.endswith(name) for name in names)
