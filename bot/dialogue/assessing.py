"""Says plainly what a story seems to breach, or why the demand is lawful, or asks the one fact that is missing."""

from collections.abc import Iterable, Iterator, Sequence

from bot.dialogue.replies import Replies, join_sentences
from bot.domain.catalogue import Catalogue
from bot.domain.verdict import Reason, Verdict, VerdictKind
from bot.violations import TOLD_ALONE, Assessment, Demand, HigherLaw, Story, items_of


class AssessmentWords:
    """Words assessments from the templates under `assess` and one catalogue."""

    def __init__(self, catalogue: Catalogue, say: Replies) -> None:
        self._catalogue = catalogue
        self._say = say

    def explain(self, story: Story, judged: Assessment, *, is_filing: bool = False) -> str:
        """Two to four short sentences; one question where a fact is missing and nothing can be said without it.

        Args:
            is_filing: the citizen is complaining already and need not be told how to.
        """
        if judged.lawful is False:
            tell = self._tell_breach_shortly if is_filing else self._tell_breach
            first, *more = filter(None, tell(story, judged))
            return join_sentences([self._say("assess.breach", statement=first), *more])
        if judged.lawful:
            return join_sentences([*self._tell_lawful(judged.verdicts)])
        if judged.missing:
            return join_sentences([self.ask(judged.missing[0], judged.verdicts)])
        nothing = self._say("assess.denied") if story.demand is Demand.DENIED else self._say("assess.open")
        return join_sentences([nothing])

    def record(self, story: Story, judged: Assessment) -> str:
        """The same for those who work on a complaint: nothing is asked, and nobody is invited to complain."""
        if judged.lawful is None:
            return join_sentences([self._say("assess.undecided")])
        if judged.lawful:
            return join_sentences([*self._tell_grounds(judged.verdicts)])
        return self.explain(story, judged, is_filing=True)

    def ask(self, fact: str, verdicts: Sequence[Verdict] = ()) -> str:
        """The question for a missing fact."""
        certificate = self._name(verdicts[0]) if verdicts else ""
        if certificate and fact in {"matter", "issued"}:
            return self._say(f"assess.ask.{fact}_of", certificate=certificate)
        return self._say(f"assess.ask.{fact}")

    def _tell_breach(self, story: Story, judged: Assessment) -> Iterable[str]:
        spared = [verdict for verdict in judged.verdicts if items_of(verdict)] if _is_demand(story) else []
        yield from map(self._tell_spared, spared[:2])
        yield self._tell_items(judged, is_spared=bool(spared))
        yield "；".join(self._tell_laws(judged.laws, story))
        yield self._say("assess.complain")

    def _tell_breach_shortly(self, story: Story, judged: Assessment) -> Iterable[str]:
        spared = [verdict for verdict in judged.verdicts if items_of(verdict)] if _is_demand(story) else []
        yield from map(self._tell_spared, spared[:1])
        yield self._tell_items(judged, is_spared=bool(spared), names_others=False)
        articles = [self._catalogue.articles[law].citation for law in judged.laws]
        yield self._say("assess.laws", articles="；".join(articles)) if articles else ""

    def _tell_spared(self, verdict: Verdict) -> str:
        """What the catalogue says of the certificate."""
        certificate = self._name(verdict)
        if verdict.matter_id is None:
            return self._say("assess.spared_any", certificate=certificate)
        matter = self._catalogue.matters[verdict.matter_id].name
        if verdict.kind is VerdictKind.NOT_LISTED:
            return self._say("assess.not_listed", matter=matter, certificate=certificate)
        if verdict.action:
            return self._say("assess.spared", matter=matter, action=verdict.action.split("；")[0].rstrip("。"))
        return self._say("assess.spared_plain", matter=matter, certificate=certificate)

    def _tell_items(self, judged: Assessment, *, is_spared: bool, names_others: bool = True) -> str:
        """The best item with what it says, and the others by their citation."""
        named = (self._catalogue.articles.get(f"breach_{item}") for item in judged.items)
        articles = [article for article in named if article]
        if judged.is_before_rule and is_spared:
            return self._say("assess.before_rule")
        if not articles:
            return self._say("assess.breach_plain") if judged.items else ""
        is_told = judged.items[0] in TOLD_ALONE or not is_spared
        text = self._say(
            "assess.told" if is_told else "assess.still", article=articles[0].citation, summary=articles[0].summary
        )
        also = "、".join(article.article for article in articles[1:] if names_others)
        return text + self._say("assess.also", articles=also) if also else text

    def _tell_laws(self, laws: Sequence[HigherLaw], story: Story) -> Iterable[str]:
        for law in laws:
            article = self._catalogue.articles[law]
            if law is HigherLaw.PROVINCIAL and story.is_repeated:
                yield self._say("assess.repeated", article=article.citation, summary=article.summary)
            else:
                yield self._say(f"assess.{law.name.lower()}", article=article.citation, summary=article.summary)

    def _tell_lawful(self, verdicts: Sequence[Verdict]) -> Iterable[str]:
        demand, *grounds = self._tell_grounds(verdicts)
        yield self._say("assess.honestly", statement=demand)
        yield from grounds
        yield self._say("assess.complain_anyway")

    def _tell_grounds(self, verdicts: Sequence[Verdict]) -> Iterator[str]:
        yield self._say("assess.lawful", certificate="、".join(self._name(verdict) for verdict in verdicts))
        yield from dict.fromkeys(map(self._tell_reason, verdicts))
        if verdicts[0].basis:
            yield self._say("assess.basis", articles="；".join(verdicts[0].basis[:2]))

    def _tell_reason(self, verdict: Verdict) -> str:
        if verdict.reason is Reason.NOT_IN_FORCE:
            return self._say("assess.why.not_in_force", date=verdict.time_limit)
        if verdict.reason in {Reason.NOT_YET, Reason.EXCLUDED} and verdict.why:
            return self._say(f"assess.why.{verdict.reason}", why=verdict.why)
        return self._say(f"assess.why.{verdict.reason}_plain")

    def _name(self, verdict: Verdict) -> str:
        return self._catalogue.certificates[verdict.certificate_id].name


def _is_demand(story: Story) -> bool:
    return story.demand is Demand.DEMANDED
