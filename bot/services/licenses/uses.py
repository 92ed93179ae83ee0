"""Use records of look-ups."""

from datetime import datetime

from bot.domain.e_license import LicenseRequest
from bot.domain.use_record import Use, UseAct


def record_use(request: LicenseRequest, act: UseAct, at: datetime, *, by: str = "citizen") -> Use:
    """The record of an act about a look-up; holds names of fields, never a value.

    Args:
        by: role of who acts: `citizen`, or `system`.
    """
    return Use(
        at=at,
        act=act,
        actor_id=request.owner_id if by == "citizen" else by,
        actor_role=by,
        about=request.id,
        subject_id=request.owner_id,
        unit_id=request.unit_id,
        matter_id=request.matter_id,
        certificate_id=request.certificate_id,
        entry_id=request.entry_id,
        case_number=request.case_number,
        purpose=request.purpose,
        fields=request.fields,
        consent=request.consent.reference if request.consent else "",
    )
