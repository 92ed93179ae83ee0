"""Weights and thresholds come from the data file; what it leaves out has a default."""

from dataclasses import fields

import pytest

from intents.data import read_language
from intents.tuning import Tuning, logistic
from tests.unit.intents.test_normalise import REAL


def test_values_of_the_file_take_the_place_of_defaults() -> None:
    tuning = Tuning.from_data({"answer_at": (0.9,), "intent_right": (1.0, 2.0, 3.0)})
    assert (tuning.answer_at, tuning.intent_right) == (0.9, (1.0, 2.0, 3.0))
    assert tuning.confirm_at == Tuning().confirm_at


def test_without_a_file_everything_has_a_default() -> None:
    assert Tuning.from_data({}) == Tuning()


def test_the_size_of_every_value_is_known() -> None:
    sizes = {field.name: Tuning.size_of(field.name) for field in fields(Tuning)}
    assert sizes["answer_at"] == 1
    assert sizes["intent_right"] == len(Tuning().intent_right)
    assert Tuning.size_of("nothing") is None


def test_thresholds_are_probabilities_and_one_confirms_before_one_answers() -> None:
    tuning = Tuning.from_data(read_language(REAL).tuning)
    for name in ("answer_at", "confirm_at", "beside_at", "name_at", "faq_at"):
        assert 0 < getattr(tuning, name) < 1
    assert tuning.confirm_at < tuning.answer_at


def test_logistic_is_a_probability_that_grows_with_its_features() -> None:
    assert logistic([0.0, 1.0], [0.0]) == 0.5
    assert logistic([0.0, 1.0], [1.0]) > logistic([0.0, 1.0], [0.5])
    assert logistic([1.0, -1.0], [1.0]) == 0.5


@pytest.mark.parametrize("feature", [1e9, -1e9])
def test_logistic_does_not_overflow(feature: float) -> None:
    assert 0 <= logistic([0.0, 1.0], [feature]) <= 1


def test_logistic_refuses_another_number_of_features() -> None:
    with pytest.raises(ValueError, match="do not fit"):
        logistic([0.0, 1.0], [1.0, 2.0])
