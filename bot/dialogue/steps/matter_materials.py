"""What to bring for a matter: first what one need not bring and how that goes, then what is still needed."""

from collections.abc import Sequence

from bot.dialogue.cards import Cards
from bot.dialogue.judging import judge
from bot.dialogue.next_steps import NextSteps
from bot.dialogue.parts import text_part
from bot.dialogue.pipeline import Answer, Turn
from bot.dialogue.questions import Questions
from bot.dialogue.readings import list_plausible
from bot.dialogue.replies import Replies, join_sentences
from bot.domain.catalogue import Catalogue, Measure
from bot.domain.conversation import Material, MaterialGroup, Part
from bot.domain.verdict import Verdict, VerdictKind
from intents.understanding import Intent, Level


class ListMaterials:
    """Answers `matter_materials`."""

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
        if heard.intent is not Intent.MATTER_MATERIALS:
            return turn
        if heard.clear_matter is not None:
            return self._tell(turn, heard.clear_matter)
        if heard.matter_level is Level.CONFIRM and heard.matter:
            return self._questions.confirm_matter(turn, heard.matter, list_plausible(heard.matters, heard.matter), ())
        return self._questions.ask_matter(turn)

    def _tell(self, turn: Turn, matter_id: str) -> Answer:
        certificates = [entry.certificate_id for entry in self._catalogue.list_by_matter(matter_id)]
        verdicts = judge(self._catalogue, turn, matter_id, certificates)
        return Answer(
            status="answered",
            parts=(self._make_list(matter_id, verdicts), *self._next_steps.offer("still")),
            matter=matter_id,
            entries=tuple(entry for verdict in verdicts for entry in verdict.entry_ids),
        )

    def _make_list(self, matter_id: str, verdicts: Sequence[Verdict]) -> Part:
        matter = self._catalogue.matters[matter_id]
        if not verdicts:
            return text_part(join_sentences([self._say("materials.none", matter=matter.name)]))
        groups = tuple(self._group(verdicts))
        is_sample = any(verdict.is_sample for verdict in verdicts)
        lines = [join_sentences([self._count(matter.name, verdicts)])]
        for group in groups:
            names = "、".join(item.name for item in group.items)
            lines.append(self._say("materials.line", title=group.title, certificates=names))
        lines.append(self._say("materials.scope") + (self._say("verdict.sample_note") if is_sample else ""))
        return Part(
            type="materials",
            title=self._say("materials.title", matter=matter.name),
            text="\n".join(lines),
            groups=groups,
            is_sample=is_sample,
            version=self._cards.version,
        )

    def _count(self, matter: str, verdicts: Sequence[Verdict]) -> str:
        counts = {kind: sum(verdict.kind is kind for verdict in verdicts) for kind in VerdictKind}
        told = (
            ("spared", counts[VerdictKind.NOT_NEEDED]),
            ("needed", counts[VerdictKind.NEEDED]),
            ("depends", counts[VerdictKind.DEPENDS]),
        )
        statement = "，".join(self._say(f"materials.{key}", count=count) for key, count in told if count)
        return self._say("materials.lead", matter=matter, statement=statement)

    def _group(self, verdicts: Sequence[Verdict]) -> list[MaterialGroup]:
        groups = [
            self._make_group(
                self._say(f"materials.group_not_needed.{measure}"),
                [item for item in verdicts if item.kind is VerdictKind.NOT_NEEDED and item.measure is measure],
            )
            for measure in Measure
            if measure is not Measure.NOT_YET
        ]
        for kind in (VerdictKind.DEPENDS, VerdictKind.NEEDED):
            title = self._say(f"materials.group_{kind}")
            groups.append(self._make_group(title, [item for item in verdicts if item.kind is kind]))
        return [group for group in groups if group.items]

    def _make_group(self, title: str, verdicts: Sequence[Verdict]) -> MaterialGroup:
        return MaterialGroup(
            title=title,
            verdict=verdicts[0].kind.value if verdicts else "",
            items=tuple(
                Material(
                    certificate=verdict.certificate_id,
                    name=self._catalogue.certificates[verdict.certificate_id].name,
                    verdict=verdict.kind.value,
                    measure=verdict.measure.value if verdict.measure else "",
                    action=self._cards.describe_action(verdict),
                    entry=verdict.entry_ids[0],
                )
                for verdict in verdicts
            ),
        )
