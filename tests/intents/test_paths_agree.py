"""Chat, desk, batch and evaluation ask the same engine and the same data, so that they never tell different things."""

import json
from collections.abc import Iterator
from io import BytesIO
from typing import Any, Final

import pytest
from msgspec import to_builtins

from bot.dialogue.dialogue import Utterance
from bot.domain.conversation import Memory, Reply
from bot.services.desk import Desk, Query
from bot.services.knowledge import LiveKnowledge, Understander
from bot.services.metrics import Metrics
from cli.batch import BatchAnswerer, answer_lines
from cli.evaluate import judge_all
from tests.builders import SetClock
from tests.city import TODAY
from tests.conftest import ServiceMaker
from tests.intents.golden import read_golden
from tests.journeys.citizen import Citizen
from tests.real import load_real_knowledge
from web.desk_payloads import render_lookup

COUNT: Final = 50
ASKED: Final = tuple(read_golden()[:: len(read_golden()) // COUNT])[:COUNT]
KEYS: Final = ("intent", "matter", "certificate", "certificates", "verdict", "confidence")


def summary_of(reply: Reply) -> dict[str, Any]:
    """What the chat understood and told."""
    understood = reply.understood
    return {key: getattr(understood, key) for key in KEYS} | {"certificates": list(understood.certificates)}


@pytest.fixture(scope="module")
def told() -> list[dict[str, Any]]:
    """What the chat dialogue tells, the yardstick for all others."""
    dialogue = load_real_knowledge().dialogue
    return [summary_of(dialogue.respond(Utterance(text=label["text"]), Memory(), TODAY)[0]) for label in ASKED]


def pick(answers: Iterator[Any] | list[Any]) -> list[dict[str, Any]]:
    return [{key: answer[key] for key in KEYS} for answer in answers]


def answer_batch(*labels: dict[str, Any], engine: Understander | None = None) -> list[dict[str, Any]]:
    lines = "\n".join(json.dumps({"id": label["id"], "text": label["text"]}) for label in labels)
    target = BytesIO()
    answer_lines(BytesIO(lines.encode()), target, BatchAnswerer(load_real_knowledge().dialogue, TODAY, engine))
    return [json.loads(line) for line in target.getvalue().splitlines()]


def test_the_questions_are_of_every_intent() -> None:
    assert len(ASKED) == COUNT
    assert len({label["intent"] for label in ASKED}) >= 10


def test_the_desk_tells_what_the_chat_tells(told: list[dict[str, Any]]) -> None:
    knowledge = load_real_knowledge()
    desk = Desk(knowledge=LiveKnowledge(knowledge, lambda: knowledge), clock=SetClock(), metrics=Metrics())
    found = [desk.search(Query(text=label["text"])) for label in ASKED]
    assert [summary_of(lookup.reply) for lookup in found] == told
    assert {lookup.version for lookup in found} == {knowledge.version}


def test_the_trace_at_the_desk_is_of_the_same_understanding(told: list[dict[str, Any]]) -> None:
    engine = load_real_knowledge().engine
    for label in ASKED:
        first, second = engine.understand(label["text"]), engine.understand(label["text"])
        assert first == second
        assert first.trace == second.trace


def test_desk_and_batch_tell_the_same_reasons() -> None:
    knowledge = load_real_knowledge()
    desk = Desk(knowledge=LiveKnowledge(knowledge, lambda: knowledge), clock=SetClock(), metrics=Metrics())
    answers = answer_batch(*ASKED, engine=knowledge.engine)
    for label, answer in zip(ASKED, answers, strict=True):
        shown = to_builtins(render_lookup(desk.search(Query(text=label["text"]))))["trace"]
        for item in (*shown["mentions"], *(item for items in shown["scores"].values() for item in items)):
            del item["name"]
        assert answer["trace"] == json.loads(json.dumps(shown))


def test_batch_mode_tells_what_the_chat_tells(told: list[dict[str, Any]]) -> None:
    answers = answer_batch(*ASKED)
    assert [answer["id"] for answer in answers] == [label["id"] for label in ASKED]
    assert pick(answers) == told


def test_the_evaluation_scores_what_the_chat_tells(told: list[dict[str, Any]]) -> None:
    judged = judge_all(load_real_knowledge().dialogue, ASKED, TODAY)
    assert pick([item.prediction for item in judged]) == told


async def test_the_service_tells_what_the_chat_tells(told: list[dict[str, Any]], start_service: ServiceMaker) -> None:
    client = await start_service(load=load_real_knowledge)
    async with client.get("/health/ready") as response:
        assert (await response.json())["version"] == load_real_knowledge().version
    answers = []
    for label in ASKED:
        citizen = await Citizen.arrive(client)
        answers.append((await citizen.say(label["text"]))["understood"])
    assert pick(answers) == told


def test_the_version_names_language_and_catalogue() -> None:
    knowledge = load_real_knowledge()
    assert knowledge.version.endswith(knowledge.catalogue.version)
    assert knowledge.dialogue.version == knowledge.version
