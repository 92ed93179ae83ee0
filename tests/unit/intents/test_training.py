"""Training makes one model of the language and one city's names, the same every time."""

import numpy as np
import pytest

from intents.compose import Amounts, Sample
from intents.data import Question
from intents.gating import EXTRA_ROWS
from intents.layout import CERTIFICATES, FAQ, INTENTS, MATTERS
from intents.model import Model
from intents.normalise import Normaliser
from intents.training import read_questions, train_model
from intents.understanding import Intent
from intents.vocabulary import gather_phrases
from tests.unit.intents import tiny

FEW = Amounts(per_matter=4, per_certificate=4, per_sentence=2, least=0)


def train(**data: object) -> Model:
    language = tiny.make_language(**data)
    matters = gather_phrases(tiny.VOCABULARY.matters, language.matters)
    certificates = gather_phrases(tiny.VOCABULARY.certificates, language.certificates)
    return train_model(language, tiny.VOCABULARY, matters, certificates, FEW)


def read(normaliser: Normaliser, *questions: Question) -> list[Sample]:
    return read_questions(tiny.make_language(questions=questions), tiny.VOCABULARY, normaliser)


def marks_of(sample: Sample) -> str:
    return "".join(".mc"[role] for role in sample.roles)


@pytest.fixture(scope="module")
def model() -> Model:
    return train()


def test_every_part_of_the_model_fits_the_others(model: Model) -> None:
    cuts = model.table.cuts.tolist()
    matters, certificates = len(tiny.VOCABULARY.matters), len(tiny.VOCABULARY.certificates)
    assert np.diff(cuts).tolist() == [matters + 1, certificates, len(Intent), len(tiny.VOCABULARY.faq), 2, 2]
    assert len(model.table.levels) == model.index.size + EXTRA_ROWS
    assert model.roles.fits_together
    assert len(model.roles.vectors) == model.index.size
    assert len({MATTERS, CERTIFICATES, INTENTS, FAQ}) == 4


def test_the_same_data_gives_the_same_model(model: Model) -> None:
    again = train()
    assert again.index.grams == model.index.grams
    assert again.spelling.words == model.spelling.words
    assert np.array_equal(again.table.levels, model.table.levels)
    assert all(map(np.array_equal, again.roles.arrays, model.roles.arrays))


def test_other_words_give_another_model(model: Model) -> None:
    other = train(matters=tiny.MATTERS | {"护照申领": ("出洋的小本子", "出洋要的本子", "出洋用的本本")})
    assert other.index.grams != model.index.grams


def test_a_city_without_curated_answers_can_be_trained() -> None:
    bare = tiny.VOCABULARY.__class__(matters=tiny.VOCABULARY.matters, certificates=tiny.VOCABULARY.certificates)
    phrases = (gather_phrases(bare.matters, {}), gather_phrases(bare.certificates, {}))
    trained = train_model(tiny.make_language(questions=()), bare, *phrases, FEW)
    assert trained.table.cuts[FAQ + 1] - trained.table.cuts[FAQ] == 1


def test_the_words_of_the_language_are_learned_to_be_read_as_pinyin(model: Model) -> None:
    assert model.spelling.read(["gongzufang", "shenqing"]) == "公租房申请"
    assert model.spelling.read(["yao", "dai", "shenfenzheng", "ma"]) == "要带身份证吗"


def test_marks_of_a_question_become_roles(normaliser: Normaliser) -> None:
    question = Question("<领红本>要带[户口册子]伐", Intent.CERTIFICATE_NEEDED, "结婚登记", ("居民户口簿",))
    (sample,) = read(normaliser, question)
    assert sample.text == "领红本要带户口册子吗"
    assert marks_of(sample) == "mmm..cccc."
    assert (sample.spans[0].start, sample.spans[0].end, sample.spans[0].index) == (5, 9, 1)
    assert sample.matter == 2
    assert sample.whole
    assert sample.located


def test_marks_are_certificates_in_the_order_named(normaliser: Normaliser) -> None:
    question = Question("[红本子]、[工资单]带不带", Intent.CERTIFICATE_NEEDED, "", ("结婚证", "收入证明"))
    (sample,) = read(normaliser, question)
    assert [(sample.text[span.start : span.end], span.index) for span in sample.spans] == [("红本子", 4), ("工资单", 3)]
    assert sample.matter is None


def test_a_question_without_marks_is_about_its_slots_as_a_whole(normaliser: Normaliser) -> None:
    question = Question("没成家的纸头要不要", Intent.CERTIFICATE_NEEDED, "", ("居民户口簿",))
    (sample,) = read(normaliser, question)
    assert not sample.located
    assert (sample.spans[0].start, sample.spans[0].end) == (0, len(sample.text))


@pytest.mark.parametrize(
    ("matter", "certificates"), [("外星人登记", ()), ("", ("火星证",)), ("", ("结婚证", "火星证"))]
)
def test_a_question_about_what_this_city_does_not_have_is_left_out(
    normaliser: Normaliser, matter: str, certificates: tuple[str, ...]
) -> None:
    assert read(normaliser, Question("要吗", Intent.CERTIFICATE_NEEDED, matter, certificates)) == []
