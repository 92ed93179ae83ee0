"""`assess`: which breach of the city rule citizens' stories tell of, as JSON lines."""

import sys
from argparse import ArgumentParser, Namespace
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from bot.domain.catalogue import Catalogue
from bot.domain.errors import DomainError, InvalidInputError
from bot.domain.verdict import Circumstances, IssuedWhere, Person, VerdictKind
from bot.services.clock import SystemClock
from bot.services.knowledge import Understander
from bot.services.loading import load_knowledge
from bot.settings import Settings
from bot.violations import Assessment, Story, assess
from cli.batch import answer_lines, read_day, read_object, read_text
from cli.command import Command
from intents.understanding import Understanding

_MISSING: Final = {
    "certificate": "要的是哪一张证明",
    "matter": "去办的是什么事",
    "issued": "证明是在哪里开的",
    "unit": "是哪个单位",
}


def run(args: Namespace, settings: Settings) -> int:
    """Assesses every line; 1 where a line could not be read."""
    if not args.batch:
        print("请用 --batch 从标准输入读，每行一个JSON对象", file=sys.stderr)
        return 2
    knowledge = load_knowledge(settings.catalogue, settings.intents, cache=settings.cache)
    assessor = StoryAssessor(knowledge.catalogue, knowledge.engine, SystemClock().now().date())
    return 0 if answer_lines(sys.stdin.buffer, sys.stdout.buffer, assessor) else 1


def add_arguments(parser: ArgumentParser) -> None:
    """--batch."""
    parser.add_argument("--batch", action="store_true", help="从标准输入读JSON行，每行一段经过")


@dataclass(frozen=True, slots=True)
class StoryAssessor:
    """Assesses one line after another. `today` is the day for lines that name none."""

    catalogue: Catalogue
    engine: Understander
    today: date

    def answer(self, line: bytes) -> dict[str, Any]:
        """The assessment of a line, or `{"id", "error"}` where it cannot be read."""
        identifier: Any = None
        try:
            request = read_object(line)
            identifier = request.get("id")
            if not isinstance(identifier, str | int):
                raise InvalidInputError("每行要有 id")
            text = read_text(request.get("text"))
            on = read_day(request, "date", self.today)
        except DomainError as error:
            return {"id": identifier, "error": error.detail}
        story = to_story(self.catalogue, self.engine.understand(text))
        judged = assess(self.catalogue, story, on=on)
        return {
            "id": identifier,
            "article20": list(judged.items),
            "lawful": judged.lawful,
            "matter": story.matter_id,
            "certificate": story.certificate_ids[0] if story.certificate_ids else None,
            "unit": story.unit_id,
            "entries": list(judged.entry_ids),
            "missing": list(judged.missing),
            "explanation": explain(self.catalogue, judged),
        }


def to_story(catalogue: Catalogue, understanding: Understanding) -> Story:
    """The facts of a story. The unit is the one named, else the one that handles the matter."""
    unit = next(iter(understanding.units), None)
    if unit is None and understanding.matter is not None:
        unit = catalogue.matters[understanding.matter].unit_id
    return Story(
        matter_id=understanding.matter,
        certificate_ids=understanding.certificates,
        unit_id=unit,
        told=tuple(int(item) for item in understanding.breaches),
        circumstances=Circumstances(
            person=Person(understanding.person) if understanding.person else None,
            issued=IssuedWhere(understanding.issued) if understanding.issued else None,
        ),
    )


def explain(catalogue: Catalogue, judged: Assessment) -> str:
    """The judgement in plain words."""
    basis = "；".join(judged.basis)
    if judged.lawful is False:
        articles = [catalogue.articles.get(f"breach_{item}") for item in judged.items]
        items = [article.summary for article in articles if article]
        return f"看起来不合规定：{'；'.join(items) or '不该要的证明还在要'}（{basis}）。"
    if judged.lawful:
        why = next((verdict.why for verdict in judged.verdicts if verdict.why), "这张证明目前还要自己准备")
        return f"这次要证明是可以的：{why}（{basis}）。觉得不合理，仍然可以反映。"
    if any(verdict.kind is VerdictKind.DEPENDS for verdict in judged.verdicts):
        return f"要看情况：证明不是本市开的，没有共享就要自己带（{basis}）。"
    return f"还差这些才能判断：{'、'.join(_MISSING[fact] for fact in judged.missing)}。"


COMMAND: Final = Command(
    name="assess", help="判断市民说的经过违反哪一条；用 --batch 成批地判断", run=run, add_arguments=add_arguments
)
