"""Which stretches of a message name a certificate that is asked about."""

from collections.abc import Sequence
from typing import Final

from intents.cues import join_expressions
from intents.decode import CertificateReading, Reading
from intents.tuning import Tuning

# So many certificates are a list.
_LISTED: Final = 2


class AskedCertificates:
    """Finds, among what was read as a certificate, those that the message asks about.

    Args:
        matters, certificates: ids in the order of the classes.
        objects: (matter, certificate) where the matter is about getting that very certificate.
        nothing_named: regular expressions of words for a paper that name none.
    """

    def __init__(
        self,
        matters: tuple[str, ...],
        certificates: tuple[str, ...],
        objects: frozenset[tuple[str, str]],
        nothing_named: Sequence[str],
        tuning: Tuning,
    ) -> None:
        self._matters = matters
        self._certificates = certificates
        self._objects = objects
        self._nothing = join_expressions(nothing_named)
        self._tuning = tuning

    def find(self, reading: Reading, named: bool, rules: list[str]) -> list[CertificateReading]:
        """What really names a certificate that is asked about.

        Args:
            named: whether the message names a matter. rules: those that decide something are added, here and below.
        """
        real = [item for item in reading.decoded.certificates if item.real >= self._tuning.name_at]
        if not real:
            real = [
                item
                for item in reading.decoded.certificates
                if item.is_exact and not self._is_object(item, reading, named)
            ]
            rules += ["slots:known name believed"] if real else []
        full = [
            item for item in real if item.is_exact or not self.says_nothing(reading.seen.text, item.start, item.end)
        ]
        rules += ["slots:words name no certificate"] if len(full) < len(real) else []
        return full if len(full) < _LISTED else self._part_list(full, reading, named, rules)

    def _part_list(
        self, real: list[CertificateReading], reading: Reading, named: bool, rules: list[str]
    ) -> list[CertificateReading]:
        """Those of several certificates that are asked about, in the order of the text.

        The same certificate named twice counts once. Beside another one, the certificate that the matter is about
        ("补身份证要不要登报") belongs to the matter.
        """
        best: dict[int, CertificateReading] = {}
        for item in real:
            key = item.ranked.classes[0]
            if key not in best or item.ranked.right > best[key].ranked.right:
                best[key] = item
        asked = [item for item in best.values() if not self._is_object(item, reading, named)]
        rules += ["slots:certificate belongs to the matter"] if 0 < len(asked) < len(best) else []
        return sorted(asked or best.values(), key=lambda item: item.start)

    def _is_object(self, item: CertificateReading, reading: Reading, named: bool) -> bool:
        """Whether the message names a matter that is about getting that very certificate."""
        matter, certificate = reading.decoded.matter.classes[0], item.ranked.classes[0]
        return named and (self._matters[matter], self._certificates[certificate]) in self._objects

    def says_nothing(self, text: str, start: int, end: int) -> bool:
        """Whether a stretch lies in words for a paper that name none ("那份东" in "那份东西")."""
        return any(found.start() <= start and end <= found.end() for found in self._nothing.finditer(text))
