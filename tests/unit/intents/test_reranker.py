"""Unsure slots are weighed anew by likeness; sure ones, and an engine without an embedder, stay as they are."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np
import pytest

from intents.cues import Signs
from intents.decode import CertificateReading, Decoded, Ranked, Reading, Seen
from intents.engine import Engine, build_engine
from intents.features import Floats
from intents.linear import scale
from intents.onnx_embedder import OnnxEmbedder
from intents.reranker import Reranker
from intents.tuning import Tuning
from intents.vocabulary import Phrases
from tests.unit.intents.conftest import ENOUGH
from tests.unit.intents.embedding_models import write_model
from tests.unit.intents.test_engine import ASKED
from tests.unit.intents.tiny import VOCABULARY, make_language

CHARACTERS: Final = "".join(
    sorted({letter for item in (*VOCABULARY.matters, *VOCABULARY.certificates) for letter in item.name})
)
MATTERS: Final = Phrases({"rent": ("租房", "公租"), "wedding": ("结婚",), "passport": ("护照",)})
CERTIFICATES: Final = Phrases({"id": ("身份",), "hukou": ("户口",)})
# Of two matters that one applies for the first models think 低保 the likelier; the model here thinks of the other.
UNSURE: Final = "申请要带收入证明吗"


class Letters:
    """Embeds a text as the characters that it holds, and counts how often it is asked."""

    version = "letters"

    def __init__(self) -> None:
        self.calls: list[Sequence[str]] = []

    def embed(self, texts: Sequence[str]) -> Floats:
        self.calls.append(texts)
        letters = "租房公结婚护照身份户口"
        return scale(np.array([[text.count(letter) for letter in letters] for text in texts], dtype=np.float32))


def make_reading(right: float, *, named: float = 0.9, real: float = 0.9) -> Reading:
    matter = Ranked((0, 1, 2), (0.5, 0.3, 0.1), right, (0.5, 0.2, 0.5))
    ranked = Ranked((0, 1), (0.6, 0.3), right, (0.6, 0.3, 0.6))
    certificate = CertificateReading(0, 2, ranked, real, False, (0.5, 0.5, 0.6, 0.0))
    seen = Seen("文", np.zeros((1, 3), dtype=np.float32), (), (1.0,), (0,), (0.0, 0.0), False)
    return Reading(seen, Decoded(matter, named, (), (certificate,)), (), Signs(None, None))


def test_unsure_slots_turn_to_what_the_message_is_like() -> None:
    reading = make_reading(0.5)
    found = Reranker(Letters(), MATTERS, CERTIFICATES, Tuning()).rerank("结婚要户口吗", reading)
    assert found.decoded.matter.classes == (1, 0, 2)
    assert found.decoded.certificates[0].ranked.classes == (1, 0)
    assert found.reranked == ("matter", "certificate 1")
    assert sum(found.decoded.matter.scores) == pytest.approx(sum(reading.decoded.matter.scores), abs=2e-4)
    assert found.decoded.matter.scores[0] > reading.decoded.matter.scores[1]


def test_a_first_that_is_confirmed_is_surer_than_one_that_is_overturned() -> None:
    reranker = Reranker(Letters(), MATTERS, CERTIFICATES, Tuning())
    confirmed = reranker.rerank("公租的租房", make_reading(0.5)).decoded.matter
    overturned = reranker.rerank("护照", make_reading(0.5)).decoded.matter
    assert (confirmed.classes[0], overturned.classes[0]) == (0, 2)
    assert confirmed.right > overturned.right


@pytest.mark.parametrize("given", [{"right": 0.95}, {"right": 0.5, "named": 0.1, "real": 0.1}])
def test_what_is_sure_or_not_named_is_left_alone(given: dict[str, float]) -> None:
    letters, reading = Letters(), make_reading(**given)
    reranker = Reranker(letters, MATTERS, CERTIFICATES, Tuning())
    assert reranker.rerank("结婚要户口吗", reading) is reading
    assert len(letters.calls) == 1


def test_a_message_is_embedded_once_as_it_was_typed() -> None:
    letters = Letters()
    Reranker(letters, MATTERS, CERTIFICATES, Tuning()).rerank("结婚要户口吗", make_reading(0.5))
    assert letters.calls[1:] == [["结婚要户口吗"]]


def test_vectors_of_phrases_are_kept_and_made_anew_for_others(tmp_path: Path) -> None:
    letters = Letters()
    first = Reranker(letters, MATTERS, CERTIFICATES, Tuning(), tmp_path).rerank("结婚", make_reading(0.5))
    again = Reranker(letters, MATTERS, CERTIFICATES, Tuning(), tmp_path).rerank("结婚", make_reading(0.5))
    assert [len(texts) for texts in letters.calls] == [6, 1, 1]
    assert again.decoded == first.decoded
    Reranker(letters, Phrases({"rent": ("租",)}), CERTIFICATES, Tuning(), tmp_path)
    assert len(letters.calls[-1]) == 3
    assert len(list(tmp_path.glob("phrases-*.npy"))) == 2


def test_a_damaged_file_of_vectors_is_made_anew(tmp_path: Path) -> None:
    letters = Letters()
    for content in (b"", b"damaged", None):
        Reranker(letters, MATTERS, CERTIFICATES, Tuning(), tmp_path)
        kept = next(tmp_path.glob("phrases-*.npy"))
        if content is not None:
            kept.write_bytes(content)
    assert len(letters.calls) == 3
    assert np.load(kept).shape == (6, 11)


class Hinted(OnnxEmbedder):
    """Takes one message for the name of a matter."""

    def embed(self, texts: Sequence[str]) -> Floats:
        return super().embed(["公租房申请" if text == UNSURE else text for text in texts])


@pytest.fixture(scope="module")
def embedder(tmp_path_factory: pytest.TempPathFactory) -> OnnxEmbedder:
    return Hinted(write_model(tmp_path_factory.mktemp("model"), characters=CHARACTERS))


@pytest.fixture(scope="module")
def helped(embedder: OnnxEmbedder) -> Engine:
    return build_engine(make_language(), VOCABULARY, amounts=ENOUGH, embedder=embedder)


def test_an_engine_with_a_model_decides_unsure_messages_by_it(engine: Engine, helped: Engine) -> None:
    alone, found = engine.understand(UNSURE), helped.understand(UNSURE)
    assert [alone.matters[0].id, found.matters[0].id] == ["poor", "rent"]
    assert "reranker:matter" in found.trace.decided_by
    assert "reranker:matter" not in alone.trace.decided_by
    assert found.certificates == alone.certificates == ("income",)


def test_an_engine_with_a_model_leaves_sure_messages_alone(engine: Engine, helped: Engine) -> None:
    sure = [text for text, _, _ in ASKED if not any("reranker" in line for line in _decided(helped, text))]
    assert len(sure) > len(ASKED) / 2
    for text in sure:
        assert helped.understand(text) == engine.understand(text)


def _decided(engine: Engine, text: str) -> tuple[str, ...]:
    return engine.understand(text).trace.decided_by


def test_an_engine_that_is_never_unsure_understands_as_one_without_a_model(
    engine: Engine, embedder: OnnxEmbedder
) -> None:
    language = make_language(tuning={"rerank_below": (0.0,)})
    helped = build_engine(language, VOCABULARY, amounts=ENOUGH, embedder=embedder)
    for text, _, _ in (*ASKED, (UNSURE, None, ())):
        found, alone = helped.understand(text), engine.understand(text)
        assert found == alone
        assert replace(found.trace, thresholds={}) == replace(alone.trace, thresholds={})
