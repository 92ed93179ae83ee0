"""Confidence is fitted on labelled questions: it tells what was right from what was wrong."""

import random
from typing import Final

import pytest

from intents.engine import Engine
from intents.fit import Case, Labelled, collect_cases, fit_answer_at, fit_confidence, fit_logistic
from intents.tuning import Tuning, logistic
from intents.understanding import Intent

NAMES: Final = {"matter_named", "matter_right", "certificate_real", "certificate_right", "intent_right"}


def draw_cases(weights: tuple[float, ...], count: int = 4_000) -> list[Case]:
    """Cases that are right as often as a logistic model of these weights says."""
    source = random.Random(3)
    cases = []
    for _ in range(count):
        features = tuple(source.random() for _ in weights[1:])
        cases.append((features, source.random() < logistic(weights, features)))
    return cases


def label(text: str, intent: Intent, matter: str = "", certificate: str = "", **given: bool) -> Labelled:
    return Labelled(
        text=text,
        intent=intent,
        matters=frozenset({matter} - {""}),
        certificates=frozenset({certificate} - {""}),
        **given,
    )


QUESTIONS: Final = (
    label("公租房申请要身份证吗", Intent.CERTIFICATE_NEEDED, "rent", "id"),
    label("身份证要带吗", Intent.CERTIFICATE_NEEDED, "", "id"),
    label("护照申领要带什么", Intent.MATTER_MATERIALS, "passport"),
    label("你好", Intent.SMALLTALK),
)


def test_the_weights_behind_the_cases_are_found_again() -> None:
    weights = (-1.0, 3.0, -2.0)
    fitted = fit_logistic(draw_cases(weights))
    assert fitted == pytest.approx(weights, abs=0.5)


def test_what_can_be_told_apart_is_told_apart() -> None:
    cases: list[Case] = [((place / 20,), place > 10) for place in range(21)] * 20
    fitted = fit_logistic(cases)
    assert logistic(fitted, (1.0,)) > 0.9
    assert logistic(fitted, (0.0,)) < 0.1


def test_where_all_are_right_the_weights_stay_small() -> None:
    fitted = fit_logistic([((0.5, 0.5), True)] * 20)
    assert all(abs(weight) < 20 for weight in fitted)
    assert logistic(fitted, (0.5, 0.5)) > 0.9


def test_the_same_cases_give_the_same_weights() -> None:
    cases = draw_cases((0.0, 1.0), 200)
    assert fit_logistic(cases) == fit_logistic(cases)


def test_a_label_brings_cases_for_what_it_tells(engine: Engine) -> None:
    cases = collect_cases(engine, QUESTIONS)
    assert cases.keys() == NAMES
    assert len(cases["intent_right"]) == 4
    assert [is_named for _, is_named in cases["matter_named"]] == [True, False, True]
    assert len(cases["matter_right"]) == 2
    assert len(cases["certificate_right"]) == 2


def test_a_right_answer_counts_as_right_and_a_wrong_one_as_wrong(engine: Engine) -> None:
    right = collect_cases(engine, [label("公租房申请要身份证吗", Intent.CERTIFICATE_NEEDED, "rent", "id")])
    wrong = collect_cases(engine, [label("公租房申请要身份证吗", Intent.MEASURE_HOW, "wedding", "hukou")])
    assert [right["intent_right"][0][1], right["certificate_right"][0][1]] == [True, True]
    assert [wrong["intent_right"][0][1], wrong["certificate_right"][0][1]] == [False, False]
    assert right["matter_right"][0][1]


def test_where_one_must_ask_back_no_matter_is_right(engine: Engine) -> None:
    asked = label("公租房申请要身份证吗", Intent.CERTIFICATE_NEEDED, "rent", "id", is_open=True)
    assert not collect_cases(engine, [asked])["matter_right"][0][1]


def test_the_features_fit_what_tuning_expects(engine: Engine) -> None:
    for name, cases in collect_cases(engine, QUESTIONS).items():
        assert len(cases[0][0]) + 1 == Tuning.size_of(name)


def test_fitted_weights_go_into_the_file_as_they_are() -> None:
    weights = fit_confidence({"intent_right": draw_cases((0.0, 1.0, 1.0), 200)})
    assert all(round(weight, 4) == weight for weight in weights["intent_right"])
    assert Tuning.from_data({name: tuple(values) for name, values in weights.items()}).intent_right


def answer_at(*cases: Case) -> float:
    weights = {"matter_right": (-5.0, 10.0), "certificate_right": (-5.0, 10.0)}
    return fit_answer_at(weights, {"matter_right": list(cases), "certificate_right": []})


def test_one_answers_from_where_wrong_answers_are_rare() -> None:
    certain: list[Case] = [((0.9,), True)] * 95
    assert answer_at(*certain) < answer_at(*certain, *[((0.55,), False)] * 10)


def test_where_the_surest_are_wrong_hardly_anything_is_answered() -> None:
    assert answer_at(*[((1.0,), False)] * 10) > 0.9
