"""Takes a complainant's own name and numbers out of words that others read."""

from bot.domain.complaint import Complaint
from bot.domain.personal_data import mask_personal_data

_SHORTEST_NAME = 2


def hide_person(complaint: Complaint, text: str) -> str:
    """The words with every personal number masked, and of the complainant's name only its first character."""
    name, phone = complaint.contact.name, complaint.contact.phone
    if phone:
        text = text.replace(phone, mask_phone(phone))
    if len(name) >= _SHORTEST_NAME:
        text = text.replace(name, mask_name(name))
    return mask_personal_data(text)


def mask_phone(phone: str) -> str:
    """Enough of a telephone number for its owner to know it."""
    return f"{phone[:3]}****{phone[-2:]}" if len(phone) > 6 else "*" * len(phone)


def mask_name(name: str) -> str:
    """The first character of a name."""
    return name[:1] + "*" * (len(name) - 1)
