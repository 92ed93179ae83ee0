"""What certificates, units and matters are called in replies."""

from bot.dialogue.replies import Replies
from bot.domain.catalogue import Catalogue, Certificate, Unit


def name_certificate(catalogue: Catalogue, say: Replies, certificate_id: str, words: str) -> str:
    """What the citizen called it, with the official name behind, or the official name alone.

    Args:
        words: what was said.
    """
    certificate = catalogue.certificates[certificate_id]
    spoken = _find_spoken(certificate, words)
    if spoken is None or spoken in certificate.name:
        return certificate.name
    return say("certificate.spoken", name=spoken, certificate=certificate.name)


def _find_spoken(certificate: Certificate, words: str) -> str | None:
    return max((alias for alias in certificate.aliases if alias in words), key=len, default=None)


def name_unit(unit: Unit, say: Replies) -> str:
    """A unit with its telephone number, where the catalogue has one."""
    if unit.phone:
        return say("obtain.unit_phone", unit=unit.name, phone=unit.phone)
    return say("obtain.unit", unit=unit.name)


def find_example(catalogue: Catalogue, say: Replies) -> str:
    """A question that the catalogue can answer, to show how one asks; empty where it holds no entry."""
    entry = next(iter(catalogue.entries.values()), None)
    if entry is None:
        return ""
    matter, certificate = catalogue.matters[entry.matter_id], catalogue.certificates[entry.certificate_id]
    return say("ask.example", matter=matter.name, certificate=certificate.name)
