"""Rules for what matters, certificates and units are called: a name means one thing, and a thing has many names."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz, process

from bot.catalogue.checks.comparing import form_of
from bot.catalogue.checks.places import Said
from bot.domain.errors import Finding
from intents.vocabulary import Named, Phrases, names_of

# People name a thing in more ways than one thinks; below this the engine meets too many of them for the first time.
_ENOUGH_NAMES: Final = 15
_SIMILAR: Final = 60.0
_NOTHING_LEFT: Final = "去掉符号和长数字以后什么也不剩，程序认不出来"


@dataclass(frozen=True, slots=True)
class Claim:
    """That some words mean an item; `derived` where nobody wrote the words so (a name without its brackets)."""

    item: str
    said: Said
    form: str
    derived: bool = False

    @property
    def is_spoken(self) -> bool:
        """Whether it stands in `spoken/` and not in the catalogue."""
        return self.said.place.startswith("spoken")


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Everything that the items of one kind are called.

    Attributes:
        kind: in Chinese, for messages.
        items: the catalogue's items.
        claims: names and aliases of the catalogue, then spoken phrases, in the engine's form.
        places: item id → where its row stands.
        spoken: official name for which there are spoken phrases → where the first of them stands.
    """

    kind: str
    items: tuple[Named, ...]
    claims: tuple[Claim, ...]
    places: Mapping[str, str]
    spoken: Mapping[str, str]

    def is_listed(self, name: str) -> bool:
        """Whether the catalogue has an item of this official name."""
        return any(item.name == name for item in self.items)


def gather_group(
    kind: str,
    items: Sequence[Named],
    places: Mapping[str, str],
    phrases: Iterable[tuple[str, Said]],
    normalise: Callable[[str], str],
) -> Group:
    """What items are called, by the catalogue and by the spoken phrases.

    Args:
        places: item id → where its row stands.
        phrases: official name and spoken phrase, as `spoken/*.csv` has them.
    """
    claims: list[Claim] = []
    for item in items:
        for name in names_of(item):
            derived = name != item.name and name not in item.aliases
            claims.append(Claim(item.name, Said(name, places[item.id]), form_of(name, normalise), derived))
    spoken: dict[str, str] = {}
    for name, said in phrases:
        claims.append(Claim(name, said, form_of(said.text, normalise)))
        spoken.setdefault(name, said.place)
    return Group(kind=kind, items=tuple(items), claims=tuple(claims), places=places, spoken=spoken)


def check_names(group: Group) -> Iterator[Finding]:
    """Names that mean two items, and phrases of which nothing is left."""
    for same in _by_form(group.claims).values():
        first, *others = sorted(same, key=lambda claim: claim.derived)
        for claim in _once_each(others):
            if claim.item != first.item and not first.derived and _meet(group, first, claim):
                yield _report_shared(group.kind, first, claim)
    rows: dict[str, str] = {}
    for item in group.items:
        first_row = rows.setdefault(item.name, group.places[item.id])
        if first_row != group.places[item.id]:
            yield Finding(group.places[item.id], f"已经有{group.kind}叫“{item.name}”，另一处在 {first_row}")
    for claim in group.claims:
        if not claim.form and claim.is_spoken:
            yield Finding(claim.said.place, f"“{claim.said.text}”{_NOTHING_LEFT}，请删掉")


def remark_names(group: Group) -> Iterator[Finding]:
    """Names that do nothing, or little, and phrases of unknown items."""
    # Spoken phrases serve other cities too, so that repeating a name of this catalogue is not in vain.
    for same in _by_form(claim for claim in group.claims if claim.is_spoken).values():
        yield from _remark_repeated(same)
    for claim in group.claims:
        if len(claim.form) == 1:
            yield Finding(claim.said.place, f"“{claim.said.text}”只有一个字，容易认错，建议换长一点的说法")
        elif not claim.form and not claim.is_spoken:
            yield Finding(claim.said.place, f"“{claim.said.text}”{_NOTHING_LEFT}")
    yield from _remark_unknown(group)


def remark_few_names(group: Group, phrases: Phrases) -> Iterator[Finding]:
    """Items that people can name in few ways only, by all the phrases that the engine will use."""
    for item in group.items:
        count = len(phrases.by_id[item.id])
        if count < _ENOUGH_NAMES:
            message = f"{group.kind}“{item.name}”只有 {count} 种叫法，不到 {_ENOUGH_NAMES} 种，请补充别名或者口语说法"
            yield Finding(group.places[item.id], message)


def _meet(group: Group, first: Claim, second: Claim) -> bool:
    """Phrases of an item that this catalogue does not have are not used here; they may repeat its names."""
    if first.is_spoken and second.is_spoken:
        return True
    return all(group.is_listed(claim.item) for claim in (first, second))


def _report_shared(kind: str, first: Claim, second: Claim) -> Finding:
    words = f"“{second.said.text}”"
    if first.said.text != second.said.text:
        words += f"（和“{first.said.text}”整理后是同一句）"
    official = "正式名称就叫这个，" if first.said.text == first.item else ""
    message = f"{words}既指{kind}“{second.item}”，又指“{first.item}”，只能归一个；{official}另一处在 {first.said.place}"
    return Finding(second.said.place, message)


def _remark_repeated(same: list[Claim]) -> Iterator[Finding]:
    first, *others = same
    for claim in others:
        if claim.item == first.item:
            words = f"“{claim.said.text}”整理后和“{first.said.text}”一样，多余了，可以删掉"
            yield Finding(claim.said.place, f"{words}（另一处在 {first.said.place}）")


def _remark_unknown(group: Group) -> Iterator[Finding]:
    """Phrases for items that this catalogue does not have; a name close to one without phrases looks like a slip."""
    names = {item.name for item in group.items}
    lonely = sorted(names - set(group.spoken))
    strange: list[str] = []
    for name in (name for name in group.spoken if name not in names):
        close = process.extractOne(name, lonely, scorer=fuzz.ratio, score_cutoff=_SIMILAR)
        if close:
            yield Finding(group.spoken[name], f"目录里没有叫“{name}”的{group.kind}，是不是“{close[0]}”写错了")
        else:
            strange.append(name)
    if strange:
        message = f"有 {len(strange)} 个{group.kind}名称不在目录里，说法暂时用不上：{'、'.join(strange[:3])}"
        yield Finding(group.spoken[strange[0]], message + ("等" if strange[3:] else ""))


def _by_form(claims: Iterable[Claim]) -> dict[str, list[Claim]]:
    """Claims of the same words; claims of which nothing is left are passed over."""
    groups: dict[str, list[Claim]] = {}
    for claim in claims:
        if claim.form:
            groups.setdefault(claim.form, []).append(claim)
    return groups


def _once_each(claims: Iterable[Claim]) -> Iterable[Claim]:
    """The first claim of each item."""
    return {claim.item: claim for claim in reversed(tuple(claims))}.values()
