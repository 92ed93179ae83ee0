"""Chooses what a message wants: the model's best intent, unless its slots or the conversation say otherwise."""

from typing import Final

from intents.cues import Signs
from intents.decode import Reading, Seen
from intents.tuning import Tuning, logistic
from intents.understanding import Act, Context, Intent

INTENTS: Final = tuple(Intent)
# Intents that are about slots, so that a message may lean on the slots of the one before.
SLOT_INTENTS: Final = frozenset({Intent.CERTIFICATE_NEEDED, Intent.MATTER_MATERIALS, Intent.CERTIFICATE_OBTAIN})
# Bound here, since Python 3.11 takes longer to look up a member of an enum than to call a function.
_EMERGENCY, _POLICY_FAQ, _OUT_OF_SCOPE = Intent.EMERGENCY, Intent.POLICY_FAQ, Intent.OUT_OF_SCOPE
_NEEDED, _MATERIALS = Intent.CERTIFICATE_NEEDED, Intent.MATTER_MATERIALS
# How sure an intent is, at the least, that a rule has chosen.
_SURE_BY_RULE: Final = 0.8
# A message this short that names a slot only is a fragment of the question before.
FRAGMENT: Final = 16
_FIRM_INTENTS: Final = frozenset({Intent.COMPLAINT_FILE, Intent.COMPLAINT_TRACK, Intent.HUMAN, Intent.EMERGENCY})
_ANSWERING_ACTS: Final = frozenset({Act.ASK_BASIS, Act.ASK_WHY, Act.STILL_DEMANDED})
_BARE_ACTS: Final = frozenset({Act.AFFIRM, Act.DENY, Act.ABANDON, Act.SKIP, Act.REPEAT, Act.CHOOSE})


def choose_intent(
    reading: Reading,
    context: Context,
    act: Act | None,
    matter: bool,
    certificate: bool,
    alone: Intent | None,
    tuning: Tuning,
) -> tuple[Intent, float, str]:
    """Intent, how likely it is right, and which rule or model decided.

    Args:
        matter, certificate: whether the message really names one.
        alone: what a message wants that is a name and nothing else, see `NameAlone`.
    """
    first, second = INTENTS[reading.seen.ranking[0]], INTENTS[reading.seen.ranking[1]]
    is_about_matter = matter and reading.decoded.matter.right >= tuning.answer_at
    # Danger comes first; "驾驶本不见了" sounds like it a little, and only there the matter wins.
    is_doubtful = reading.seen.intents[reading.seen.ranking[0]] < tuning.intent_at
    is_overruled = first is _EMERGENCY and is_about_matter and is_doubtful
    best, rule = (second, "slots:no emergency") if is_overruled else (first, "model:intent")
    sure = logistic(tuning.intent_right, intent_features_of(reading.seen))
    if best is _EMERGENCY:
        return best, sure, rule
    if context.intent is not None:
        is_firm = best in _FIRM_INTENTS and sure >= tuning.intent_at
        leaned = _lean_on_context(reading.seen.text, context, act, best, is_firm, matter, certificate, reading.signs)
        if leaned is not None:
            return leaned[0], max(sure, _SURE_BY_RULE), f"context:{leaned[1]}"
    if alone is not None:
        return alone, max(sure, _SURE_BY_RULE), "slots:a name alone"
    if best is _POLICY_FAQ and is_about_matter and certificate and second is _NEEDED:
        return second, sure, "slots:both named"
    if best is _NEEDED and second is _OUT_OF_SCOPE and is_about_matter and certificate:
        # A matter and a certificate of the catalogue are what this program is for: only the others compete.
        both = sum(float(reading.seen.intents[place]) for place in reading.seen.ranking[:2])
        return best, logistic(tuning.intent_right, (both, both)), "slots:both named"
    unsure = best is _NEEDED and sure < tuning.intent_at
    if unsure and is_about_matter and not certificate and second is _MATERIALS:
        return second, sure, "slots:no certificate named"
    if act in _BARE_ACTS and not (matter or certificate):
        return (
            (best if best in {Intent.SMALLTALK, Intent.COMPLAINT_TRACK} else Intent.SMALLTALK),
            _SURE_BY_RULE,
            f"act:{act}",
        )
    return best, sure, rule


def intent_features_of(seen: Seen) -> tuple[float, float]:
    """Features of how likely the best intent is right: its probability, and its lead over the second."""
    first, second = seen.intents[seen.ranking[0]], seen.intents[seen.ranking[1]]
    return first, first - second


def _lean_on_context(
    text: str,
    context: Context,
    act: Act | None,
    best: Intent,
    is_firm: bool,
    matter: bool,
    certificate: bool,
    signs: Signs,
) -> tuple[Intent, str] | None:
    """The intent that a fragment inherits from the turn before, with the reason; None where it stands alone."""
    before = context.intent
    short = len(text) <= FRAGMENT
    if act in _ANSWERING_ACTS and before in SLOT_INTENTS:
        return Intent.POLICY_FAQ, "asks about the answer"
    if before is Intent.E_LICENSE and certificate and short and best is not Intent.SMALLTALK:
        return Intent.E_LICENSE, "another licence"
    if before is Intent.VERIFICATION_TRACK and best is Intent.COMPLAINT_TRACK:
        return Intent.VERIFICATION_TRACK, "the same verification"
    if before is not Intent.CERTIFICATE_NEEDED and before is not Intent.MATTER_MATERIALS:
        return None
    # Who is asked for a certificate and asks for another matter's list answers nothing.
    asks_anew = context.asked == "certificate" and best is Intent.MATTER_MATERIALS and not certificate
    if (
        context.asked in {"matter", "certificate"}
        and (matter or certificate)
        and best in SLOT_INTENTS | {Intent.OUT_OF_SCOPE}
        and not asks_anew
    ):
        return (
            Intent.CERTIFICATE_NEEDED if context.certificates or certificate else before
        ), "answers the question asked"
    goes_on = best in SLOT_INTENTS | {Intent.SMALLTALK, Intent.OUT_OF_SCOPE} or "呢" in text
    if certificate and short and goes_on and best is not Intent.CERTIFICATE_OBTAIN:
        return Intent.CERTIFICATE_NEEDED, "names another certificate"
    if matter and context.certificates and (act is Act.CORRECT or (short and text.endswith("呢"))):
        return Intent.CERTIFICATE_NEEDED, "names another matter"
    if (signs.person or signs.issued) and context.certificates and not matter and not is_firm:
        return Intent.CERTIFICATE_NEEDED, "tells a circumstance"
    return None
