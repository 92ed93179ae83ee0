"""The desk answers as the chat does, under the circumstances that the operator sets."""

from typing import Any

import pytest

from bot.dialogue.catalogue_dialogue import CatalogueDialogue
from bot.services.desk import Desk, Lookup, Query
from bot.services.knowledge import Knowledge, LiveKnowledge
from bot.services.metrics import Metrics
from intents.understanding import Intent, Level
from tests.builders import SetClock
from tests.city import make_city
from tests.unit.dialogue.talking import ScriptedEngine, guess, make_understanding


class Operator:
    """Searches at a desk whose engine understands as told."""

    def __init__(self) -> None:
        city, self.engine = make_city(), ScriptedEngine()
        knowledge = Knowledge(catalogue=city, engine=self.engine, dialogue=CatalogueDialogue(city, self.engine))
        live = LiveKnowledge(knowledge, lambda: knowledge)
        self.desk = Desk(knowledge=live, clock=SetClock(), metrics=Metrics())

    def search(
        self, intent: Intent = Intent.CERTIFICATE_NEEDED, *, query: dict[str, Any] | None = None, **understood: Any
    ) -> Lookup:
        self.engine.understanding = make_understanding(intent, **understood)
        return self.desk.search(Query(text="来电人的话", **query or {}))


@pytest.fixture
def operator() -> Operator:
    return Operator()


def test_what_is_said_is_conclusion_and_action_without_citations(operator: Operator) -> None:
    found = operator.search(matter="rent", certificates=("id",))
    (card,) = [part for part in found.reply.parts if part.type == "verdict"]
    assert found.say == f"{card.title}。{card.action}"
    assert card.basis
    assert "依据" not in found.say
    assert "点一下" not in found.say


def test_a_question_back_is_said_with_what_one_may_answer(operator: Operator) -> None:
    found = operator.search(matter_level=Level.OPEN, certificates=("id",))
    assert found.reply.asks == "matter"
    labels = [choice.label for part in found.reply.parts for choice in part.choices]
    assert labels
    assert found.say.endswith(f"是{'、'.join(labels)}，还是别的？")


def test_a_question_for_yes_names_the_other_guesses_only(operator: Operator) -> None:
    found = operator.search(
        Intent.MATTER_MATERIALS, matter="rent", matter_level=Level.CONFIRM, matters=guess(rent=0.5, loan=0.3)
    )
    assert found.reply.asks == "confirm"
    assert "还是" in found.say
    assert "是的" not in found.say
    assert found.materials is None


def test_the_whole_list_of_the_matter_comes_with_a_verdict(operator: Operator) -> None:
    found = operator.search(matter="rent", certificates=("id",))
    assert found.materials is not None
    assert len([item for group in found.materials.groups for item in group.items]) == 9


def test_a_list_is_not_given_twice_nor_without_a_matter(operator: Operator) -> None:
    assert operator.search(Intent.MATTER_MATERIALS, matter="rent").materials is None
    assert operator.search(Intent.SMALLTALK).materials is None


def test_the_operators_switch_decides_who_comes(operator: Operator) -> None:
    agent = operator.search(matter="rent", certificates=("id",), query={"person": "agent"})
    assert (agent.reply.understood.verdict, agent.person) == ("needed", "agent")


def test_the_switch_holds_against_the_callers_words(operator: Operator) -> None:
    heard = {"matter": "rent", "certificates": ("id", "marry"), "person": "agent"}
    assert operator.search(**heard).reply.understood.verdict == "needed"
    found = operator.search(**heard, query={"person": "self"})
    assert (found.reply.understood.verdict, found.person) == ("not_needed", "self")
    assert found.reply.understood.certificates == ("id", "marry")


def test_the_switch_holds_for_a_list_too(operator: Operator) -> None:
    found = operator.search(Intent.MATTER_MATERIALS, matter="rent", person="agent", query={"person": "self"})
    (listed,) = [part for part in found.reply.parts if part.type == "materials"]
    spared = [item.certificate for group in listed.groups if group.verdict == "not_needed" for item in group.items]
    assert "id" in spared


def test_what_the_operator_chose_takes_the_place_of_what_was_heard(operator: Operator) -> None:
    found = operator.search(
        matter="rent", certificates=("id",), query={"matter": "rent", "certificate": "marry", "issued": "outside"}
    )
    assert found.reply.understood.certificates == ("marry",)
    assert (found.reply.understood.verdict, found.issued) == ("depends", "outside")


def test_a_switch_changes_nothing_where_nothing_is_settled(operator: Operator) -> None:
    found = operator.search(Intent.SMALLTALK, person="agent", query={"person": "self"})
    assert found.reply.status.startswith("answered")


def test_the_reasons_are_of_the_words_that_the_chat_reads(operator: Operator) -> None:
    operator.engine.understanding = make_understanding(Intent.COMPLAINT_TRACK)
    operator.desk.search(Query(text="TS26-1100-0000-0000 查一下"))
    assert operator.engine.text.strip() == "查一下"
