"""Second step: takes the conversation so far into account, as far as the engine has not."""

import re
from dataclasses import replace
from typing import Final

from bot.dialogue.names import is_named_after
from bot.dialogue.parts import list_ids
from bot.dialogue.pipeline import Answer, Heard, Turn
from bot.domain.catalogue import Catalogue
from bot.domain.conversation import Memory
from bot.domain.verdict import Person
from intents.understanding import Act, Intent, Level

# An offered matter that the answer points to at all is meant, for it was just offered.
_POINTED_AT: Final = 0.1
# A message this short that names a certificate only is a fragment of the question before.
_FRAGMENT: Final = 24
# Matters called after those who act for others.
_OF_AGENTS: Final = re.compile("代办|代理|委托")
_LISTED: Final = frozenset({Intent.MATTER_MATERIALS, Intent.CERTIFICATE_OBTAIN})


class RecallConversation:
    """Fills what the message leaves out from what was settled before, and drops what no longer holds."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def __call__(self, turn: Turn) -> Turn | Answer:
        heard = self._keep_certificates(self._stay(turn), turn.memory)
        for lean in (
            _repeat_question,
            _pick_offered,
            self._accept_pending,
            self._keep_topic,
            _merge_circumstances,
        ):
            heard = lean(heard, turn.memory)
        return replace(turn, heard=heard)

    def _stay(self, turn: Turn) -> Heard:
        """A doubtful matter is no new one where the certificate is listed under the one talked about."""
        heard, memory = turn.heard, turn.memory
        is_open = memory.matter is not None and memory.asks is None and bool(heard.certificates)
        if memory.matter is None or not is_open:
            return heard
        # “无犯罪的呢” asks on about the matter that lists it, and is no 无犯罪记录公证.
        asks_on = turn.words.rstrip("？?").endswith("呢") and self._repeats_certificate(heard)
        if (asks_on or self._only_tells_who(heard)) and self._lists(memory.matter, heard):
            return replace(heard, matter=memory.matter, matter_level=Level.CLEAR)
        if not self._is_doubtful(heard):
            return heard
        if not self._lists(memory.matter, heard):
            return heard
        is_fragment = len(turn.words) <= _FRAGMENT and self._may_mean(memory.matter, turn)
        if not is_fragment and not self._repeats_certificate(heard):
            return heard
        return replace(heard, matter=memory.matter, matter_level=Level.CLEAR)

    def _only_tells_who(self, heard: Heard) -> bool:
        """Whether what looks like a matter is only that somebody acts for another (“我去替她办” is no 代办登记)."""
        matter = self._catalogue.matters.get(heard.matter or "")
        return heard.person == Person.AGENT and matter is not None and bool(_OF_AGENTS.search(matter.name))

    def _may_mean(self, matter: str, turn: Turn) -> bool:
        """Whether words that seem to name a matter may still be about this one: “…呢” asks on, or it is a candidate."""
        return turn.words.rstrip("？?").endswith("呢") or matter in {item.id for item in turn.heard.matters}

    def _is_doubtful(self, heard: Heard) -> bool:
        """Whether the matter is unclear, or one called after the certificate that does not even ask for it."""
        if heard.matter_level in {Level.OPEN, Level.CONFIRM}:
            return True
        return heard.matter is not None and not self._lists(heard.matter, heard) and self._repeats_certificate(heard)

    def _keep_certificates(self, heard: Heard, memory: Memory) -> Heard:
        """The answer to “for which matter?” names no other certificate by naming a matter called after one."""
        is_answer = memory.asks == "matter" and memory.certificates and heard.certificates
        if not is_answer or not self._repeats_certificate(heard):
            return heard
        return replace(heard, certificates=memory.certificates, certificate_level=Level.CLEAR)

    def _repeats_certificate(self, heard: Heard) -> bool:
        """Whether the matter seems to be named only because it is called after the certificate, as 居住证申领 is."""
        best = heard.matter or next((item.id for item in heard.matters), None)
        if best is None:
            return False
        matter = self._catalogue.matters[best]
        return any(is_named_after(matter, self._catalogue.certificates[item]) for item in heard.certificates)

    def _accept_pending(self, heard: Heard, memory: Memory) -> Heard:
        """Who was asked “is it this matter?” and goes on about what it asks for has said yes."""
        pending = list_ids(memory.pending, "matter")
        goes_on = heard.intent is Intent.CERTIFICATE_NEEDED and heard.certificate_level is Level.CLEAR
        if memory.asks != "confirm" or not pending or not goes_on or heard.matter_level is not Level.ABSENT:
            return heard
        return replace(heard, matter=pending[0], matter_level=Level.CLEAR) if self._lists(pending[0], heard) else heard

    def _keep_topic(self, heard: Heard, memory: Memory) -> Heard:
        """A list, or the way to a certificate, is asked for what was talked about where nothing else is named."""
        if heard.intent not in _LISTED:
            return heard
        if heard.intent is Intent.CERTIFICATE_OBTAIN and heard.certificate_level is Level.ABSENT:
            level = Level.CLEAR if memory.certificates else Level.ABSENT
            heard = replace(heard, certificates=memory.certificates, certificate_level=level)
        matter = memory.matter if heard.matter_level is Level.ABSENT else None
        if matter is None or not (heard.certificates in {(), memory.certificates} or self._lists(matter, heard)):
            return heard
        return replace(heard, matter=matter, matter_level=Level.CLEAR)

    def _lists(self, matter: str, heard: Heard) -> bool:
        return all(self._catalogue.find_entry(matter, item) for item in heard.certificates)


def _repeat_question(heard: Heard, memory: Memory) -> Heard:
    """“再说一遍” asks once more what was asked before."""
    if heard.act is not Act.REPEAT or memory.intent is None:
        return heard
    return replace(
        heard,
        intent=Intent(memory.intent),
        matter=memory.matter,
        matter_level=Level.CLEAR if memory.matter else Level.ABSENT,
        certificates=memory.certificates,
        certificate_level=Level.CLEAR if memory.certificates else Level.ABSENT,
    )


def _pick_offered(heard: Heard, memory: Memory) -> Heard:
    """Words that point to one of the matters just offered settle it."""
    if memory.asks not in {"matter", "confirm"} or heard.matter_level not in {Level.OPEN, Level.CONFIRM}:
        return heard
    offered = list_ids(memory.offered, "matter")
    picked = next((item.id for item in heard.matters if item.id in offered and item.score >= _POINTED_AT), None)
    return replace(heard, matter=picked, matter_level=Level.CLEAR) if picked else heard


def _merge_circumstances(heard: Heard, memory: Memory) -> Heard:
    """Who comes holds for one matter, where a certificate was issued for that certificate alone.

    A matter that corrects the one before is still the same errand.
    """
    is_same_matter = memory.matter is None or heard.matter in {None, memory.matter} or heard.act is Act.CORRECT
    is_same_certificate = not memory.certificates or heard.certificates in {(), memory.certificates}
    return replace(
        heard,
        person=heard.person or (memory.person if is_same_matter else None),
        issued=heard.issued or (memory.issued if is_same_matter and is_same_certificate else None),
    )
