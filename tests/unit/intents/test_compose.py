"""Training sentences know what every character of theirs names."""

from dataclasses import replace
from itertools import pairwise

import pytest

from intents.compose import CERTIFICATE, MATTER, OTHER, Amounts, Composer, Sample, normalise_phrases, normalise_pieces
from intents.data import LanguageData
from intents.normalise import Normaliser
from intents.understanding import Intent
from intents.vocabulary import Phrases, gather_phrases
from tests.unit.intents.tiny import CERTIFICATES, MATTERS, VOCABULARY, make_language

AMOUNTS = Amounts(per_matter=30, per_certificate=30, per_sentence=3, least=0)
MATTER_PHRASES = gather_phrases(VOCABULARY.matters, MATTERS)
CERTIFICATE_PHRASES = gather_phrases(VOCABULARY.certificates, CERTIFICATES)


def compose(normaliser: Normaliser, data: LanguageData | None = None, seed: int = 7) -> list[Sample]:
    composer = Composer(data or make_language(), VOCABULARY, MATTER_PHRASES, CERTIFICATE_PHRASES, normaliser, seed=seed)
    return composer.compose(AMOUNTS)


@pytest.fixture(scope="module")
def samples(normaliser: Normaliser) -> list[Sample]:
    return compose(normaliser)


def test_every_character_has_a_role(samples: list[Sample]) -> None:
    assert all(len(sample.roles) == len(sample.text) > 0 for sample in samples)


def test_every_span_lies_inside_and_is_marked_as_a_certificate(samples: list[Sample]) -> None:
    for sample in samples:
        for span in sample.spans:
            assert 0 <= span.start < span.end <= len(sample.text)
            assert set(sample.roles[span.start : span.end].tolist()) == {CERTIFICATE}
            assert 0 <= span.index < len(VOCABULARY.certificates)
        covered = sum(span.end - span.start for span in sample.spans)
        assert covered == (sample.roles == CERTIFICATE).sum()


def test_a_matter_is_told_where_and_only_where_one_is_marked(samples: list[Sample]) -> None:
    for sample in samples:
        assert (sample.matter is not None) == bool((sample.roles == MATTER).any())


def test_what_is_marked_is_mostly_what_people_say(samples: list[Sample], normaliser: Normaliser) -> None:
    """Some names are typed with a slip."""
    phrases = normalise_phrases(CERTIFICATE_PHRASES, normaliser)
    ids = [item.id for item in VOCABULARY.certificates]
    spans = [(sample.text[span.start : span.end], ids[span.index]) for sample in samples for span in sample.spans]
    right = [text in phrases[key] for text, key in spans]
    assert 0.7 < sum(right) / len(right) < 1.0


def test_every_matter_and_certificate_is_named_often_enough(samples: list[Sample]) -> None:
    matters = [sample.matter for sample in samples if sample.matter is not None and not sample.bare]
    indexes = [span.index for sample in samples for span in sample.spans]
    assert all(matters.count(place) >= AMOUNTS.per_matter for place in range(len(VOCABULARY.matters)))
    assert all(indexes.count(place) >= AMOUNTS.per_certificate for place in range(len(VOCABULARY.certificates)))


def test_in_a_small_catalogue_each_item_is_named_more_often() -> None:
    amounts = Amounts(per_matter=10, least=100)
    assert amounts.for_each(amounts.per_matter, 5) == 20
    assert amounts.for_each(amounts.per_matter, 50) == 10
    assert amounts.for_each(amounts.per_matter, 0) == 100


def test_every_phrase_stands_alone_once(samples: list[Sample], normaliser: Normaliser) -> None:
    bare = sorted(sample.text for sample in samples if sample.bare)
    groups = (MATTER_PHRASES, CERTIFICATE_PHRASES)
    said = [text for group in groups for texts in normalise_phrases(group, normaliser).values() for text in texts]
    assert bare == sorted(said)


def test_every_intent_is_there_and_sentences_without_slots_are_drawn(samples: list[Sample]) -> None:
    assert {sample.intent for sample in samples} == set(Intent)
    assert [sample.text.removeprefix("请问") for sample in samples].count("我要投诉") == AMOUNTS.per_sentence


def test_asks_of_curated_answers_are_sentences_of_their_intent(samples: list[Sample]) -> None:
    said = {sample.text.removeprefix("请问"): sample.intent for sample in samples}
    assert said["无证明城市是什么"] is Intent.POLICY_FAQ
    assert said["刷脸怎么刷"] is Intent.MEASURE_HOW


def test_several_certificates_are_asked_about_now_and_then(samples: list[Sample]) -> None:
    several = [sample for sample in samples if len(sample.spans) > 1]
    assert 0 < len(several) < len(samples) / 2
    first = several[0].spans
    assert all(before.end <= after.start for before, after in pairwise(first))


def test_no_slot_is_left_open(samples: list[Sample]) -> None:
    assert not [sample.text for sample in samples if "{" in sample.text]


def test_the_same_seed_gives_the_same_sentences(samples: list[Sample], normaliser: Normaliser) -> None:
    again = compose(normaliser)
    assert [(one.text, one.matter, one.spans) for one in again] == [
        (one.text, one.matter, one.spans) for one in samples
    ]
    assert [one.text for one in compose(normaliser, seed=8)] != [one.text for one in samples]


def test_words_around_a_slot_are_other(normaliser: Normaliser) -> None:
    sentences = make_language().sentences | {Intent.CERTIFICATE_OBTAIN: ("请教，{certificate}去哪里开呢",)}
    drawn = compose(normaliser, make_language(sentences=sentences))
    asked = [sample for sample in drawn if sample.intent is Intent.CERTIFICATE_OBTAIN]
    assert asked
    for sample in asked:
        end = sample.spans[-1].end
        assert sample.text[end:] == "去哪里开呢"
        assert set(sample.roles[end:].tolist()) == {OTHER}
        assert "请教，" in sample.text[: sample.spans[0].start]


def test_a_sentence_that_may_name_a_paper_without_marking_it_teaches_no_roles(normaliser: Normaliser) -> None:
    sentences = make_language().sentences | {Intent.CERTIFICATE_NEEDED: ("{certificate}要吗", "身份证还要吗")}
    drawn = compose(normaliser, make_language(sentences=sentences))
    unmarked = [sample for sample in drawn if sample.text.endswith("身份证还要吗")]
    assert unmarked
    assert not any(sample.located for sample in unmarked)
    assert all(sample.located for sample in drawn if sample.intent is Intent.SMALLTALK)


def test_words_to_start_with_are_not_needed(normaliser: Normaliser) -> None:
    assert compose(normaliser, replace(make_language(), fillers={}))


def test_phrases_come_out_once_and_never_empty(normaliser: Normaliser) -> None:
    phrases = Phrases({"a": ("身份證", "身份证", "😀"), "b": ("。。",)})
    assert normalise_phrases(phrases, normaliser) == {"a": ("身份证",), "b": ("b",)}


def test_a_pause_at_the_edge_of_a_piece_is_kept_inside_a_sentence(normaliser: Normaliser) -> None:
    assert normalise_pieces(["你好，", "身份证", "，要吗。"], normaliser) == ["你好，", "身份证", "，要吗"]
    assert normalise_pieces(["，你好"], normaliser) == ["你好"]
