"""Takes a complaint: number, evidence, work order, due time and the letter to 12345, all stored together."""

import secrets
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from bot.dialogue.errands import Duplicate, FileComplaint, Filed
from bot.domain.catalogue import Catalogue
from bot.domain.complaint import MOST_PICTURES, Channel, Complaint, Contact, Draft, Protection
from bot.domain.complaint_case import ComplaintCase
from bot.domain.errors import InvalidInputError
from bot.domain.filing import Filing, Letter
from bot.domain.identifiers import new_id
from bot.domain.numbers import CHANCES, make_number
from bot.domain.order_clock import OrderClock
from bot.domain.work_order import Actor, ActorRole, Move, Step, WorkOrder
from bot.domain.work_order_moves import advance
from bot.domain.working_time import china_moment
from bot.ports import Complaints, Pictures
from bot.services.complaints.judging import judge_draft
from bot.services.complaints.letters import write_filing, write_update
from bot.services.complaints.merging import JOINABLE_STATES, find_root
from bot.services.complaints.noting import write_event
from bot.services.errands import Done, Occasion
from bot.services.knowledge import LiveKnowledge

# Complaints about the same thing within these days are offered for joining.
DUPLICATE_WINDOW: Final = timedelta(days=30)
_EARLIEST: Final = date(2000, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a complaint comes from.

    Attributes:
        owner_id: the citizen whose token may follow it; empty where somebody else files it.
        filed_by: the operator or program that files for somebody, or empty.
        repeat_key: see `Filing`.
    """

    channel: Channel
    at: datetime
    owner_id: str = ""
    filed_by: str = ""
    conversation_id: str = ""
    repeat_key: str = ""


class ComplaintFiling:
    """Files complaints of all channels."""

    def __init__(self, *, complaints: Complaints, pictures: Pictures, knowledge: LiveKnowledge) -> None:
        self._complaints = complaints
        self._pictures = pictures
        self._knowledge = knowledge

    async def run_errand(self, occasion: Occasion, errand: FileComplaint) -> Done:
        """Handler of `FileComplaint`: the filing is stored with the turn that tells its number."""
        draft = errand.draft
        alike = await self._find_offer(draft, occasion.at)
        if alike is not None:
            return _describe_duplicate(alike, occasion.viewer.id), ()
        origin = Origin(
            channel=Channel.CHAT,
            at=occasion.at,
            owner_id=occasion.viewer.id,
            conversation_id=occasion.conversation_id,
        )
        filing, joined = await self.prepare(draft, origin)
        return describe_filing(filing, joined), (filing,)

    async def offer(self, draft: Draft, origin: Origin, viewer_id: str) -> Filed | Duplicate:
        """Files and stores at once, or offers one to join first. Raises InvalidInputError, UnavailableError."""
        alike = await self._find_offer(draft, origin.at)
        if alike is not None:
            return _describe_duplicate(alike, viewer_id)
        filing, joined = await self._file(draft, origin)
        return describe_filing(filing, joined)

    async def file(self, draft: Draft, origin: Origin) -> Filing:
        """Files and stores at once, whatever is like it. Raises InvalidInputError, UnavailableError."""
        filing, _joined = await self._file(draft, origin)
        return filing

    async def _file(self, draft: Draft, origin: Origin) -> tuple[Filing, str | None]:
        """For faces that take ids and days from outside, which the dialogue does not."""
        _require_sense(self._knowledge.current.catalogue, draft, china_moment(origin.at).date())
        filing, joined = await self.prepare(draft, origin)
        await self._complaints.file(filing)
        return filing, joined

    async def _find_offer(self, draft: Draft, at: datetime) -> ComplaintCase | None:
        if draft.joins is not None or draft.declines_join:
            return None
        return await self.find_duplicate(draft, at)

    async def find_duplicate(self, draft: Draft, at: datetime) -> ComplaintCase | None:
        """A complaint about the same thing that is still worked on: the first, which the others join."""
        subject = draft.subject
        if not (subject.unit_id and subject.matter_id and subject.certificate_ids):
            return None
        alike = await self._complaints.find_duplicates(
            subject.unit_id, subject.matter_id, subject.certificate_ids, since=at - DUPLICATE_WINDOW
        )
        return alike[0] if alike else None

    async def prepare(self, draft: Draft, origin: Origin) -> tuple[Filing, str | None]:
        """What is to be stored, and the number of the complaint that it joins.

        Raises:
            InvalidInputError: it lacks its unit or story.
        """
        _require_enough(draft)
        knowledge = self._knowledge.current
        complaint = Complaint(
            id=new_id(),
            number=await self._choose_number(origin.at),
            filed_at=origin.at,
            channel=origin.channel,
            owner_id=origin.owner_id,
            filed_by=origin.filed_by,
            conversation_id=origin.conversation_id,
            subject=draft.subject,
            contact=Contact() if draft.protection is Protection.ANONYMOUS else draft.contact,
            protection=draft.protection,
            story=draft.story.strip(),
            evidence=judge_draft(knowledge, draft, china_moment(origin.at).date()),
            pictures=await self._choose_pictures(draft, origin),
        )
        clock = OrderClock(terms=knowledge.catalogue.terms, calendar=knowledge.catalogue.calendar)
        order = clock.set_due(
            WorkOrder(complaint_id=complaint.id, clock_from=origin.at, answer_from=origin.at, changed_at=origin.at)
        )
        actor = _actor_of(origin)
        filing = Filing(
            complaint=complaint,
            order=order,
            events=(write_event(order, None, actor),),
            letters=(write_filing(complaint, order, knowledge.catalogue),),
            repeat_key=origin.repeat_key,
        )
        first = await self._find_joined(draft)
        if first is None:
            return filing, None
        return _join(filing, first.complaint, clock, actor), first.complaint.number

    async def _find_joined(self, draft: Draft) -> ComplaintCase | None:
        """The complaint to join, where it is about the same unit and still worked on; it was some time ago offered."""
        case = await self._complaints.find(draft.joins) if draft.joins else None
        if case is not None:
            case = await find_root(self._complaints, case)
        if case is None or case.complaint.subject.unit_id != draft.subject.unit_id:
            return None
        return case if case.order.state in JOINABLE_STATES else None

    async def _choose_number(self, at: datetime) -> str:
        while True:
            number = make_number(china_moment(at).year, secrets.randbelow(CHANCES))
            if await self._complaints.find(number) is None:
                return number

    async def _choose_pictures(self, draft: Draft, origin: Origin) -> tuple[str, ...]:
        """Those that the same person sent; a conversation cannot attach another's."""
        sender = origin.owner_id or origin.filed_by
        owned = [id_ for id_ in dict.fromkeys(draft.pictures) if await self._pictures.find_owner(id_) == sender]
        return tuple(owned[:MOST_PICTURES])


def describe_filing(filing: Filing, joined: str | None) -> Filed:
    """What the citizen is told."""
    order = filing.order
    return Filed(number=filing.complaint.number, due_at=order.due_at, due_rule=order.due_rule, joined=joined)


def _describe_duplicate(case: ComplaintCase, viewer_id: str) -> Duplicate:
    complaint = case.complaint
    return Duplicate(number=complaint.number, filed_at=complaint.filed_at, is_own=complaint.owner_id == viewer_id != "")


def _require_enough(draft: Draft) -> None:
    missing: dict[str, str] = {}
    if not draft.story.strip():
        missing["story"] = "请说说事情的经过"
    if not (draft.subject.unit_id or draft.subject.unit_told):
        missing["unit"] = "请说是哪个单位"
    if draft.protection is not Protection.ANONYMOUS and not draft.contact.phone:
        missing["phone"] = "请留一个电话，或者选匿名"
    if missing:
        raise InvalidInputError("；".join(missing.values()), missing)


def _require_sense(catalogue: Catalogue, draft: Draft, today: date) -> None:
    """Raises InvalidInputError for what the catalogue does not hold and for days that cannot be meant."""
    subject = draft.subject
    wrong: dict[str, str] = {}
    if subject.unit_id is not None and subject.unit_id not in catalogue.units:
        wrong["unit_id"] = "没有这个单位"
    if subject.matter_id is not None and subject.matter_id not in catalogue.matters:
        wrong["matter_id"] = "没有这个事项"
    if not set(subject.certificate_ids) <= set(catalogue.certificates):
        wrong["certificate_ids"] = "没有这种证明"
    if subject.happened_on is not None and not _EARLIEST <= subject.happened_on <= today:
        wrong["happened_on"] = "日期不对：不能晚于今天"
    if wrong:
        raise InvalidInputError("；".join(wrong.values()), wrong)


def _actor_of(origin: Origin) -> Actor:
    role = ActorRole.OPERATOR if origin.channel is Channel.DESK else ActorRole.CITIZEN
    return Actor(role=role, id=origin.owner_id or origin.filed_by)


def _join(filing: Filing, first: Complaint, clock: OrderClock, actor: Actor) -> Filing:
    """Merged into the first; it keeps its own number and hears the first one's answer."""
    step = Step(move=Move.MERGE, target_id=first.id)
    merged = clock.set_due(advance(filing.order, step, actor, filing.order.changed_at))
    letter = write_update(filing.complaint, merged, step, merged_into=first.number)
    return replace(
        filing,
        order=merged,
        events=(*filing.events, write_event(merged, step, actor)),
        letters=_in_order(*filing.letters, letter),
    )


def _in_order(*letters: Letter) -> tuple[Letter, ...]:
    """With ids that sort as the letters were written, which those of one instant need not."""
    ids = sorted(letter.id for letter in letters)
    return tuple(replace(letter, id=id_) for letter, id_ in zip(letters, ids, strict=True))
