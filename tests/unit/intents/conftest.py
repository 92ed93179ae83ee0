"""The small engine, trained once."""

import pytest

from intents.compose import Amounts
from intents.engine import Engine, build_engine
from intents.kernels.compiler import keep_kernels
from intents.normalise import Normaliser
from tests.unit.intents.tiny import REWRITES, VOCABULARY, make_language

ENOUGH = Amounts(per_matter=40, per_certificate=40, per_sentence=12, least=0)


@pytest.fixture(scope="session", autouse=True)
def _kernels(request: pytest.FixtureRequest) -> None:
    """Machine code is compiled once, and not for every run of the tests."""
    if request.config.cache is not None:
        keep_kernels(request.config.cache.mkdir("kernels"))


@pytest.fixture(scope="session")
def engine() -> Engine:
    return build_engine(make_language(), VOCABULARY, amounts=ENOUGH)


@pytest.fixture(scope="session")
def normaliser() -> Normaliser:
    """Knows the words of the small language, and no pinyin."""
    return Normaliser(REWRITES)
