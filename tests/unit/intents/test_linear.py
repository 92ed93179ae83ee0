"""Linear models: learned alike every time, and kept in one byte a weight without losing what they say."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest
from scipy.special import softmax

from intents.compose import CERTIFICATE
from intents.features import ROLES, Floats, Grams
from intents.gating import gate, gate_spans
from intents.kernels.message import score_role
from intents.kernels.scores import make_shares
from intents.linear import Schedule, Table, scale, stack_rows, train_linear

RANDOM = np.random.default_rng(3)
QUICK = Schedule(epochs=30, rate=0.2, dropout=0.0)


def make_models(features: int = 40) -> list[tuple[Floats, Floats]]:
    """Two models over the same features."""
    return [
        (
            RANDOM.normal(size=(features, classes)).astype(np.float32),
            RANDOM.normal(size=classes).astype(np.float32),
        )
        for classes in (5, 3)
    ]


def test_packed_scores_are_close_to_those_of_the_weights() -> None:
    models = make_models()
    table = Table.pack(models)
    rows = np.array([1, 7, 39], dtype=np.int32)
    strengths = np.array([1.0, 0.5, 2.0], dtype=np.float32)
    for place, (dense, bias) in enumerate(models):
        expected = scale(strengths) @ dense[rows] + bias
        assert np.abs(table.score(place, rows, strengths) - expected).max() < 0.05


def test_the_characters_with_a_role_are_scored_as_their_strengths_say() -> None:
    table = Table.pack(make_models())
    grams = Grams(3, *(np.array(values, np.int32) for values in ([3, 7, 9], [-1, 0, 2], [1, 2, 3])))
    roles = RANDOM.random((3, ROLES), dtype=np.float32)
    found = (grams.rows, grams.places, grams.ends)
    for role in range(ROLES):
        expected = table.score(0, grams.rows, gate(roles, grams, role))
        assert np.allclose(score_role(table.arrays, 0, found, roles, role, 0, 3), expected, atol=1e-5)
    (strengths,) = gate_spans(roles, grams, [(1, 3)])
    scores = score_role(table.arrays, 1, found, roles, CERTIFICATE, 1, 3)
    assert np.allclose(scores, table.score(1, grams.rows, strengths), atol=1e-5)


def test_a_model_without_any_weight_says_its_bias() -> None:
    bias = np.array([0.5, -0.5], dtype=np.float32)
    table = Table.pack([(np.zeros((4, 2), dtype=np.float32), bias)])
    assert np.allclose(table.score(0, np.array([2], np.int32), np.ones(1, np.float32)), bias)


def test_no_feature_at_all_says_the_bias() -> None:
    models = make_models()
    nothing = Table.pack(models).score(1, np.zeros(0, np.int32), np.zeros(0, np.float32))
    assert np.allclose(nothing, models[1][1])


def test_a_weight_takes_one_byte() -> None:
    table = Table.pack(make_models())
    assert table.levels.dtype == np.int8
    assert table.levels.shape == (40, 8)
    assert table.cuts.tolist() == [0, 5, 8]


def test_lengths_are_made_equal() -> None:
    assert np.isclose(np.linalg.norm(scale(np.array([3.0, 4.0], dtype=np.float32))), 1.0, atol=1e-5)
    assert np.isfinite(scale(np.zeros(3, dtype=np.float32))).all()


def test_shares_add_up_to_one_however_large_the_scores() -> None:
    shares = np.array([[1000.0, 1001.0], [-1000.0, -1000.0]], dtype=np.float32)
    for row in shares:
        make_shares(row)
    assert np.allclose(shares.sum(axis=-1), 1.0)
    assert shares[0, 1] > shares[0, 0]
    assert np.allclose(shares[1], 0.5)


def test_the_features_of_texts_stand_one_after_the_other() -> None:
    rows = [np.array([0, 2], np.int32), np.zeros(0, np.int32), np.array([1], np.int32)]
    strengths = [np.array([1.0, 2.0], np.float32), np.zeros(0, np.float32), np.array([3.0], np.float32)]
    begins, features, heard = stack_rows(rows, strengths)
    assert begins.tolist() == [0, 2, 2, 3]
    assert features.tolist() == [0, 2, 1]
    assert heard.tolist() == [1.0, 2.0, 3.0]
    assert [len(part) for part in stack_rows([], [])] == [1, 0, 0]


# Two classes told apart by one feature each; the third feature says nothing.
LABELS = [place % 2 for place in range(80)]
TEXTS = stack_rows([np.array([label, 2], np.int32) for label in LABELS], [np.ones(2, np.float32)] * len(LABELS))
SEEN = np.array([[1 - label, label, 1] for label in LABELS], dtype=np.float32)


@pytest.mark.parametrize("dropout", [0.0, 0.5])
def test_what_can_be_told_apart_is_learned(dropout: float) -> None:
    weights, bias = train_linear(TEXTS, LABELS, (3, 2), replace(QUICK, dropout=dropout))
    assert ((SEEN @ weights + bias).argmax(axis=1) == LABELS).all()
    assert abs(weights[2, 0] - weights[2, 1]) < abs(weights[0, 0] - weights[0, 1])


@pytest.mark.parametrize("dropout", [0.0, 0.3])
def test_the_same_data_gives_the_same_weights(dropout: float) -> None:
    schedule = Schedule(epochs=2, rate=0.5, dropout=dropout)
    first, second = (train_linear(TEXTS, LABELS, (3, 2), schedule) for _ in range(2))
    assert np.array_equal(first[0], second[0])
    assert np.array_equal(first[1], second[1])


def test_models_trained_side_by_side_do_not_disturb_each_other() -> None:
    with ThreadPoolExecutor(4) as pool:
        trained = list(pool.map(lambda _: train_linear(TEXTS, LABELS, (3, 2), Schedule()), range(8)))
    assert all(np.array_equal(weights, trained[0][0]) for weights, _ in trained)


def test_hidden_features_make_others_speak_up() -> None:
    rows = [np.array([label, 2 + label], np.int32) for label in LABELS]
    texts = stack_rows(rows, [np.array([1.0, 0.1], np.float32)] * len(rows))
    alone, helped = (
        train_linear(texts, LABELS, (4, 2), replace(QUICK, dropout=dropout))[0][3, 1] for dropout in (0.0, 0.5)
    )
    assert helped > alone > 0


def test_what_is_learned_from_more_often_weighs_more() -> None:
    texts = stack_rows([np.zeros(1, np.int32)] * 2, [np.ones(1, np.float32)] * 2)
    weights, bias = train_linear(texts, [0, 1], (1, 2), QUICK, [9, 1])
    assert 0.8 < softmax(weights[0] + bias)[0] < 0.97


def test_a_class_that_nobody_named_is_never_likely() -> None:
    weights, bias = train_linear(TEXTS, LABELS, (3, 3), QUICK)
    assert (softmax(SEEN @ weights + bias, axis=1)[:, 2] < 1 / 3).all()


def test_a_model_of_nothing_says_nothing() -> None:
    weights, bias = train_linear(stack_rows([], []), [], (5, 3), QUICK)
    assert weights.shape == (5, 3)
    assert not weights.any()
    assert not bias.any()
