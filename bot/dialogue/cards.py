"""Verdict cards: one certificate's verdict in words that lead with the answer, and as fields for clients."""

from typing import Final

from bot.dialogue.names import name_certificate
from bot.dialogue.replies import Replies, join_sentences
from bot.domain.catalogue import Catalogue, Channel, Handling, Measure
from bot.domain.conversation import Part
from bot.domain.verdict import Reason, Verdict, VerdictKind

# So many citations are read; the card carries them all.
_MOST_CITED: Final = 3


class Cards:
    """Makes verdict cards from one catalogue."""

    def __init__(self, catalogue: Catalogue, say: Replies, version: str) -> None:
        self._catalogue = catalogue
        self._say = say
        self.version = version

    def make(self, verdict: Verdict, words: str, *, is_matter_named: bool = True) -> Part:
        """The card of one verdict.

        Args:
            words: what was said; it tells what the citizen calls the certificate.
            is_matter_named: False where the verdict's matter is only the one that the catalogue has for it.
        """
        name = name_certificate(self._catalogue, self._say, verdict.certificate_id, words)
        title = self._say("verdict.title", certificate=name, word=self._say(f"word.{verdict.kind}"))
        action = self.describe_action(verdict)
        notes = self.list_notes(verdict)
        text = join_sentences([self._lead(verdict, title, action, is_matter_named), *notes, self.cite(verdict.basis)])
        return Part(
            type="verdict",
            title=title,
            verdict=verdict.kind.value,
            measure=verdict.measure.value if verdict.measure else None,
            action=join_sentences([action, *notes]),
            matter=self._catalogue.matters[verdict.matter_id].name if verdict.matter_id else None,
            basis=verdict.basis,
            entries=verdict.entry_ids,
            version=self.version,
            is_sample=verdict.is_sample,
            text=text + (self._say("verdict.sample_note") if verdict.is_sample else ""),
        )

    def describe_action(self, verdict: Verdict) -> str:
        """What the citizen does, in one clause without a full stop."""
        say = self._say
        match verdict.reason:
            case Reason.NOT_YET if verdict.why:
                return say("verdict.not_yet", why=verdict.why)
            case Reason.NOT_YET:
                return say("verdict.not_yet_plain")
            case Reason.NOT_IN_FORCE:
                return say("verdict.not_in_force", date=verdict.time_limit)
            case Reason.EXCLUDED if verdict.why:
                return say("verdict.excluded", why=verdict.why)
            case Reason.EXCLUDED:
                return say("verdict.excluded_plain")
            case Reason.JUDICIAL | Reason.AGENT | Reason.ISSUED_OUTSIDE:
                return say(f"verdict.{verdict.reason}")
            case Reason.NOT_LISTED:
                return say("verdict.not_listed_say")
            case Reason.ALL_AGREE if verdict.kind is not VerdictKind.NOT_NEEDED:
                return say(f"verdict.any_{verdict.kind}")
            case _:
                return self._describe_measure(verdict)

    def cite(self, basis: tuple[str, ...]) -> str:
        """The articles in one sentence, or nothing."""
        if not basis:
            return ""
        key = "verdict.basis_more" if len(basis) > _MOST_CITED else "verdict.basis"
        return self._say(key, articles="；".join(basis[:_MOST_CITED]))

    def _describe_measure(self, verdict: Verdict) -> str:
        if verdict.action:
            return verdict.action.rstrip("。")
        if verdict.measure:
            return self._say(f"how.{verdict.measure}")
        return self._say("verdict.any_not_needed")

    def _lead(self, verdict: Verdict, title: str, action: str, is_matter_named: bool) -> str:
        say = self._say
        if verdict.matter_id is None:
            return say("verdict.lead_any", title=title, count=len(verdict.entry_ids), action=action)
        matter = self._catalogue.matters[verdict.matter_id].name
        if verdict.kind is VerdictKind.NOT_LISTED:
            return join_sentences([say("verdict.not_listed", title=title, matter=matter), action])
        key = "verdict.lead" if is_matter_named else "verdict.lead_only"
        return say(key, title=title, matter=matter, action=action)

    def list_notes(self, verdict: Verdict) -> list[str]:
        """Sentences that one may need beyond the action."""
        say, notes = self._say, []
        if verdict.kind is VerdictKind.NEEDED:
            issuer = self._catalogue.certificates[verdict.certificate_id].issuer
            is_own = verdict.reason is Reason.AGENT
            notes += [say("verdict.issued_by", issuer=issuer)] if issuer and not is_own else []
        elif verdict.kind is VerdictKind.NOT_LISTED:
            national = self._catalogue.cite("national_closed_list")
            notes += [say("verdict.not_listed_market", national=national[0])] if national else []
        elif verdict.kind is VerdictKind.NOT_NEEDED and verdict.measure:
            notes += self._explain_measure(verdict, verdict.measure)
        notes += [say("verdict.by_reference")] if verdict.by_reference else []
        notes += [say("verdict.plan_note")] if verdict.plan_only else []
        return notes

    def _explain_measure(self, verdict: Verdict, measure: Measure) -> list[str]:
        if verdict.channel == Channel.FACE:
            return self._name_alternatives()
        match measure:
            case Measure.VERIFY:
                return self._tell_clock(verdict)
            case Measure.SUBSTITUTE | Measure.COMMITMENT:
                return [self._say(f"verdict.{measure.name.lower()}")]
            case _:
                return []

    def _name_alternatives(self) -> list[str]:
        """Face recognition is never the only way (provincial rule, article 9)."""
        article = self._catalogue.articles.get("identity_alternatives")
        alternatives = [self._say("verdict.face_alternative")]
        if article is not None:
            alternatives.append(
                self._say("verdict.face_other_papers", summary=article.summary, article=article.citation)
            )
        return alternatives

    def _tell_clock(self, verdict: Verdict) -> list[str]:
        """Who asks whom, and by when; nothing where the unit looks into its own records."""
        if not verdict.time_limit or verdict.matter_id is None:
            return []
        unit = self._catalogue.unit_of(verdict.matter_id)
        name = unit.short_name if unit else ""
        issuer = self._catalogue.certificates[verdict.certificate_id].issuer
        limit = self.find_limit(verdict.matter_id)
        return [self._say("verdict.clock", unit=name, issuer=issuer, limit=limit)]

    def find_limit(self, matter_id: str) -> str:
        """The time within which a verification for this matter is answered (2020 rules, article 14)."""
        is_immediate = self._catalogue.matters[matter_id].handling is Handling.IMMEDIATE
        return self._say.fact("limit_instant" if is_immediate else "limit_promise")
