"""Names of whole questions stand in each other's places, and everything else stays."""

import numpy as np
import pytest

from intents.compose import CERTIFICATE, MATTER, Sample, Span
from intents.kernels.roles import FIRST
from intents.swapping import swap_slots
from intents.understanding import Intent

ROLES = {"m": MATTER, "b": CERTIFICATE, "c": CERTIFICATE}


def question(text: str, marks: str) -> Sample:
    """A question; m: matter, b: where a certificate begins, c: another character of it."""
    begins = [place for place, mark in enumerate(marks) if mark == "b"]
    spans = tuple(
        Span(begin, begin + 1 + len(marks[begin + 1 :]) - len(marks[begin + 1 :].lstrip("c")), 0) for begin in begins
    )
    roles = np.array([ROLES.get(mark, 0) for mark in marks], dtype=np.int8)
    return Sample(text, roles, Intent.CERTIFICATE_NEEDED, None, spans, whole=True)


RENT = question("租房要带村里的条吗", "mm..bccc.")
PASSPORT = question("领护照，产院那张丢了", "mmm.bccc..")
LIST = question("户口身份证都要？", "bcbcc...")
SPLIT = question("房子换名字从爸到我", "mm.mm....")


def swapped(*questions: Sample, times: int = 40) -> list[tuple[str, list[int]]]:
    return [(text, voices.tolist()) for sentences in swap_slots(questions, times) for text, voices in sentences]


def test_names_move_and_what_is_said_around_them_stays() -> None:
    texts = {text for text, _ in swapped(RENT, PASSPORT)}
    assert "租房要带产院那张吗" in texts
    assert "领护照要带村里的条吗" in texts
    assert "租房，村里的条丢了" in texts
    assert all(text.endswith(("吗", "丢了")) for text in texts)


def test_each_character_of_a_moved_name_keeps_its_voice() -> None:
    voices = dict(swapped(RENT, PASSPORT))["领护照要带村里的条吗"]
    assert voices == [MATTER] * 3 + [0] * 2 + [FIRST] + [CERTIFICATE] * 3 + [0]


def test_names_side_by_side_move_one_by_one() -> None:
    texts = dict(swapped(LIST, RENT))
    assert texts["户口村里的条都要？"][:6] == [FIRST, CERTIFICATE, FIRST, *[CERTIFICATE] * 3]


def test_what_tells_a_matter_in_several_places_stays_where_it_is() -> None:
    texts = {text for text, _ in swapped(SPLIT, RENT)}
    assert not any("换名字" in text and "房子" not in text for text in texts)
    assert not any(text.startswith(("房子要带", "名字要带")) for text in texts)


def test_a_question_that_keeps_its_names_is_not_told_again() -> None:
    assert swapped(SPLIT) == []
    assert {text for text, _ in swapped(RENT, PASSPORT)}.isdisjoint({RENT.text, PASSPORT.text})


@pytest.mark.parametrize("questions", [(), (RENT, PASSPORT)])
def test_the_same_questions_give_the_same_sentences(questions: tuple[Sample, ...]) -> None:
    assert swapped(*questions) == swapped(*questions)
