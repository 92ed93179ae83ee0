"""Keeps personal data no longer than the table of terms says."""

import asyncio
import logging
from datetime import datetime
from typing import Final

from bot.domain.complaint_case import ComplaintCase
from bot.domain.failure_report import describe_failure
from bot.domain.order_clock import is_under_review
from bot.domain.retention import DataKind
from bot.ports import Clock, Complaints, PersonalData
from bot.services.complaints.merging import JOINABLE_STATES, find_root
from bot.services.knowledge import LiveKnowledge

_LOG: Final = logging.getLogger(__name__)
_PAUSE_SECONDS: Final = 24 * 3_600.0
# After a start there is more urgent work.
_FIRST_PAUSE_SECONDS: Final = 60.0


class Retention:
    """One a process; several do no harm, since what is gone is gone."""

    def __init__(
        self, *, personal_data: PersonalData, complaints: Complaints, knowledge: LiveKnowledge, clock: Clock
    ) -> None:
        self._personal_data = personal_data
        self._complaints = complaints
        self._knowledge = knowledge
        self._clock = clock

    async def run(self) -> None:
        """Works once a day until it is cancelled."""
        await asyncio.sleep(_FIRST_PAUSE_SECONDS)
        while True:
            try:
                await self.purge()
            except Exception as error:  # noqa: BLE001 - the top of a background task
                _LOG.error("old personal data was not erased: %s", describe_failure(error))
            await asyncio.sleep(_PAUSE_SECONDS)

    async def purge(self) -> dict[DataKind, int]:
        """Erases what has been kept long enough, and says how much. Raises UnavailableError."""
        rules, now, data = self._knowledge.current.catalogue.retention, self._clock.now(), self._personal_data
        before = {kind: rule.expires_before(now) for kind, rule in rules.items()}
        purged = {
            DataKind.COMPLAINT: await self._erase_complaints(before[DataKind.COMPLAINT], now),
            DataKind.DRAFT: await data.purge_drafts(before[DataKind.DRAFT]),
            DataKind.MESSAGE: await data.purge_messages(before[DataKind.MESSAGE]),
            DataKind.PICTURE: await data.purge_pictures(before[DataKind.PICTURE]),
            DataKind.LETTER: await data.purge_letters(before[DataKind.LETTER]),
            DataKind.VERIFICATION: await data.purge_verifications(before[DataKind.VERIFICATION]),
            DataKind.COMMITMENT: await data.purge_commitments(before[DataKind.COMMITMENT]),
        }
        _LOG.info("kept long enough and erased: %s", {kind.value: count for kind, count in purged.items()})
        return purged

    async def _erase_complaints(self, before: datetime, now: datetime) -> int:
        erased = 0
        for id_ in await self._personal_data.list_ended(before):
            case = await self._complaints.get(id_)
            if not await is_in_use(self._complaints, self._personal_data, case):
                await self._personal_data.erase_complaint(case.complaint, now)
                erased += 1
        return erased


async def is_in_use(complaints: Complaints, personal_data: PersonalData, case: ComplaintCase) -> bool:
    """Whether somebody still works on it: itself, the one it was merged into, or a letter on its way."""
    root = await find_root(complaints, case)
    if root.order.state in JOINABLE_STATES or is_under_review(root.order):
        return True
    return await personal_data.has_waiting_letters(case.complaint.id)
