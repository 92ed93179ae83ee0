"""Whether an electronic licence may be looked up for a matter, from where, and how little of it will do. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bot.domain.catalogue import Catalogue, Channel, Entry, Measure
from bot.domain.e_license import Provider
from bot.domain.identity import IdentityLevel

_BY_CHANNEL: Final[Mapping[Channel, tuple[Provider, ...]]] = {
    Channel.APP: (Provider.ZHELIBAN,),
    Channel.DATA_PLATFORM: (Provider.SHARING,),
}
# Where a city's tables say nothing else.
_DEFAULT_FIELDS: Final = ("持有人", "证照编号", "发证单位", "有效期至")
# A household, a marriage and an identity are asked for with more care than a licence that hangs on a wall.
_INTIMATE: Final = "身份证|户口|结婚|离婚|居住证|出生|死亡|残疾|低保|病"


@dataclass(frozen=True, slots=True, kw_only=True)
class LookUpRule:
    """What a look-up for one entry is bound to."""

    entry: Entry
    providers: tuple[Provider, ...]
    fields: tuple[str, ...]
    level: IdentityLevel


def find_rule(catalogue: Catalogue, matter_id: str, certificate_id: str) -> LookUpRule | None:
    """The rule for this pair, or None: only an entry that shares this certificate for this matter allows a look-up."""
    entry = catalogue.find_entry(matter_id, certificate_id)
    if entry is None or entry.measure is not Measure.SHARE:
        return None
    providers = _BY_CHANNEL.get(entry.channel, ())
    if not providers:
        return None
    certificate = catalogue.certificates[certificate_id]
    if entry.channel is Channel.APP and _is_of_police(catalogue, certificate.issuer):
        providers = (*providers, Provider.ALA_POLICE)
    return LookUpRule(
        entry=entry,
        providers=providers,
        fields=_read_fields(catalogue).get(certificate.name, _DEFAULT_FIELDS),
        level=_level_of(catalogue, certificate.name),
    )


def _is_of_police(catalogue: Catalogue, issuer: str) -> bool:
    return any(word in issuer for word in catalogue.fact("police_issuer_words", "公安|派出所|交管").split("|"))


def _level_of(catalogue: Catalogue, name: str) -> IdentityLevel:
    words = catalogue.fact("e_license_intimate_words", _INTIMATE).split("|")
    return IdentityLevel.ADVANCED if any(word in name for word in words) else IdentityLevel.REAL_NAME


def _read_fields(catalogue: Catalogue) -> Mapping[str, tuple[str, ...]]:
    """The fewest fields by the certificate's name, from a fact such as `结婚证=持有人、登记日期|营业执照=名称`."""
    pairs = (item.partition("=") for item in catalogue.fact("e_license_fields").split("|") if "=" in item)
    return {name.strip(): tuple(fields.split("、")) for name, _, fields in pairs}
