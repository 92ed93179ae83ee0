"""The labelled sentences: every one is a case. Those known to fail are listed and must keep failing."""

from collections import Counter
from pathlib import Path
from typing import Final

import pytest

from cli.scoring import count_right
from intents.understanding import Intent
from tests.intents.golden import DEFINITE, judge_golden, list_failing, list_files, read_golden, read_known_failures
from tests.real import load_real_knowledge

LEAST_SENTENCES: Final = 1_500
# The engine learns anew with every change of data, so a few sentences move either way; more is a regression, or a list
# that no longer tells what fails.
MOST_NEW_FAILURES: Final = 0.01
MOST_MENDED: Final = 0.15
MOST_DANGEROUS: Final = 0.01
MOST_REFUSED: Final = 0.03
VERDICTS: Final = {None, "clarify", *DEFINITE}
ABOUT_THE_CATALOGUE: Final = {"certificate_needed", "matter_materials", "certificate_obtain"}


@pytest.fixture(scope="module")
def failing() -> frozenset[str]:
    return frozenset(list_failing())


# The sentences


def test_there_are_enough_sentences_and_a_file_for_every_intent() -> None:
    assert {path.stem for path in list_files()} == set(Intent)
    assert len(read_golden()) >= LEAST_SENTENCES


@pytest.mark.parametrize("path", list_files(), ids=lambda path: path.stem)
def test_a_file_holds_one_intent_only(path: Path) -> None:
    prefix = {label["intent"] for label in read_golden() if f'"{label["id"]}"' in path.read_text("utf-8")}
    assert prefix == {path.stem}


def test_every_sentence_has_an_id_of_its_own_and_stands_once() -> None:
    for field in ("id", "text"):
        counts = Counter(label[field] for label in read_golden())
        assert [value for value, count in counts.items() if count > 1] == []


def test_every_label_names_what_the_catalogue_has() -> None:
    catalogue = load_real_knowledge().catalogue
    for label in read_golden():
        assert set(label["matters"]) <= catalogue.matters.keys(), label["id"]
        assert set(label["certificates"]) <= catalogue.certificates.keys(), label["id"]
        assert label.get("verdict") in VERDICTS, label["id"]
        assert label.get("tags"), label["id"]


# The answers


def test_what_was_understood_is_still_understood(failing: frozenset[str]) -> None:
    known = frozenset(read_known_failures())
    unlisted = [label for label in read_golden() if label["id"] not in known]
    broken = [f"{label['id']} {label['text']}" for label in unlisted if label["id"] in failing]
    assert len(broken) <= MOST_NEW_FAILURES * len(unlisted), "\n".join(broken)


def test_the_list_of_known_failures_tells_what_fails(failing: frozenset[str]) -> None:
    known = read_known_failures()
    mended = [identifier for identifier in known if identifier not in failing]
    hint = "these pass now; run `python -m tests.intents.list_failures`:\n"
    assert len(mended) <= MOST_MENDED * len(known), hint + "\n".join(mended)


def test_the_list_of_known_failures_names_sentences_once() -> None:
    known = read_known_failures()
    assert len(known) == len(set(known))
    assert set(known) <= {label["id"] for label in read_golden()}


def test_hardly_anybody_is_spared_what_is_needed() -> None:
    dangerous, total = count_right(judge_golden())["dangerous"]
    said = [f"{item.label['id']} {item.label['text']}" for item in judge_golden() if item.dangerous]
    assert dangerous <= MOST_DANGEROUS * total, "\n".join(said)


def test_questions_about_the_catalogue_are_not_refused() -> None:
    asked = [item for item in judge_golden() if item.label["intent"] in ABOUT_THE_CATALOGUE]
    refused = [item.label["text"] for item in asked if item.prediction["intent"] == Intent.OUT_OF_SCOPE]
    assert len(refused) <= MOST_REFUSED * len(asked), refused


def test_what_is_out_of_scope_hardly_ever_gets_a_verdict() -> None:
    asked = [item for item in judge_golden() if item.label["intent"] == Intent.OUT_OF_SCOPE]
    told = [item.label["text"] for item in asked if item.prediction["verdict"] in DEFINITE]
    assert len(told) <= 0.03 * len(asked), told


def test_every_emergency_brings_a_number_to_call_or_a_person() -> None:
    """Missed are those that even the words do not give away; of those heard every one brings help."""
    heard = [item for item in judge_golden() if item.prediction["intent"] == Intent.EMERGENCY]
    assert heard
    for item in heard:
        assert any(number in item.prediction["reply"] for number in ("110", "119", "120", "12356")), item.label["text"]
