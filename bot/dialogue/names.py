"""What certificates, units and matters are called in replies."""

from bot.dialogue.replies import Replies
from bot.domain.catalogue import Catalogue, Certificate, Unit
from intents.understanding import Understanding


def name_certificate(catalogue: Catalogue, say: Replies, certificate_id: str, heard: Understanding) -> str:
    """The word that the citizen used, with the official name behind it, or the official name alone."""
    certificate = catalogue.certificates[certificate_id]
    spoken = find_spoken(certificate, heard)
    if spoken is None or spoken in certificate.name:
        return certificate.name
    return say("certificate.spoken", name=spoken, certificate=certificate.name)


def find_spoken(certificate: Certificate, heard: Understanding) -> str | None:
    """The alias of a certificate by which the message named it."""
    said = {mention.text for mention in heard.trace.mentions if mention.id == certificate.id}
    return next((alias for alias in certificate.aliases if alias in said), None)


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
