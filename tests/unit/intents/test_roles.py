"""Which characters name a matter, which a certificate, and where one certificate ends and the next begins."""

from collections.abc import Mapping, Sequence
from itertools import permutations

import numpy as np
import pytest

from intents.compose import CERTIFICATE, MATTER
from intents.features import ROLES, Floats, GramIndex
from intents.kernels.message import part_again
from intents.kernels.role_learning import find_gradients
from intents.kernels.roles import BEGINS, BETWEEN, FIRST, find_runs, read_roles
from intents.role_training import Lesson, stack_lessons, train_roles
from intents.roles import PARTS, RoleModel

# o: other, m: matter, b: a certificate's first character, c: another one of it.
SAID = {
    "办公租房要带身份证吗": "ommmoobcco",
    "办护照要带户口本吗": "ommoobcco",
    "办公租房要带户口本吗": "ommmoobcco",
    "办护照要带身份证吗": "ommoobcco",
    "身份证要带吗": "bccooo",
    "户口本要带吗": "bccooo",
    "户口本身份证要带吗": "bccbccooo",
    "公租房怎么办": "mmmooo",
    "护照怎么办": "mmooo",
}


def roles_of(*certificates: int, length: int = 10) -> Floats:
    """Probabilities of a text in which these characters name a certificate."""
    roles = np.full((length, ROLES), 0.05, dtype=np.float32)
    roles[:, 0] = 0.9
    roles[list(certificates)] = (0.05, 0.05, 0.9)
    return roles


def runs_of(roles: Floats, joints: Sequence[tuple[int, int]] = (), least: float = 0.5) -> list[tuple[int, int]]:
    parting = np.zeros(len(roles), dtype=np.int8)
    for start, end in joints:
        parting[start:end] = BETWEEN
    return [(start, end) for start, end in find_runs(roles, CERTIFICATE, least, parting).tolist()]


@pytest.fixture(scope="module")
def index() -> GramIndex:
    return GramIndex.learn(SAID)


@pytest.fixture(scope="module")
def model(index: GramIndex) -> RoleModel:
    return train_roles(lessons_of(index, SAID) * 60, [], index.size)


def lessons_of(index: GramIndex, said: Mapping[str, str]) -> list[Lesson]:
    voices = {"m": MATTER, "c": CERTIFICATE, "b": FIRST}
    return [
        Lesson(index.extract(text), np.array([voices.get(mark, 0) for mark in marks], dtype=np.int8))
        for text, marks in said.items()
    ]


def test_every_character_has_a_probability_for_each_role(index: GramIndex, model: RoleModel) -> None:
    read = model.read(index.extract("办公租房要带身份证吗"))
    assert read.shape == (10, ROLES)
    assert np.allclose(read.sum(axis=1), 1.0, atol=1e-5)


def test_roles_are_learned(index: GramIndex, model: RoleModel) -> None:
    read = model.read(index.extract("办公租房要带户口本吗")).argmax(axis=1)
    assert read[1:4].tolist() == [MATTER] * 3
    assert read[6:9].tolist() == [CERTIFICATE] * 3


def test_what_stands_around_tells_the_role_of_unknown_words(index: GramIndex, model: RoleModel) -> None:
    read = model.read(index.extract("办护照要带阿猫狗吗"))
    assert read[6, CERTIFICATE] > read[6, MATTER]


def test_where_one_certificate_ends_and_the_next_begins_is_read_without_a_joint() -> None:
    names = ("身份证", "户口本", "结婚证", "居住证")
    pairs = [first + second for first, second in permutations(names, 2) if first + second != "身份证户口本"]
    said = {f"{pair}要带吗": "bccbccooo" for pair in pairs} | {f"办护照要带{pair}吗": "ommoobccbcco" for pair in pairs}
    index = GramIndex.learn([*said, *names])
    model = train_roles(lessons_of(index, SAID | said) * 10, [], index.size)
    grams = index.extract("办护照要带身份证户口本吗")
    roles, begins = read_roles(grams.rows, grams.places, model.arrays, np.zeros((grams.length, ROLES), np.float32))
    parting = part_again(np.zeros(grams.length, dtype=np.int8), begins, 0.5)
    assert find_runs(roles, CERTIFICATE, 0.5, parting).tolist() == [[5, 8], [8, 11]]


def test_a_name_may_begin_only_where_nothing_parts_names_already() -> None:
    parting = np.array([BETWEEN, 0, 0], dtype=np.int8)
    again = part_again(parting, np.array([0.9, 0.9, 0.4], dtype=np.float32), 0.5)
    assert again.tolist() == [BETWEEN, BEGINS, 0]
    assert parting.tolist() == [BETWEEN, 0, 0]


def test_an_empty_text_has_no_roles(index: GramIndex, model: RoleModel) -> None:
    assert model.read(index.extract("")).shape == (0, ROLES)


def test_a_known_name_speaks_for_its_role(index: GramIndex, model: RoleModel) -> None:
    grams = index.extract("天地玄黄")
    support = np.zeros((4, ROLES), dtype=np.float32)
    support[1:3, MATTER] = 5
    supported, plain = model.read(grams, support), model.read(grams)
    assert (supported[1:3, MATTER] > plain[1:3, MATTER]).all()
    assert supported[1, MATTER] > 0.5


def test_the_same_sentences_give_the_same_model(index: GramIndex) -> None:
    lessons = lessons_of(index, SAID)
    first, second = (train_roles(lessons[:5], [lessons[5:7], lessons[7:]], index.size) for _ in range(2))
    assert all(map(np.array_equal, first.arrays, second.arrays))


def test_what_only_some_passes_show_is_learned_too(index: GramIndex) -> None:
    lessons = lessons_of(index, SAID)
    rare = lessons_of(index, {"户口本身份证要带吗": SAID["户口本身份证要带吗"]})
    model = train_roles(lessons[:4] * 60, [rare * 60, lessons[:4]], index.size)
    assert model.read(rare[0].grams).argmax(axis=1)[:6].tolist() == [CERTIFICATE] * 6


def test_the_gradients_of_learning_are_those_of_what_is_read(index: GramIndex) -> None:
    # A network that has learned well would hide a wrong gradient: the others make good for it. Where a way crosses the
    # kink of a unit, that one difference tells nothing; a wrong gradient is wrong on every way.
    lessons = lessons_of(index, SAID)[:3]
    shapes = [own.shape for own in train_roles(lessons, [], index.size).arrays]
    source = np.random.default_rng(9)
    drawn = [[source.standard_normal(shape, dtype=np.float32) * np.float32(0.1) for shape in shapes] for _ in range(9)]
    errors = np.array([find_gradient_errors(RoleModel(**dict(zip(PARTS, own, strict=True))), lessons) for own in drawn])
    assert (np.median(errors, axis=0) < 0.05).all()


def find_gradient_errors(model: RoleModel, lessons: Sequence[Lesson]) -> list[float]:
    """How far the gradient of each part is from the difference of losses along a random way, relative to it."""
    source = np.random.default_rng(3)
    gradients = tuple(map(np.zeros_like, model.arrays))
    touched = np.zeros(len(model.vectors), dtype=np.bool_)
    stacked = stack_lessons(lessons)
    seen = find_gradients(stacked, np.arange(len(lessons)), model.arrays, gradients, touched, 8, 0.0, 1)
    assert seen == sum(min(lesson.grams.length, 8) for lesson in lessons)
    errors = []
    for own, gradient in zip(model.arrays, gradients, strict=True):
        way = source.standard_normal(own.shape, dtype=np.float32)
        if own is model.vectors:
            way[~touched] = 0
        before = own.copy()
        losses = []
        for length in (-3e-4, 3e-4):
            own[...] = before + np.float32(length) * way
            losses.append(sum(loss_of(model, lesson, 8) for lesson in lessons))
        own[...] = before
        told = float((gradient * way).sum())
        errors.append(abs((losses[1] - losses[0]) / 6e-4 - told) / max(abs(told), 1.0))
    return errors


def loss_of(model: RoleModel, lesson: Lesson, longest: int) -> float:
    """Cross-entropy of the voices of a sentence's first characters, as the network reads them."""
    length = min(lesson.grams.length, longest)
    shown = lesson.grams.places < length
    nothing = np.zeros((length, ROLES), dtype=np.float32)
    roles, begins = read_roles(lesson.grams.rows[shown], lesson.grams.places[shown], model.arrays, nothing)
    voices = np.column_stack((roles[:, :2], roles[:, 2] - begins, begins))
    return -float(np.log(voices[np.arange(length), lesson.voices[:length]]).sum())


@pytest.mark.parametrize(
    ("certificates", "spans"),
    [
        ((), []),
        ((0,), [(0, 1)]),
        ((2, 3, 4), [(2, 5)]),
        ((2, 3, 5), [(2, 6)]),
        ((2, 3, 6, 7), [(2, 4), (6, 8)]),
        ((8, 9), [(8, 10)]),
    ],
)
def test_runs_of_certificate_characters_are_names(certificates: tuple[int, ...], spans: list[tuple[int, int]]) -> None:
    assert runs_of(roles_of(*certificates)) == spans


@pytest.mark.parametrize(
    ("joint", "spans"),
    [
        ((4, 5), [(2, 4), (5, 7)]),
        ((4, 6), [(2, 4), (6, 7)]),
        ((2, 3), [(3, 7)]),
        ((0, 1), [(2, 7)]),
    ],
)
def test_a_joint_parts_two_names(joint: tuple[int, int], spans: list[tuple[int, int]]) -> None:
    assert runs_of(roles_of(2, 3, 4, 5, 6), [joint]) == spans


def test_a_gap_that_is_a_joint_is_not_closed() -> None:
    assert runs_of(roles_of(2, 3, 5, 6), [(4, 5)]) == [(2, 4), (5, 7)]


def test_a_second_look_takes_weaker_characters_too() -> None:
    roles = roles_of(3, 4)
    roles[5] = (0.6, 0.1, 0.3)
    assert runs_of(roles) == [(3, 5)]
    assert runs_of(roles, least=0.2) == [(3, 6)]


def test_a_name_that_begins_at_once_behind_another_is_a_run_of_its_own() -> None:
    roles = roles_of(2, 3, 4, 5, 6)
    parting = np.zeros(len(roles), dtype=np.int8)
    parting[4] = BEGINS
    assert find_runs(roles, CERTIFICATE, 0.5, parting).tolist() == [[2, 4], [4, 7]]
