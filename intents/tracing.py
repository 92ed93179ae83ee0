"""Tells why a message was understood as it was: what was read in it, how sure each part is, and which rules decided."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import accumulate, pairwise
from typing import Final

import rjieba

from intents.choose import INTENTS
from intents.compose import CERTIFICATE, MATTER
from intents.cues import AGENT, OUTSIDE, Signs
from intents.decode import Ranked, Reading, Seen
from intents.features import Floats
from intents.understanding import Candidate, Trace

_SHOWN: Final = 5
_MARKS: Final = {MATTER: "/事项", CERTIFICATE: "/证明"}
_WHOLE: Final = frozenset({"matter", "certificate", "unit"})
# Every message makes a dozen; this takes a third of the time of calling the class.
_new_candidate: Final[Callable[[tuple[str, float]], Candidate]] = partial(tuple.__new__, Candidate)


def explain_reading(
    reading: Reading,
    rules: Sequence[str],
    matters: tuple[str, ...],
    certificates: tuple[str, ...],
    thresholds: Mapping[str, float],
) -> Trace:
    """The trace of a message.

    Args:
        rules: what decided the intent, then each rule that decided anything about slots.
        matters, certificates: ids in the order of the classes.
    """
    seen, decoded = reading.seen, reading.decoded
    order = seen.ranking[:_SHOWN]
    scores = {
        "intent": tuple(Candidate(id=INTENTS[place], score=round(seen.intents[place], 4)) for place in order),
        "matter": list_candidates(decoded.matter, matters),
        "faq": reading.faq,
    }
    for number, item in enumerate(decoded.certificates, 1):
        scores[f"certificate {number}"] = list_candidates(item.ranked, certificates)
    return Trace(
        normalised=seen.text,
        segments=_list_segments(seen),
        mentions=seen.mentions,
        scores=scores,
        decided_by=(
            *rules[:1],
            *(["again:slot missed"] if reading.again else []),
            *(f"slips:{slip.text}={slip.kind}:{slip.id}" for slip in reading.slips),
            f"matter named {decoded.named:.2f} right {decoded.matter.right:.2f}",
            *(f"certificate real {item.real:.2f} right {item.ranked.right:.2f}" for item in decoded.certificates),
            *(f"reranker:{slot}" for slot in reading.reranked),
            *rules[1:],
            *_judge_circumstances(reading.signs),
            *(f"{name} {share:.2f} cue {cue:.0f}" for name, share, (_, cue) in reading.signs.judged),
        ),
        thresholds=dict(thresholds),
    )


def list_candidates(ranked: Ranked, ids: tuple[str, ...]) -> tuple[Candidate, ...]:
    """The likeliest classes of a slot by their ids."""
    shown = zip(map(ids.__getitem__, ranked.classes[:_SHOWN]), ranked.scores, strict=False)
    return tuple(map(_new_candidate, shown))


def _judge_circumstances(signs: Signs) -> Iterator[str]:
    """Whether models or cue words told who comes and where a certificate was issued, and cue words not believed."""
    cued = {mention.id for mention in signs.mentions}
    for judged, found in ((AGENT, signs.person), (OUTSIDE, signs.issued)):
        if found == judged:
            yield f"circumstances:{judged}"
        elif judged in cued:
            yield f"circumstances:not {judged}"
        elif found:
            yield f"cues:{found}"


def _list_segments(seen: Seen) -> tuple[str, ...]:
    """The words of the text, known names whole, marked 事项 or 证明 where most of a word has that role."""
    text = seen.text
    whole = [(item.start, item.end) for item in seen.mentions if item.kind in _WHOLE]
    ends = set(accumulate(len(word) for word in rjieba.cut(text)))
    ends = {end for end in ends if not any(start < end < stop for start, stop in whole)}
    ends |= {place for span in whole for place in span}
    cuts = sorted(ends | {0, len(text)})
    return tuple(_mark(text[start:end], seen.roles[start:end]) for start, end in pairwise(cuts))


def _mark(word: str, roles: Floats) -> str:
    return word + _MARKS.get(int(roles.sum(axis=0).argmax()), "")
