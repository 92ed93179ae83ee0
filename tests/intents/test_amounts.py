"""There is enough to learn from: sentences of every intent, and ways of naming every matter and certificate."""

from pathlib import Path
from typing import Final

import pytest

from bot.catalogue.vocabulary import vocabulary_of
from intents.data import read_language
from intents.understanding import Intent
from intents.vocabulary import Phrases, gather_phrases
from tests.real import load_real_knowledge

LANGUAGE: Final = Path("intents/data")
LEAST_SENTENCES, LEAST_NAMINGS = 100, 15


@pytest.mark.parametrize("intent", Intent)
def test_every_intent_has_enough_sentences(intent: Intent) -> None:
    assert len(set(read_language(LANGUAGE).sentences[intent])) >= LEAST_SENTENCES


@pytest.mark.parametrize("kind", ["matters", "certificates"])
def test_everything_in_the_catalogue_is_named_in_enough_ways(kind: str) -> None:
    vocabulary, language = vocabulary_of(load_real_knowledge().catalogue), read_language(LANGUAGE)
    phrases: Phrases = gather_phrases(getattr(vocabulary, kind), getattr(language, kind))
    assert {key: len(said) for key, said in phrases.by_id.items() if len(said) < LEAST_NAMINGS} == {}
