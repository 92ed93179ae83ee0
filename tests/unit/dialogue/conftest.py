"""A conversation in the invented city."""

import pytest

from tests.unit.dialogue.talking import Talk


@pytest.fixture
def talk() -> Talk:
    return Talk()
