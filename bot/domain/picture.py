"""A picture sent with a complaint, as it is kept: drawn anew, without what the camera wrote about place and time."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """One picture. `owner_id`: who sent it."""

    id: str
    owner_id: str
    media_type: str
    content: bytes = field(repr=False)
    at: datetime
