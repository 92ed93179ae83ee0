"""Whether a message names a matter, and which certificates it asks about, where it stands in a conversation."""

from collections.abc import Sequence
from typing import Final

from intents.asked import AskedCertificates
from intents.decode import CertificateReading, Reading, Seen
from intents.leaning import FRAGMENT, NAMES, adds_only_circumstance
from intents.tuning import Tuning
from intents.understanding import Context

# The rule by which a fragment stays with the matter of the conversation, though in doubt.
HARDLY_NAMED: Final = "slots:matter hardly named"
# So many characters beside the name of a place tell nothing more ("…的").
_BESIDE_PLACE: Final = 1
_PLACES: Final = frozenset({"place", "town"})


class Naming:
    """Finds what a message names.

    Args:
        asked: finds the certificates that are asked about. matters, certificates: ids in the order of the classes.
        objects: (matter, certificate) where the matter is about getting that very certificate.
        listed: (matter, certificate) of every entry of the catalogue.
    """

    def __init__(
        self,
        asked: AskedCertificates,
        matters: tuple[str, ...],
        certificates: tuple[str, ...],
        objects: frozenset[tuple[str, str]],
        listed: frozenset[tuple[str, str]],
        tuning: Tuning,
    ) -> None:
        self._asked = asked
        self._matters = matters
        self._certificates = certificates
        self._objects = objects
        self._listed = listed
        self._tuning = tuning

    def find(
        self, reading: Reading, context: Context, is_matter_alone: bool, rules: list[str]
    ) -> tuple[bool, list[CertificateReading]]:
        """Whether the message names a matter, and what names certificates that are asked about.

        Args:
            is_matter_alone: whether the message is the name of a matter. rules: those that decide something are added,
                here and below.
        """
        named = is_matter_alone or reading.decoded.named >= self._tuning.name_at
        is_fragment = context.matter is not None and context.asked is None and len(reading.seen.text) <= FRAGMENT
        if named and is_fragment and reading.decoded.named < self._tuning.obtain_at:
            # In a conversation a fragment ("他在外地") turns to another matter only if that is surely named.
            named = False
            rules.append(HARDLY_NAMED)
        repeated = self._find_repeated(reading, context) if named else []
        is_of_matter = bool(repeated) and self._turns_to_matter(repeated, reading, context)
        if repeated and not is_of_matter:
            named = False
            rules.append("slots:matter only seems named")
        certificates = [] if is_of_matter else self._asked.find(reading, named, rules)
        rules += ["slots:certificate belongs to the matter"] if is_of_matter else []
        if not (named or certificates):
            return False, []
        if (context.certificates or context.matter) and adds_only_circumstance(reading):
            rules.append("slots:only a circumstance told")
            return False, []
        if _names_only_places(reading.seen):
            rules.append("slots:only a place named")
            return False, []
        return named, certificates

    def _find_repeated(self, reading: Reading, context: Context) -> list[str]:
        """Certificates in a fragment ("打疫苗的小本呢") that the matter is about, so that it may only seem named."""
        if context.matter is None or len(reading.seen.text) > FRAGMENT:
            return []
        matter, least = self._matters[reading.decoded.matter.classes[0]], self._tuning.name_at
        certificates = (item for item in reading.decoded.certificates if item.real >= least)
        found = [self._certificates[item.ranked.classes[0]] for item in certificates]
        return [certificate for certificate in found if (matter, certificate) in self._objects]

    def _turns_to_matter(self, repeated: Sequence[str], reading: Reading, context: Context) -> bool:
        """Whether such a fragment ("考教师资格用的") names the matter all the same: nothing asks for that paper."""
        is_known = any(item.is_exact for item in reading.decoded.certificates)
        is_listed = any((context.matter, certificate) in self._listed for certificate in repeated)
        return not is_known and not is_listed and reading.decoded.named >= self._tuning.obtain_at


def _names_only_places(seen: Seen) -> bool:
    """Whether a message is the name of a place and nothing more ("意大利"), unlike "外地户口本"."""
    if any(item.kind in NAMES for item in seen.mentions):
        return False
    told = {(item.start, item.end) for item in seen.mentions if item.kind in _PLACES}
    return bool(told) and len(seen.text) - sum(end - start for start, end in told) <= _BESIDE_PLACE
