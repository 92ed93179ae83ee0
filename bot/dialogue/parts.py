"""Builds the simple parts of a reply, and the values of its choices."""

from collections.abc import Iterable

from bot.domain.conversation import Choice, Part


def text_part(text: str) -> Part:
    """Words."""
    return Part(type="text", text=text)


def choices_part(text: str, choices: Iterable[Choice]) -> Part:
    """Buttons under a line of text."""
    return Part(type="choices", text=text, choices=tuple(choices))


def link_part(label: str, url: str) -> Part:
    """A link; its label is also its text."""
    return Part(type="link", text=label, label=label, url=url)


def call_part(label: str, number: str) -> Part:
    """A button that dials."""
    return link_part(label, f"tel:{number}")


def matter_value(matter_id: str) -> str:
    """The value of a choice that settles the matter."""
    return f"matter:{matter_id}"


def certificate_value(certificate_id: str) -> str:
    """The value of a choice that settles the certificate."""
    return f"certificate:{certificate_id}"


def list_ids(values: Iterable[str], kind: str) -> tuple[str, ...]:
    """The ids among choice values of one kind, `matter` or `certificate`."""
    return tuple(value.removeprefix(f"{kind}:") for value in values if value.startswith(f"{kind}:"))
