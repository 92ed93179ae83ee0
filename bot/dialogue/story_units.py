"""Finds the units that a story names, the one that demanded something first. Pure."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from bot.domain.catalogue import Catalogue
from intents.understanding import Mention, Understanding

# "让我去派出所开", "要社区盖章": the unit only issues what another one demands.
_SENT_TO: Final = re.compile(r"(要|让|叫|逼|非要|催|喊|说)[^，]{0,8}?(自己|再|先|去|到|回|找|跑|上)+[^，]{0,3}$")
_GOES_TO: Final = re.compile(r"(要|让|叫|去|到|回|找|由)$")
_ISSUES: Final = re.compile(r"[^，]{0,4}(开|盖|写|敲|出|打|拉|弄)(一|个|张|份|具|证|章|居|健|亲|无|收|没|单|参|印)")
_REFUSES: Final = re.compile(r"[^，]{0,4}(不理|拒绝|不肯|不回|一直不|不配合|不给核)")


def find_units(parts: Sequence[Understanding], catalogue: Catalogue) -> tuple[str, ...]:
    """Ids of the units named.

    Args:
        parts: the sentences of a story as the engine understood them.
    """
    ranked = sorted(_rank_all(parts, catalogue), key=lambda pair: pair[0])
    named = (unit for part in parts for unit in part.units if unit in catalogue.units)
    return tuple(dict.fromkeys((*(unit for _, unit in ranked), *named))) if ranked else tuple(dict.fromkeys(named))


def _rank_all(parts: Sequence[Understanding], catalogue: Catalogue) -> Iterator[tuple[int, str]]:
    for part in parts:
        mentions = [item for item in part.mentions if item.kind == "unit" and item.id in catalogue.units]
        for mention in mentions:
            if not _is_place_of_another(mention, mentions):
                yield _rank(part.normalised, mention), mention.id


def _is_place_of_another(mention: Mention, mentions: Sequence[Mention]) -> bool:
    """Whether it only says where another one is: the town in "石碶派出所", the centre in "段塘街道便民服务中心"."""
    return any(
        other is not mention
        and (
            (mention.end == other.start and not _is_general(other))
            or (other.end == mention.start and _is_general(mention))
        )
        for other in mentions
    )


def _is_general(mention: Mention) -> bool:
    return mention.text.endswith(("便民服务中心", "服务中心", "社区", "村里", "镇政府"))


def _rank(text: str, mention: Mention) -> int:
    """0 where it refused, 1 where it demands or was visited, 2 where it only issues."""
    before, after = text[: mention.start], text[mention.end :]
    if _REFUSES.match(after):
        return 0
    is_issuer = _SENT_TO.search(before) or (_GOES_TO.search(before) and _ISSUES.match(after))
    return 2 if is_issuer else 1
