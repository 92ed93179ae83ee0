"""How every client of ours speaks HTTP: time-outs, retries, a circuit breaker; failures become domain errors."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Final

from aiohttp import ClientError, ClientResponse, ClientSession, ClientTimeout

from bot.domain.errors import DomainError, UnavailableError

_TRIES: Final = 3
_FIRST_PAUSE_SECONDS: Final = 0.2
_LARGEST_ANSWER: Final = 4 * 1024 * 1024
_AGAIN_LATER: Final = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS})


class SystemDownError(UnavailableError):
    """An outside system does not answer, or its circuit is open because it did not lately."""

    code = "system-down"


class SystemRefusedError(DomainError):
    """An outside system understood and refused; asking again the same way is no use.

    Attributes:
        answer: what it said. date: the time by its own clock, as its header `Date` gives it.
    """

    code = "system-refused"
    title = "对方系统没有接受"

    def __init__(self, detail: str = "", *, status: int = 0, answer: bytes = b"", date: str = "") -> None:
        super().__init__(detail)
        self.status = status
        self.answer = answer
        self.date = date


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """One request. `path` begins with a slash and carries the query. `is_repeatable`: sending it twice is harmless."""

    method: str
    path: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    is_repeatable: bool = True


@dataclass(slots=True, kw_only=True)
class Circuit:
    """Opens after several failures in a row, so that a dead system costs nobody a time-out; then tries again.

    Attributes:
        limit: failures in a row that open it. rest: seconds it stays open. now: a clock that only goes forward.
    """

    limit: int = 5
    rest: float = 30.0
    now: Callable[[], float] = time.monotonic
    failures: int = 0
    opened_at: float = 0.0

    @property
    def is_open(self) -> bool:
        """Whether nobody should try now."""
        return self.failures >= self.limit and self.now() - self.opened_at < self.rest

    def succeed(self) -> None:
        """The system answered."""
        self.failures = 0

    def fail(self) -> None:
        """It did not."""
        self.failures += 1
        if self.failures >= self.limit:
            self.opened_at = self.now()


class Transport:
    """Speaks to one outside system.

    Args:
        name: of the system, in Chinese, for the error that a person reads.
        base_url: without a slash at its end. patience: seconds for one try.
    """

    def __init__(
        self,
        session: ClientSession,
        *,
        name: str,
        base_url: str,
        patience: float = 10.0,
        circuit: Circuit | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._session = session
        self._name = name
        self._base_url = base_url.rstrip("/")
        self._timeout = ClientTimeout(total=patience)
        self._sleep = sleep
        self.circuit = circuit or Circuit()

    async def send(self, outgoing: Outgoing) -> bytes:
        """The body of a successful answer.

        Raises:
            SystemDownError: no usable answer, after retries where the request may be repeated.
            SystemRefusedError: an answer of the 4xx family that repeating would not change.
        """
        tries = _TRIES if outgoing.is_repeatable else 1
        for number in range(1, tries + 1):
            if self.circuit.is_open:
                raise SystemDownError(f"{self._name}暂时连不上")
            try:
                return await self._try(outgoing)
            except SystemDownError:
                self.circuit.fail()
                if number == tries:
                    raise
            await self._sleep(_FIRST_PAUSE_SECONDS * 2 ** (number - 1) * (0.5 + random.random()))
        raise SystemDownError(f"{self._name}暂时连不上")

    async def _try(self, outgoing: Outgoing) -> bytes:
        try:
            async with self._session.request(
                outgoing.method,
                self._base_url + outgoing.path,
                data=outgoing.body or None,
                headers=dict(outgoing.headers),
                timeout=self._timeout,
                allow_redirects=False,
            ) as response:
                body = await _read_body(response)
                status, date = response.status, response.headers.get("Date", "")
        except (ClientError, TimeoutError, OSError) as error:
            raise SystemDownError(f"{self._name}暂时连不上") from error
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status in _AGAIN_LATER:
            raise SystemDownError(f"{self._name}暂时办不了")
        self.circuit.succeed()
        if not HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
            raise SystemRefusedError(f"{self._name}没有接受（{status}）", status=status, answer=body, date=date)
        return body


async def _read_body(response: ClientResponse) -> bytes:
    """The body of an answer of sensible size."""
    body = bytearray()
    async for chunk in response.content.iter_any():
        body += chunk
        if len(body) > _LARGEST_ANSWER:
            raise ClientError("the answer is too large")
    return bytes(body)
