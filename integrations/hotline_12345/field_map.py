"""Our words and the 12345 centre's, side by side: the one file to change for another centre.

The left names are those seen in public work-order interfaces; the centre of this city publishes none. Statuses and
outcomes are the centre's words on the left and ours on the right.
"""

from typing import Any, Final

from bot.domain.hotline import HotlineOrder, HotlineStatus, HotlineUpdate
from bot.domain.work_order import Outcome

STATUSES: Final[dict[str, HotlineStatus]] = {
    "ACCEPTED": HotlineStatus.ACCEPTED,
    "REFUSED": HotlineStatus.REFUSED,
    "DISPATCHED": HotlineStatus.DISPATCHED,
    "RETURNED": HotlineStatus.RETURNED,
    "REASSIGNED": HotlineStatus.REASSIGNED,
    "HANDLING": HotlineStatus.HANDLING,
    "EXTENDED": HotlineStatus.EXTENDED,
    "ANSWERED": HotlineStatus.ANSWERED,
    "CLOSED": HotlineStatus.CLOSED,
    "REOPENED": HotlineStatus.REOPENED,
}
OUTCOMES: Final[dict[str, Outcome]] = {
    "SOLVED": Outcome.SOLVED,
    "PARTLY": Outcome.PARTLY,
    "UNSOLVED": Outcome.UNSOLVED,
    "LAWFUL": Outcome.LAWFUL,
    "CANNOT_ACT": Outcome.CANNOT_ACT,
}
_APPEAL_TYPE: Final = "投诉举报"
_APPEAL_CATEGORY: Final = "无证件（证明）办事"
_APPEAL_SOURCE: Final = "免证办"


def render_order(order: HotlineOrder) -> dict[str, Any]:
    """A new work order in the centre's fields, ours beside them."""
    return {
        "externalNumber": order.number,
        "callerName": order.name,
        "contactPhone": order.phone,
        "callbackWanted": order.wants_callback,
        "callerConfidential": order.hide_from_unit,
        "privacyLevel": order.protection,
        "appealType": _APPEAL_TYPE,
        "appealCategory": _APPEAL_CATEGORY,
        "appealSource": _APPEAL_SOURCE,
        "appealSubject": order.title,
        "appealDescription": order.description,
        "incidentAddress": order.place,
        "incidentDate": order.happened_on.isoformat() if order.happened_on else None,
        "incidentTime": order.time_told,
        "involvedUnit": order.unit_name,
        "involvedUnitId": order.unit_id,
        "expectedDeadline": order.due_at.isoformat() if order.due_at else None,
        "deadlineRule": order.due_rule,
        "matterId": order.matter_id,
        "matterName": order.matter_name,
        "certificateIds": list(order.certificate_ids),
        "certificateNames": list(order.certificate_names),
        "issuerNames": list(order.issuer_names),
        "catalogueVersion": order.version,
        "article20Items": list(order.article20_items),
        "demandLawful": order.lawful,
        "evidenceRows": list(order.evidence),
        "legalBasis": list(order.basis),
        "assessment": order.explanation,
        "attachmentCount": order.picture_count,
        "acceptedAt": order.filed_at.isoformat(),
    }


def render_update(update: HotlineUpdate) -> dict[str, Any]:
    """What happened on our side in the centre's fields."""
    return {
        "externalNumber": update.number,
        "action": update.move.value.upper(),
        "actionName": update.move.label,
        "happenedAt": update.at.isoformat(),
        "content": update.text,
        "unitId": update.unit_id,
        "outcome": update.outcome.value.upper() if update.outcome else None,
        "satisfaction": update.rating,
        "mergedInto": update.merged_into,
    }
