"""The real catalogue, language and dialogue, built once for all tests that want them."""

from functools import cache
from pathlib import Path

from bot.services.knowledge import Knowledge
from bot.services.loading import load_knowledge
from bot.settings import Settings


@cache
def load_real_knowledge() -> Knowledge:
    """As the service loads it with its default settings."""
    settings = Settings()
    return load_knowledge(Path("catalogue_data"), Path("intents/data"), cache=settings.cache)
