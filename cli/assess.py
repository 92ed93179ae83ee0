"""`assess`: which breach of the city rule citizens' stories tell of, as JSON lines."""

import sys
from argparse import ArgumentParser, Namespace
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from bot.dialogue.assessing import AssessmentWords
from bot.dialogue.replies import Replies
from bot.dialogue.stories import StoryReading, read_story
from bot.domain.catalogue import Catalogue
from bot.domain.errors import DomainError, InvalidInputError
from bot.services.clock import SystemClock
from bot.services.knowledge import Understander
from bot.services.loading import load_knowledge
from bot.settings import Settings
from bot.violations import assess
from cli.batch import answer_lines, read_day, read_object, read_text
from cli.command import Command


def run(args: Namespace, settings: Settings) -> int:
    """Assesses every line; 1 where a line could not be read."""
    if not args.batch:
        print("请用 --batch 从标准输入读，每行一个JSON对象", file=sys.stderr)
        return 2
    knowledge = load_knowledge(settings.catalogue, settings.intents, cache=settings.cache, reranker=settings.reranker)
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
            on = read_day(request, "date", self.today) if "date" in request else None
        except DomainError as error:
            return {"id": identifier, "error": error.detail}
        reading = read_story(text, self.engine, self.catalogue, on or self.today)
        return {"id": identifier, **self._assess(reading, _choose_day(reading, on, self.today))}

    def _assess(self, reading: StoryReading, on: date) -> dict[str, Any]:
        story = reading.story
        judged = assess(self.catalogue, story, on=on)
        words = AssessmentWords(self.catalogue, Replies.load(self.catalogue.facts))
        return {
            "article20": list(judged.items),
            "lawful": judged.lawful,
            "matter": story.matter_id,
            "certificate": story.certificate_ids[0] if story.certificate_ids else None,
            "unit": story.unit_id or _unit_of(self.catalogue, story.matter_id),
            "entries": list(judged.entry_ids),
            "missing": list(judged.missing),
            "explanation": words.explain(story, judged),
        }


def _choose_day(reading: StoryReading, given: date | None, today: date) -> date:
    """The day it happened: as told with its year, else as given with the line, else as told."""
    if given is None or reading.when.has_year:
        return reading.day_of_visit(given or today)
    return given


def _unit_of(catalogue: Catalogue, matter: str | None) -> str | None:
    return catalogue.matters[matter].unit_id if matter else None


COMMAND: Final = Command(
    name="assess", help="判断市民说的经过违反哪一条；用 --batch 成批地判断", run=run, add_arguments=add_arguments
)
