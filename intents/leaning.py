"""Whether a message leans on the conversation: a fragment, an answer to what was asked, a circumstance told later.

In the middle of a conversation strangers' talk is heard as well ("老家夏天热不热"), and must not be answered with the
verdict before it. So what the models take for something else leans only where hardly a word is left beside names.
"""

from typing import Final

from intents.compose import CERTIFICATE, MATTER
from intents.decode import Reading, Seen
from intents.tuning import Tuning
from intents.understanding import Act, Context, Intent

# Intents that are about slots, so that a message may lean on the slots of the one before.
SLOT_INTENTS: Final = frozenset({Intent.CERTIFICATE_NEEDED, Intent.MATTER_MATERIALS, Intent.CERTIFICATE_OBTAIN})
# A message this short that names a slot only is a fragment of the question before.
FRAGMENT: Final = 16
# Reasons why a message leans on the one before that a whole sentence may give as well.
ANOTHER: Final = "names another certificate"
ANSWER: Final = "answers the question asked"
# What a bare name is easily taken for.
_STRAY: Final = frozenset({Intent.SMALLTALK, Intent.OUT_OF_SCOPE})
# What is never a part of the question before, if it is surely meant.
_FIRM: Final = frozenset({Intent.COMPLAINT_FILE, Intent.COMPLAINT_TRACK, Intent.HUMAN, Intent.EMERGENCY})
_ANSWERING_ACTS: Final = frozenset({Act.ASK_BASIS, Act.ASK_WHY, Act.STILL_DEMANDED})
# So many characters beside names, or beside a circumstance, hardly say anything.
_BESIDE_NAMES: Final = 2
_BESIDE_CIRCUMSTANCE: Final = 3
# Beside more, a fragment is a sentence of its own.
_BESIDE_FRAGMENT: Final = 4
_SHORT_ANSWER: Final = 8
_NAMED: Final = 0.5
# Mentions of what the catalogue names.
NAMES: Final = frozenset({"matter", "certificate"})
# Bound here, since Python 3.11 takes longer to look up a member of an enum than to call a function.
_NEEDED, _MATERIALS, _OBTAIN = Intent.CERTIFICATE_NEEDED, Intent.MATTER_MATERIALS, Intent.CERTIFICATE_OBTAIN
_OUT_OF_SCOPE, _E_LICENSE = Intent.OUT_OF_SCOPE, Intent.E_LICENSE


def lean_on_context(
    reading: Reading, context: Context, act: Act | None, best: Intent, matter: bool, certificate: bool, tuning: Tuning
) -> tuple[Intent, str] | None:
    """The intent that a message inherits from the turn before, with the reason; None where it stands alone.

    Args:
        best: the model's best intent. matter, certificate: whether the message really names one.
    """
    before = context.intent
    if act in _ANSWERING_ACTS and before in SLOT_INTENTS:
        return Intent.POLICY_FAQ, "asks about the answer"
    if act is Act.ASK_REST and before in SLOT_INTENTS and context.matter is not None:
        return _MATERIALS, "asks for the rest"
    if before is _E_LICENSE and certificate and _is_fragment(reading.seen, best):
        return _E_LICENSE, "another licence"
    if before is Intent.VERIFICATION_TRACK and best is Intent.COMPLAINT_TRACK:
        return Intent.VERIFICATION_TRACK, "the same verification"
    if before is not _NEEDED and before is not _MATERIALS:
        return None
    if _answers(reading.seen, context, best, matter, certificate):
        # Who was asked for the matter of a list names no certificate by it ("租房子用的").
        is_of_list = before is _MATERIALS and context.asked == "matter" and matter
        is_about_one = bool(context.certificates) or (certificate and not is_of_list)
        return _NEEDED if is_about_one else before, ANSWER
    if certificate and best is not _OBTAIN and _is_fragment(reading.seen, best):
        return _NEEDED, ANOTHER
    if matter and context.certificates and (act is Act.CORRECT or _ends_short(reading.seen.text)):
        return _NEEDED, "names another matter"
    is_about_list = before is _MATERIALS and context.matter is not None and not certificate
    if (context.certificates or is_about_list) and not matter and _tells_circumstance(reading, best, tuning):
        return _NEEDED if context.certificates else _MATERIALS, "tells a circumstance"
    return None


def is_whole_sentence(reason: str, seen: Seen) -> bool:
    """Whether what leans on the conversation for this reason says so much that it is only as sure as it would be alone.

    "低保户就该被人看不起吗" names a certificate, too.
    """
    if reason == ANOTHER:
        return count_beside(seen) > _BESIDE_FRAGMENT
    return reason == ANSWER and len(seen.text) > _SHORT_ANSWER


def adds_only_circumstance(reading: Reading) -> bool:
    """Whether a message tells who comes or where a certificate was issued, and hardly a word more ("老家开的")."""
    if not (reading.signs.person or reading.signs.issued):
        return False
    if any(mention.kind in NAMES for mention in reading.seen.mentions):
        return False
    told = sum(mention.end - mention.start for mention in reading.signs.mentions)
    return len(reading.seen.text) - told <= _BESIDE_CIRCUMSTANCE


def count_beside(seen: Seen) -> int:
    """How many characters of a message belong to no name, known or read."""
    named = seen.roles[:, MATTER] + seen.roles[:, CERTIFICATE] >= _NAMED
    for mention in seen.mentions:
        if mention.kind in NAMES:
            named[mention.start : mention.end] = True
    return len(named) - int(named.sum())


def _answers(seen: Seen, context: Context, best: Intent, matter: bool, certificate: bool) -> bool:
    """Whether a message names the matter or the certificate that the last reply asked for."""
    if context.asked not in ("matter", "certificate") or not (matter or certificate):
        return False
    # Who is asked for a certificate and asks for another matter's list answers nothing.
    if context.asked == "certificate" and best is _MATERIALS and not certificate:
        return False
    if best is _OUT_OF_SCOPE:
        return len(seen.text) <= _SHORT_ANSWER and count_beside(seen) <= _BESIDE_NAMES
    return best in SLOT_INTENTS


def _is_fragment(seen: Seen, best: Intent) -> bool:
    """Whether a message that names a certificate asks nothing but the question before, about that one."""
    if len(seen.text) > FRAGMENT:
        return False
    if best in _STRAY:
        return count_beside(seen) <= _BESIDE_NAMES
    return best in SLOT_INTENTS or "呢" in seen.text


def _ends_short(text: str) -> bool:
    return len(text) <= FRAGMENT and text.endswith("呢")


def _tells_circumstance(reading: Reading, best: Intent, tuning: Tuning) -> bool:
    """Whether a message tells who comes or where the certificate is from, and is about nothing else."""
    if not (reading.signs.person or reading.signs.issued):
        return False
    if best in SLOT_INTENTS:
        return True
    sure = reading.seen.intents[reading.seen.ranking[0]]
    if best in _FIRM and sure >= tuning.intent_at:
        return False
    return sure < tuning.heard_at or adds_only_circumstance(reading)
