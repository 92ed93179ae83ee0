"""The golden questions stand apart from everything that the engine learns from."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.catalogue.checks.comparing import form_of
from bot.catalogue.checks.places import read_phrases, read_strings
from bot.catalogue.checks.sentences import read_asks, read_questions, read_sentences
from bot.catalogue.load import load_catalogue
from intents.data import read_language
from intents.normalise import Normaliser

ROOT = Path(__file__).parents[2]
TABLES, LANGUAGE = ROOT / "catalogue_data", ROOT / "intents" / "data"
GOLDEN = [
    *sorted((ROOT / "tests" / "intents").glob("*.jsonl")),
    ROOT / "tests" / "data" / "unseen_questions.jsonl",
    ROOT / "tests" / "data" / "out_of_domain.jsonl",
]


def list_learned() -> Iterator[tuple[str, str]]:
    """What the engine learns from, in the form of comparison, and where each stands."""
    apply = Normaliser(read_language(LANGUAGE).rewrites).apply
    utterances = [*read_sentences(LANGUAGE, apply)]
    utterances += [ask for _, ask in read_asks(TABLES / "faq.yaml", apply)]
    utterances += [question for _, question in read_questions(LANGUAGE / "questions.csv", apply)]
    yield from ((utterance.form, utterance.said.place) for utterance in utterances)
    yield from ((form_of(said.text, apply), said.place) for _, said in read_strings(LANGUAGE / "circumstances.yaml"))
    for kind in ("matters", "certificates"):
        for _, said in read_phrases(LANGUAGE / "spoken" / f"{kind}.csv"):
            yield form_of(said.text, apply), said.place
    catalogue = load_catalogue(TABLES)
    for item in (*catalogue.matters.values(), *catalogue.certificates.values()):
        yield from ((form_of(name, apply), f"name of {item.id}") for name in (item.name, *item.aliases))


@pytest.fixture(scope="module")
def learned() -> dict[str, str]:
    return {form: place for form, place in list_learned() if form}


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.name)
def test_no_golden_question_is_learned_from(path: Path, learned: dict[str, str]) -> None:
    apply = Normaliser(read_language(LANGUAGE).rewrites).apply
    questions = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line]
    known = ((question, learned.get(form_of(question["text"], apply))) for question in questions)
    assert questions
    assert [f"{question['id']} “{question['text']}” ({place})" for question, place in known if place] == []
