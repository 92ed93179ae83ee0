"""Complaints: stores, services, loops, what is public of them, and people's own data."""

from collections.abc import Mapping
from contextlib import AsyncExitStack

from aiohttp import web

from bot.dialogue.errands import Errand, FileComplaint, FollowComplaint
from bot.ports import Complaints
from bot.services.civic_requests import CivicDesk
from bot.services.complaints.announcing import Announcer
from bot.services.complaints.desk import ComplaintDesk
from bot.services.complaints.notices import NoticeKeeping
from bot.services.complaints.office import ComplaintOffice
from bot.services.delivery import Carrier
from bot.services.errands import Handler
from bot.services.pictures import PictureTaking
from bot.services.privacy import Privacy
from bot.services.retention import Retention
from bot.services.statistics import Statistics
from bot.settings import Settings
from bot.storage.case_facts import SqlCaseFacts
from bot.storage.civic_requests import SqlCivicRequests
from bot.storage.complaints import SqlComplaints
from bot.storage.outbox import SqlOutbox
from bot.storage.personal_data import SqlPersonalData
from bot.storage.pictures import SqlPictures
from web import keys
from wiring.ground import Ground, running
from wiring.hotline import connect_hotline


async def open_complaints(
    app: web.Application,
    settings: Settings,
    stack: AsyncExitStack,
    ground: Ground,
    carriers: Mapping[str, Carrier],
) -> dict[type[Errand], Handler]:
    """Complaints with the loops that keep their terms and carry them to 12345; the errands that they can run."""
    complaints = SqlComplaints(ground.engine, ground.cipher)
    pictures = SqlPictures(ground.engine, ground.cipher)
    notices = NoticeKeeping(
        conversations=app[keys.CONVERSATIONS],
        complaints=complaints,
        knowledge=ground.knowledge,
        clock=ground.clock,
    )
    office = ComplaintOffice.open(
        complaints=complaints,
        pictures=pictures,
        knowledge=ground.knowledge,
        limiter=ground.limiter,
        clock=ground.clock,
        metrics=ground.metrics,
        keep_notices=notices.keep,
    )
    announcer = Announcer(
        complaints=complaints,
        knowledge=ground.knowledge,
        clock=ground.clock,
        list_listeners=app[keys.LISTENERS].list_ids,
        tell=app[keys.LISTENERS].tell,
    )
    await stack.enter_async_context(running(announcer.run()))
    await stack.enter_async_context(running(office.clock_keeper.run()))
    app[keys.COMPLAINTS] = office
    app[keys.COMPLAINT_DESK] = ComplaintDesk(complaints=complaints, moving=office.moving, audit=ground.audit)
    _open_public(app, settings, ground, office, complaints)
    app[keys.PICTURES] = PictureTaking(
        pictures=pictures, complaints=complaints, limiter=ground.limiter, clock=ground.clock, audit=ground.audit
    )
    app[keys.OUTBOX] = SqlOutbox(ground.engine, ground.clock, ground.cipher)
    await connect_hotline(app, settings, stack, office.hearing, complaints, carriers)
    return {FileComplaint: office.filing.run_errand, FollowComplaint: office.following.run_errand}


async def open_privacy(app: web.Application, stack: AsyncExitStack, ground: Ground) -> None:
    """What people may ask for about their own data, and the loop that keeps it no longer than the table says."""
    complaints = SqlComplaints(ground.engine, ground.cipher)
    personal_data = SqlPersonalData(ground.engine, ground.cipher)
    app[keys.PRIVACY] = Privacy(
        complaints=complaints,
        conversations=app[keys.CONVERSATIONS],
        personal_data=personal_data,
        clock=ground.clock,
        audit=ground.audit,
    )
    retention = Retention(
        personal_data=personal_data, complaints=complaints, knowledge=ground.knowledge, clock=ground.clock
    )
    await stack.enter_async_context(running(retention.run()))


def _open_public(
    app: web.Application, settings: Settings, ground: Ground, office: ComplaintOffice, complaints: Complaints
) -> None:
    """What other programs may file and everybody may know of complaints."""
    requests, clock = SqlCivicRequests(ground.engine), ground.clock
    desk = CivicDesk(
        filing=office.filing, complaints=complaints, requests=requests, knowledge=ground.knowledge, clock=clock
    )
    app[keys.OPEN311] = keys.Open311(desk=desk, api_keys=settings.open311_keys, division=settings.division)
    app[keys.STATISTICS] = Statistics.open(SqlCaseFacts(ground.engine), ground.knowledge, clock)
