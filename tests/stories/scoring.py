"""Judges the golden stories as `assess --batch` does, and counts what is right. Prints the errors of one half:

python -m tests.stories.scoring dev
"""

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from bot.services.loading import load_knowledge
from cli.assess import StoryAssessor

STORIES: Final = Path(__file__).parents[1] / "data" / "stories.jsonl"
# The day on which every story is told that has no date of its own.
TOLD_ON: Final = date(2026, 11, 25)


@dataclass(frozen=True, slots=True)
class Judged:
    """A story with what is expected and what came out."""

    story: dict[str, Any]
    got: dict[str, Any]

    @property
    def is_first_right(self) -> bool:
        """The best item is the expected one; where none is expected, none was found."""
        return bool(self.got["article20"][:1] == self.story["article20"][:1])

    @property
    def is_called_breach(self) -> bool:
        return bool(self.got["article20"]) or self.got["lawful"] is False

    @property
    def is_lawful_right(self) -> bool:
        return bool(self.got["lawful"] is self.story["lawful"])

    @property
    def is_missing_right(self) -> bool:
        first = self.got["missing"][:1]
        return bool(first == [self.story["missing"]] if self.story["missing"] else True)

    def is_slot_right(self, slot: str) -> bool:
        """Whether matter, certificate or unit is one of those expected, or none where none is."""
        expected = self.story[{"matter": "matters", "certificate": "certificates", "unit": "units"}[slot]]
        return bool(self.got[slot] in expected if expected else self.got[slot] is None)

    @property
    def is_right(self) -> bool:
        return self.is_first_right and self.is_lawful_right and self.is_missing_right


def read_stories(half: str | None = None) -> list[dict[str, Any]]:
    """The golden stories, or one half of them: `dev` or `held`."""
    stories = [json.loads(line) for line in STORIES.read_text("utf-8").splitlines()]
    return [story for story in stories if half in {None, story["half"]}]


def judge_stories(assessor: StoryAssessor, stories: Sequence[dict[str, Any]]) -> list[Judged]:
    """Every story with its assessment."""
    return [
        Judged(
            story,
            assessor.answer(json.dumps({key: story[key] for key in ("id", "text", "date") if key in story}).encode()),
        )
        for story in stories
    ]


def count(judged: Sequence[Judged]) -> dict[str, tuple[int, int]]:
    """For each measure how many are right (or for lawful demands wrong) out of how many."""
    breaches = [item for item in judged if item.story["article20"]]
    lawful = [item for item in judged if item.story["lawful"] is True]
    asked = [item for item in judged if item.story["missing"] and not item.story["article20"]]
    return {
        "first item right": (sum(item.is_first_right for item in breaches), len(breaches)),
        "lawful demands called a breach": (sum(item.is_called_breach for item in lawful), len(lawful)),
        "lawful demands seen": (sum(item.is_lawful_right for item in lawful), len(lawful)),
        "right question": (sum(item.is_missing_right for item in asked), len(asked)),
        "open stories called a breach": (
            sum(item.is_called_breach for item in judged if item.story["lawful"] is None),
            sum(item.story["lawful"] is None for item in judged),
        ),
        **{
            f"{slot} right": (sum(item.is_slot_right(slot) for item in judged), len(judged))
            for slot in ("matter", "certificate", "unit")
        },
    }


def make_assessor() -> StoryAssessor:
    """The assessor of this repository's city."""
    knowledge = load_knowledge(Path("catalogue_data"), Path("intents/data"), cache=Path("var/cache"))
    return StoryAssessor(knowledge.catalogue, knowledge.engine, TOLD_ON)


def main(half: str, *, with_errors: bool) -> None:
    judged = judge_stories(make_assessor(), read_stories(half))
    for item in judged if with_errors else ():
        if not item.is_right:
            print(item.story["id"], item.story["text"])
            print(
                "   expected",
                {key: item.story[key] for key in ("article20", "lawful", "matters", "certificates", "missing")},
            )
            print(
                "   got     ",
                {key: item.got[key] for key in ("article20", "lawful", "matter", "certificate", "unit", "missing")},
            )
    for measure, (part, whole) in count(judged).items():
        print(f"{measure}: {part} of {whole} ({part / max(whole, 1):.1%})")


if __name__ == "__main__":
    main(sys.argv[1], with_errors="--errors" in sys.argv)
