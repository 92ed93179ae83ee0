"""Chooses what a message wants: the model's best intent, unless its slots or the conversation say otherwise."""

from typing import Final

from intents.decode import Reading, Seen
from intents.leaning import adds_only_circumstance, is_whole_sentence, lean_on_context
from intents.tuning import Tuning, logistic
from intents.understanding import Act, Context, Intent

INTENTS: Final = tuple(Intent)
# Bound here, since Python 3.11 takes longer to look up a member of an enum than to call a function.
_EMERGENCY, _POLICY_FAQ, _OUT_OF_SCOPE = Intent.EMERGENCY, Intent.POLICY_FAQ, Intent.OUT_OF_SCOPE
_NEEDED, _MATERIALS = Intent.CERTIFICATE_NEEDED, Intent.MATTER_MATERIALS
# How sure an intent is, at the least, that a rule has chosen.
_SURE_BY_RULE: Final = 0.8
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
    # Danger comes first; "驾驶本不见了" and "他在外地" sound like it a little, and only there something else wins.
    is_doubtful = reading.seen.intents[reading.seen.ranking[0]] < tuning.intent_at
    is_overruled = first is _EMERGENCY and is_doubtful and (is_about_matter or adds_only_circumstance(reading))
    best, rule = (second, "slots:no emergency") if is_overruled else (first, "model:intent")
    sure = logistic(tuning.intent_right, intent_features_of(reading.seen))
    if best is _EMERGENCY:
        return best, sure, rule
    if context.intent is not None:
        leaned = lean_on_context(reading, context, act, best, matter, certificate, tuning)
        if leaned is not None:
            own = min(sure, reading.seen.intents[reading.seen.ranking[0]])
            is_whole = is_whole_sentence(leaned[1], reading.seen)
            return leaned[0], own if is_whole else max(sure, _SURE_BY_RULE), f"context:{leaned[1]}"
    if alone is not None:
        return alone, max(sure, _SURE_BY_RULE), "slots:a name alone"
    by_slots = _choose_by_slots(reading, (best, second), sure, is_about_matter, certificate, tuning)
    if by_slots is not None:
        return by_slots
    if act in _BARE_ACTS and not (matter or certificate):
        return (
            (best if best in {Intent.SMALLTALK, Intent.COMPLAINT_TRACK} else Intent.SMALLTALK),
            _SURE_BY_RULE,
            f"act:{act}",
        )
    return best, sure, rule


def _choose_by_slots(
    reading: Reading, likeliest: tuple[Intent, Intent], sure: float, matter: bool, certificate: bool, tuning: Tuning
) -> tuple[Intent, float, str] | None:
    """What the slots say against the likeliest intent; None where they say nothing.

    Args:
        likeliest: the best intent and the second. matter: whether the message surely is about one.
    """
    best, second = likeliest
    if best is _POLICY_FAQ and matter and certificate and second is _NEEDED:
        return second, sure, "slots:both named"
    if best is _NEEDED and second is _OUT_OF_SCOPE and matter and certificate:
        # A matter and a certificate of the catalogue are what this program is for: only the others compete.
        both = sum(float(reading.seen.intents[place]) for place in reading.seen.ranking[:2])
        return best, logistic(tuning.intent_right, (both, both)), "slots:both named"
    if sure >= tuning.intent_at or not matter or certificate:
        return None
    if best is _NEEDED and second is _MATERIALS:
        return second, sure, "slots:no certificate named"
    if best is _OUT_OF_SCOPE and reading.decoded.named >= tuning.obtain_at:
        # "孩子要上小学了" is worth a question back.
        return _MATERIALS, sure, "slots:a matter named"
    return None


def intent_features_of(seen: Seen) -> tuple[float, float]:
    """Features of how likely the best intent is right: its probability, and its lead over the second."""
    first, second = seen.intents[seen.ranking[0]], seen.intents[seen.ranking[1]]
    return first, first - second
