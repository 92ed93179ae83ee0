"""Complaints that were merged into another one."""

from typing import Final

from bot.domain.complaint_case import ComplaintCase
from bot.domain.errors import ConflictError
from bot.domain.work_order import State
from bot.domain.work_order_moves import OPEN_STATES
from bot.ports import Complaints

# Complaints that others may join: their answer is still to come, or can still be heard.
JOINABLE_STATES: Final = OPEN_STATES | {State.ANSWERED}
_LONGEST_CHAIN: Final = 20


async def find_root(complaints: Complaints, case: ComplaintCase) -> ComplaintCase:
    """The complaint that is worked on for this one: itself, or what it was merged into."""
    for _ in range(_LONGEST_CHAIN):
        if case.order.merged_into is None:
            return case
        case = await complaints.get(case.order.merged_into)
    raise ConflictError("这些投诉互相合并了，请联系管理员")
