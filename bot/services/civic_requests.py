"""Complaints that other programs file and look at by Open311: filed like all others, seen only as far as is public."""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

from bot.domain.catalogue import Certificate, Matter, Unit
from bot.domain.civic_request import LONGEST_SPAN_DAYS, MOST_REQUESTS, CivicFilter, CivicRequest
from bot.domain.complaint import Channel, Complaint, Contact, Draft, Protection, Subject
from bot.domain.errors import ConflictError, InvalidInputError, NotFoundError
from bot.domain.numbers import read_number
from bot.ports import CivicRequests, Clock, Complaints
from bot.services.complaints.filing import ComplaintFiling, Origin
from bot.services.knowledge import LiveKnowledge

_SAME_REQUEST: Final = timedelta(days=1)
_LONGEST_SPAN: Final = timedelta(days=LONGEST_SPAN_DAYS)
_ID: Final = re.compile("[0-9a-f]{32}")


@dataclass(frozen=True, slots=True, kw_only=True)
class CivicPost:
    """A request as another program sends it; unit, matter and certificates by id or by any name of theirs.

    Attributes:
        program: whose key it came with. account: the program's own name for the request or its sender, if it gave one.
        content: everything that was sent, by which a repeat is told.
    """

    program: str
    account: str
    story: str
    unit: str
    matter: str = ""
    certificates: tuple[str, ...] = ()
    happened_on: date | None = None
    place: str = ""
    name: str = ""
    phone: str = ""
    protection: Protection | None = None
    content: Mapping[str, str] = field(default_factory=dict)


class CivicDesk:
    """Files and shows requests."""

    def __init__(
        self,
        *,
        filing: ComplaintFiling,
        complaints: Complaints,
        requests: CivicRequests,
        knowledge: LiveKnowledge,
        clock: Clock,
    ) -> None:
        self._filing = filing
        self._complaints = complaints
        self._requests = requests
        self._knowledge = knowledge
        self._clock = clock

    async def file(self, post: CivicPost) -> Complaint:
        """The complaint as filed; the same request sent again within a day is the same complaint.

        Raises InvalidInputError where unit, description or a sensible date is missing.
        """
        key, now = _name_repeat(post), self._clock.now()
        earlier = await self._find_filed(key, now)
        if earlier is not None:
            return earlier
        origin = Origin(channel=Channel.OPEN311, at=now, filed_by=f"open311:{post.program}"[:64], repeat_key=key)
        try:
            return (await self._filing.file(self._draft_of(post), origin)).complaint
        except ConflictError:
            # The same request came twice at once, and the other one was faster.
            twin = await self._find_filed(key, now)
            if twin is None:
                raise
            return twin

    async def list_requests(self, chosen: CivicFilter) -> Sequence[CivicRequest]:
        """The newest first. Without dates those of the last 90 days. Raises InvalidInputError for a longer span."""
        if chosen.ids:
            ids = tuple(id_ for id_ in chosen.ids if _ID.fullmatch(id_))[:MOST_REQUESTS]
            return await self._requests.list_requests(CivicFilter(ids=ids), limit=MOST_REQUESTS) if ids else ()
        since, until = _choose_span(chosen, self._clock.now())
        asked = CivicFilter(since=since, until=until, statuses=chosen.statuses)
        return await self._requests.list_requests(asked, limit=MOST_REQUESTS)

    async def get(self, request_id: str) -> CivicRequest:
        """Raises NotFoundError, also for what is not public any more."""
        found = await self.list_requests(CivicFilter(ids=(request_id,)))
        if not found:
            raise NotFoundError("没有这个请求")
        return found[0]

    async def redeem(self, token: str) -> CivicRequest:
        """The request of a token, which is the number that the citizen was told. Raises NotFoundError."""
        number = read_number(token)
        found = await self._requests.find_by_number(number) if number else None
        if found is None:
            raise NotFoundError("没有这个凭证")
        return found

    async def _find_filed(self, key: str, now: datetime) -> Complaint | None:
        filed = await self._requests.find_filed(key, since=now - _SAME_REQUEST)
        return (await self._complaints.get(filed)).complaint if filed else None

    def _draft_of(self, post: CivicPost) -> Draft:
        catalogue = self._knowledge.current.catalogue
        certificates = [(told, _find_id(catalogue.certificates.values(), told)) for told in post.certificates]
        unit_id = _find_id(catalogue.units.values(), post.unit)
        matter_id = _find_id(catalogue.matters.values(), post.matter)
        return Draft(
            subject=Subject(
                unit_id=unit_id,
                unit_told="" if unit_id else post.unit,
                matter_id=matter_id,
                matter_told="" if matter_id else post.matter,
                certificate_ids=tuple(dict.fromkeys(id_ for _told, id_ in certificates if id_)),
                certificate_told="、".join(told for told, id_ in certificates if id_ is None),
                happened_on=post.happened_on,
                place=post.place,
            ),
            contact=Contact(name=post.name, phone=post.phone),
            protection=post.protection or (Protection.HIDDEN if post.phone else Protection.ANONYMOUS),
            story=post.story,
        )


def _choose_span(chosen: CivicFilter, now: datetime) -> tuple[datetime, datetime]:
    """GeoReport: one end alone reaches 90 days from there."""
    try:
        until = chosen.until or (min(now, chosen.since + _LONGEST_SPAN) if chosen.since else now)
        since = chosen.since or until - _LONGEST_SPAN
    except OverflowError as error:
        raise InvalidInputError("日期不对", {"start_date": "请写近些年的时间"}) from error
    if until - since > _LONGEST_SPAN:
        raise InvalidInputError("时间跨度太长", {"end_date": f"一次最多查 {LONGEST_SPAN_DAYS} 天"})
    return since, until


def _find_id(items: "Iterable[Unit] | Iterable[Matter] | Iterable[Certificate]", told: str) -> str | None:
    """The id of what is called exactly so."""
    return next((item.id for item in items if told and told in _names_of(item)), None)


def _names_of(item: Unit | Matter | Certificate) -> tuple[str, ...]:
    short = (item.short_name,) if isinstance(item, Unit) else ()
    return (item.id, item.name, *short, *item.aliases)


def _name_repeat(post: CivicPost) -> str:
    said = "\0".join(f"{name}={value}" for name, value in sorted(post.content.items()))
    return hashlib.sha256("\0".join((post.program, post.account, said)).encode()).hexdigest()
