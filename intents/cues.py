"""Who comes to the counter, where a certificate was issued, and what a short message does: read from cue words."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from intents.understanding import Act, Mention

# A place says where a certificate comes from when one of these stands this close to it.
_ISSUING: Final = re.compile(r"[开发办出领打补给拿盖交缴做读离结]|那边|那本|那张|的")
_NEAR: Final = 6
_CAPTURING: Final = re.compile(r"(?<!\\)\((?!\?)")
# Where people come from is no word about where their papers were issued.
_ORIGIN_OF_PERSON: Final = re.compile(r"外地(户口|户籍|人|来)|外来务?工|新\w{2}人")
_FROM: Final = re.compile(r"(我|是|他|她|们)$")
_CAME: Final = re.compile(r"^(人|来|过来)")
_ORDINALS: Final = "一二三四五六"
# What `Signs` says of person and place, and the groups of `cues.yaml` that are names of places.
AGENT, OUTSIDE = "agent", "outside"
OUTSIDE_NAMES: Final = ("provinces", "zhejiang", "cities", "countries")
_OUTSIDE_KINDS: Final = ("markers", *OUTSIDE_NAMES)


# How likely a circumstance is told: its name, the probability, and the features of that: log-odds of its model, and 1
# for a cue. A plain tuple, since every message makes two.
Judged = tuple[str, float, tuple[float, float]]


class Signs(NamedTuple):
    """What one message says: `person` self or agent, `issued` inside or outside, else None.

    `mentions` are the cue words that say so, `judged` how likely the models find an agent and a paper from outside.
    """

    person: str | None = None
    issued: str | None = None
    mentions: tuple[Mention, ...] = ()
    judged: tuple[Judged, ...] = ()


_NOTHING: Final = Signs()


def list_cue_words(
    cues: Mapping[str, Mapping[str, tuple[str, ...]]],
    inside: Iterable[str],
    normalise: Callable[[str], str],
) -> Iterator[tuple[str, str, str]]:
    """Cue words for a `Spotter`, as (kind, id, word).

    Args:
        cues: groups of words as in `cues.yaml`.
        inside: names of the city's own places; they never count as outside.
    """
    own = frozenset(inside)
    agent, outside = cues.get("agent", {}), cues.get("out_of_city", {})
    for word in agent.get("words", ()):
        yield "person", "agent", normalise(word)
    for pattern in agent.get("patterns", ()):
        for person in agent.get("persons", ()):
            yield "person", "agent", normalise(pattern.replace("{person}", person))
    for word in agent.get("not_agent", ()):
        yield "person", "nobody", normalise(word)
    for word in cues.get("self", {}).get("words", ()):
        yield "person", "self", normalise(word)
    for kind in _OUTSIDE_KINDS:
        for word in outside.get(kind, ()):
            if word not in own:
                yield "place", "outside", normalise(word)
    for word in outside.get("not_places", ()):
        yield "place", "nowhere", normalise(word)
    for item, words in cues.get("breaches", {}).items():
        for word in words:
            yield "breach", item, normalise(word)
    for word in (*own, *cues.get("in_city", {}).get("words", ())):
        yield "place", "inside", normalise(word)


def compile_agent(cues: Mapping[str, Mapping[str, tuple[str, ...]]]) -> re.Pattern[str]:
    """The regular expressions by which somebody says that they act for another, as one."""
    return join_expressions(cues.get("agent", {}).get("regexes", ()))


def join_expressions(expressions: Iterable[str]) -> re.Pattern[str]:
    """One regular expression for all of these; for none of them one that nothing fits."""
    return re.compile("|".join(map(_group, expressions)) or r"(?!)")


def read_signs(text: str, mentions: Sequence[Mention], agent_says: re.Pattern[str]) -> Signs:
    """What the cue words among the mentions say about person and place.

    Args:
        text: normalised. mentions: of kinds `person` and `place` among others, longest only.
        agent_says: as `compile_agent` gives it.
    """
    person = _find_person(text, [mention for mention in mentions if mention.kind == "person"], agent_says)
    place = _find_place(text, mentions)
    if person is None and place is None:
        return _NOTHING
    return Signs(
        person=person.id if person else None,
        issued=place.id if place else None,
        mentions=tuple(mention for mention in (person, place) if mention),
    )


def _find_person(text: str, persons: Sequence[Mention], agent_says: re.Pattern[str]) -> Mention | None:
    for mention in persons:
        if mention.id == "agent":
            return mention
    agent = _find_agent(text, persons, agent_says)
    return agent or next((mention for mention in persons if mention.id == "self"), None)


def _find_place(text: str, mentions: Sequence[Mention]) -> Mention | None:
    places = [mention for mention in mentions if mention.kind == "place"]
    if not places:
        return None
    papers = frozenset(mention.start for mention in mentions if mention.kind == "certificate")
    for mention in places:
        if mention.id == "outside" and _is_issuing(text, mention, papers):
            return mention
    return next((mention for mention in places if mention.id == "inside"), None)


def _find_agent(text: str, persons: Sequence[Mention], agent_says: re.Pattern[str]) -> Mention | None:
    """Where the text says so in other words, unless a word there means nobody ("帮我", "替代")."""
    for match in agent_says.finditer(text):
        if not any(item.id == "nobody" and item.start < match.end() and match.start() < item.end for item in persons):
            return Mention(kind="person", id="agent", start=match.start(), end=match.end(), text=match.group())
    return None


def _is_issuing(text: str, place: Mention, papers: frozenset[int]) -> bool:
    """Whether a place outside tells where a paper comes from, and not only where its owner does.

    Args:
        papers: where names of certificates begin; one right behind a place ("安徽结婚证") comes from there.
    """
    if _ORIGIN_OF_PERSON.match(text, place.start):
        return False
    if place.end in papers:
        return True
    before, after = text[max(0, place.start - _NEAR) : place.start], text[place.end : place.end + _NEAR]
    if _FROM.search(before) and _CAME.match(after):
        return False
    return bool(_ISSUING.search(after) or _ISSUING.search(before))


class ActReader:
    """Reads what a short message does to the conversation."""

    def __init__(self, acts: Mapping[str, tuple[str, ...]]) -> None:
        self._acts = {name: Act(name) for name in acts}
        every = (f"(?P<{name}>{'|'.join(map(_group, items))})" for name, items in acts.items())
        self._read = re.compile("|".join(every) or r"(?!)").fullmatch

    def read(self, text: str) -> tuple[Act | None, int | None]:
        """The act of a normalised message, and for a choice which one (0-based; -1 is the last)."""
        found = self._read(text)
        if found is None or found.lastgroup is None:
            return None, None
        act = self._acts[found.lastgroup]
        return act, _read_ordinal(text) if act is Act.CHOOSE else None


def _group(expression: str) -> str:
    """The expression as one part of a longer one, with groups that capture nothing: that takes half the time."""
    return f"(?:{_CAPTURING.sub('(?:', expression)})"


def _read_ordinal(text: str) -> int:
    if "最后" in text:
        return -1
    return next((_ORDINALS.index(character) for character in text if character in _ORDINALS), -1)
