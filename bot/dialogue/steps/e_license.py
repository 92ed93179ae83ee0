"""Electronic licences: in which APP to see one's own, and looking one up for a matter that one applies for.

A look-up is only offered where the catalogue shares this certificate for this matter. What is fetched, why and for how
long stands on a page of its own, where the citizen agrees or not; the chat never holds a licence.
"""

from dataclasses import replace
from typing import Final

from bot.dialogue.cards import Cards
from bot.dialogue.errands import LicenseOffered, RefuseLicense, RequestLicense, Result
from bot.dialogue.judging import judge
from bot.dialogue.names import name_certificate
from bot.dialogue.parts import choices_part, link_part, text_part
from bot.dialogue.pipeline import Answer, Turn
from bot.dialogue.questions import Questions
from bot.dialogue.replies import Replies
from bot.domain.catalogue import Catalogue, Measure
from bot.domain.conversation import Choice, State
from bot.domain.license_rules import find_rule
from intents.understanding import Act, Intent

REFUSE: Final = "act:refuse_license"
_ANSWERS_WITH_MATTER: Final = frozenset({Intent.E_LICENSE, Intent.CERTIFICATE_NEEDED, Intent.MATTER_MATERIALS})


class StopLookUp:
    """Hears a no while the consent to a look-up is waited for; nothing is then fetched."""

    def __init__(self, say: Replies) -> None:
        self._say = say

    def __call__(self, turn: Turn) -> Turn | Answer:
        return self._refuse() if self._is_refusal(turn) else turn

    def _is_refusal(self, turn: Turn) -> bool:
        if turn.utterance.choice == REFUSE:
            return True
        if turn.memory.state is not State.CONSENT:
            return False
        return turn.heard.act in {Act.DENY, Act.ABANDON} or self._say.pick("e_license_wish", turn.words) == "refuse"

    def _refuse(self) -> Answer:
        answer = Answer(
            status="answered",
            parts=(text_part(self._say("e_license.refused")),),
            intent=Intent.E_LICENSE,
            keeps_topic=True,
        )

        def report(_turn: Turn, _result: Result) -> Answer:
            return answer

        return replace(answer, errand=RefuseLicense(), report=report)


class ShowELicense:
    """Answers `e_license`."""

    def __init__(self, catalogue: Catalogue, say: Replies, cards: Cards, questions: Questions) -> None:
        self._catalogue = catalogue
        self._say = say
        self._cards = cards
        self._questions = questions

    def __call__(self, turn: Turn) -> Turn | Answer:
        if self._continues_fetching(turn):
            return self._fetch(turn, turn.memory.certificates, turn.heard.clear_matter)
        heard = turn.heard
        if heard.intent is not Intent.E_LICENSE:
            return turn
        if len(heard.clear_certificates) == 1 and self._wants_fetching(turn):
            return self._fetch(turn, heard.clear_certificates, heard.clear_matter or self._recall_matter(turn))
        return self._show(turn)

    def _wants_fetching(self, turn: Turn) -> bool:
        """Whether it is to be fetched for something, and not only to be seen."""
        return self._say.pick("e_license_wish", turn.words) == "fetch"

    def _recall_matter(self, turn: Turn) -> str | None:
        """The matter talked about, where it lists this certificate."""
        matter = turn.memory.matter
        listed = matter and all(self._catalogue.find_entry(matter, item) for item in turn.heard.certificates)
        return matter if listed else None

    def _continues_fetching(self, turn: Turn) -> bool:
        """The matter was asked for, and here it is."""
        memory, heard = turn.memory, turn.heard
        is_asked = memory.asks in {"matter", "confirm"} and memory.intent == Intent.E_LICENSE
        is_same = heard.certificates in {(), memory.certificates}
        return (
            is_asked
            and is_same
            and len(memory.certificates) == 1
            and heard.intent in _ANSWERS_WITH_MATTER
            and heard.clear_matter is not None
        )

    def _fetch(self, turn: Turn, certificates: tuple[str, ...], matter: str | None) -> Answer:
        if matter is None:
            return self._ask(turn, certificates)
        (certificate,) = certificates
        if find_rule(self._catalogue, matter, certificate) is None:
            return self._decline(turn, matter, certificate)

        def report(turn: Turn, result: Result) -> Answer:
            if isinstance(result, LicenseOffered):
                return self._offer(turn, matter, certificate, result)
            return self._show(turn, certificates)

        return Answer(
            status="answered",
            parts=(text_part(self._say("e_license.wait")),),
            intent=Intent.E_LICENSE,
            matter=matter,
            certificates=certificates,
            errand=RequestLicense(matter_id=matter, certificate_id=certificate),
            report=report,
        )

    def _ask(self, turn: Turn, certificates: tuple[str, ...]) -> Answer:
        """For which matter; only those whose entry allows it are offered."""
        (certificate,) = certificates
        able = [
            entry.matter_id
            for entry in self._catalogue.list_by_certificate(certificate)
            if find_rule(self._catalogue, entry.matter_id, certificate)
        ]
        if not able:
            return self._show(turn, certificates)
        return self._questions.ask_matter(turn, certificates)

    def _offer(self, turn: Turn, matter: str, certificate: str, offered: LicenseOffered) -> Answer:
        name = name_certificate(self._catalogue, self._say, certificate, turn.words)
        words = self._say(
            "e_license.offer",
            certificate=name,
            matter=self._catalogue.matters[matter].name,
            how="、".join(offered.providers),
        )
        refuse = Choice(label=self._say("e_license.refuse"), value=REFUSE)
        entry = self._catalogue.find_entry(matter, certificate)
        return Answer(
            status="answered",
            parts=(
                text_part(words),
                link_part(self._say("e_license.consent", count=offered.minutes), offered.url),
                choices_part(self._say("e_license.or"), [refuse]),
            ),
            state=State.CONSENT,
            intent=Intent.E_LICENSE,
            matter=matter,
            certificates=(certificate,),
            entries=(entry.id,) if entry else (),
        )

    def _decline(self, turn: Turn, matter: str, certificate: str) -> Answer:
        """Why it is not looked up, and what is done instead."""
        (verdict,) = judge(self._catalogue, turn, matter, (certificate,))
        name = name_certificate(self._catalogue, self._say, certificate, turn.words)
        words = self._say("e_license.no_look_up", certificate=name, matter=self._catalogue.matters[matter].name)
        letter = verdict.measure is Measure.COMMITMENT and verdict.entry_ids
        link = [link_part(self._say("e_license.letter"), f"/commitments/{verdict.entry_ids[0]}")] if letter else []
        return Answer(
            status="answered",
            parts=(text_part(words), self._cards.make(verdict, turn.words), *link),
            intent=Intent.E_LICENSE,
            matter=matter,
            certificates=(certificate,),
            verdict=verdict.kind.value,
            measure=verdict.measure.value if verdict.measure else None,
            entries=verdict.entry_ids,
        )

    def _show(self, turn: Turn, certificates: tuple[str, ...] = ()) -> Answer:
        """The way to one's own licences in the APPs."""
        certificates = certificates or turn.heard.certificates
        names = [name_certificate(self._catalogue, self._say, item, turn.words) for item in certificates]
        name = "、".join(names) or self._say("e_license.any")
        url = self._say.fact("e_license_url")
        return Answer(
            status="answered",
            parts=(
                text_part(self._say("e_license.text", certificate=name)),
                text_part(self._say("e_license.show") + self._say("e_license.wrong")),
                *([link_part(self._say("e_license.link"), url)] if url else []),
            ),
            intent=Intent.E_LICENSE,
            certificates=certificates,
        )
