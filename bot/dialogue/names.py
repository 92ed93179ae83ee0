"""What certificates, units and matters are called in replies."""

import re
from typing import Final

from bot.dialogue.replies import Replies
from bot.domain.catalogue import Catalogue, Certificate, Matter, Unit

_SUFFIX: Final = re.compile("(证明|证书|凭证)$")
# A name shorter than this stands in others by chance.
_TELLING: Final = 3


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


def is_named_after(matter: Matter, certificate: Certificate) -> bool:
    """Whether a matter is called after a certificate, and so is the way to get it, as 居住证申领 is for 居住证."""
    names = (certificate.name, *certificate.aliases)
    stems = (_SUFFIX.sub("", name) for name in names)
    return any(stem in matter.name and len(stem) >= _TELLING for stem in (*names, *stems))


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
