"""Carries letters to 12345 and hears what it says at once."""

from bot.domain.filing import Letter
from bot.ports import HotlineDesk, HotlineGateway


class HotlineCarrier:
    """A `Carrier` of letters whose topic begins with `hotline`."""

    def __init__(self, *, gateway: HotlineGateway, desk: HotlineDesk) -> None:
        self._gateway = gateway
        self._desk = desk

    async def __call__(self, letter: Letter) -> None:
        """Delivers; the news is heard before the letter counts as delivered, so that none is lost between the two."""
        news = await self._gateway.deliver(letter)
        if news is not None:
            await self._desk.hear(news)
