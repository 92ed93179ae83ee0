"""The catalogue: units, matters, certificates, and the entries that say how each certificate is checked instead."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from bot.domain.retention import DEFAULT_RETENTION, DataKind, RetentionRule
from bot.domain.terms import Term
from bot.domain.working_time import WorkCalendar


class Measure(StrEnum):
    """What is done about a certificate (2019 plan, part 1 (2), and the two further columns of annex 3)."""

    CANCEL = "取消"
    SHARE = "共享"
    VERIFY = "核实"
    SUBSTITUTE = "替代"
    COMMITMENT = "承诺"
    OTHER = "其他"
    NOT_YET = "暂时无法实现"


class Channel(StrEnum):
    """How the fact is checked (2020 rules, article 9); `none` where nothing is checked or replaced."""

    FACE = "face"
    APP = "app"
    DATA_PLATFORM = "data"
    VERIFICATION_PLATFORM = "verify"
    COMMITMENT = "promise"
    NONE = "none"


class Scope(StrEnum):
    """Which of the two documents governs an entry (2020 rules, articles 2, 3 and 21)."""

    APPLIES = "适用"
    PLAN_ONLY = "仅2019年方案"
    BY_REFERENCE = "参照适用"
    EXCLUDED = "不适用"


class Origin(StrEnum):
    """Where an entry comes from: named in an official text, or an example still to be confirmed by the unit."""

    OFFICIAL = "official"
    ILLUSTRATIVE = "illustrative"


class Handling(StrEnum):
    """Handled while one waits, or within a promised time; decides the clock of article 14."""

    IMMEDIATE = "即办"
    PROMISED = "承诺件"


class IssuerKind(StrEnum):
    """Who issues a certificate; article 3 covers only the city's own government units."""

    CITY_UNIT = "本市政务服务单位"
    CITY_UTILITY = "本市公用事业服务单位"
    VILLAGE = "村（居）民委员会"
    COMPANY = "社会机构或企业"
    OUTSIDE = "市外或境外单位"
    PROVINCE_OR_ABOVE = "省级以上单位"
    JUDICIARY = "司法机关"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A government unit, utility, or body to which the rules apply by reference."""

    id: str
    name: str
    short_name: str
    aliases: tuple[str, ...] = ()
    batch: str = ""
    level: str = ""
    phone: str = ""
    phone_note: str = ""
    by_reference: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """A town or street office with its unit."""

    id: str
    name: str
    unit_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """A kind of certificate that offices used to ask for."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    issuer: str
    issuer_unit_id: str = ""
    issuer_kind: IssuerKind = IssuerKind.CITY_UNIT


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """A public service that people apply for."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    unit_id: str
    audience: str = ""
    handling: Handling = Handling.PROMISED
    demand_basis: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One certificate in one matter: the row on which an answer rests."""

    id: str
    matter_id: str
    certificate_id: str
    measure: Measure
    channel: Channel
    legal_basis: tuple[str, ...]
    demand_basis: str = ""
    reason: str = ""
    action: str = ""
    verify_time_limit: str = ""
    scope: Scope = Scope.APPLIES
    scope_note: str = ""
    origin: Origin = Origin.ILLUSTRATIVE
    source: str = ""
    effective_from: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureText:
    """A measure or channel explained in plain words."""

    id: str
    name: str
    document: str
    article: str
    meaning: str
    action: str

    @property
    def citation(self) -> str:
        """Document and article, as a legal basis is written."""
        return f"{self.document} {self.article}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An article that a rule of this program rests on, under the key by which the rule asks for it."""

    key: str
    document: str
    article: str
    summary: str

    @property
    def citation(self) -> str:
        """Document and article, as a legal basis is written."""
        return f"{self.document} {self.article}"


@dataclass(frozen=True, slots=True, kw_only=True)
class NationalItem:
    """An item of a national or provincial list, such as what village committees no longer issue."""

    id: str
    list_name: str
    document: str
    name: str
    kind: str
    applies_to: str
    replacement: str
    handled_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FaqEntry:
    """A curated answer about the reform."""

    id: str
    topic: str
    intent: str
    question: str
    asks: tuple[str, ...]
    answer: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """Everything an answer may rest on, indexed. Built and checked by `bot.catalogue.load`.

    `version` is a hash of the files, so that the same data always carries the same name.
    """

    version: str
    units: dict[str, Unit]
    matters: dict[str, Matter]
    certificates: dict[str, Certificate]
    entries: dict[str, Entry]
    towns: dict[str, Town] = field(default_factory=dict)
    measures: dict[str, MeasureText] = field(default_factory=dict)
    articles: dict[str, Article] = field(default_factory=dict)
    facts: dict[str, str] = field(default_factory=dict)
    national: tuple[NationalItem, ...] = ()
    faq: dict[str, FaqEntry] = field(default_factory=dict)
    calendar: WorkCalendar = field(default_factory=WorkCalendar)
    terms: dict[str, Term] = field(default_factory=dict)
    retention: Mapping[DataKind, RetentionRule] = field(default_factory=lambda: DEFAULT_RETENTION)
    by_pair: dict[tuple[str, str], Entry] = field(default_factory=dict)
    by_matter: dict[str, tuple[Entry, ...]] = field(default_factory=dict)
    by_certificate: dict[str, tuple[Entry, ...]] = field(default_factory=dict)

    def find_entry(self, matter_id: str, certificate_id: str) -> Entry | None:
        """The entry of this pair, or None: outside the catalogue nothing may be demanded (2020 rules, article 8)."""
        return self.by_pair.get((matter_id, certificate_id))

    def list_by_matter(self, matter_id: str) -> tuple[Entry, ...]:
        """All entries of a matter, in file order."""
        return self.by_matter.get(matter_id, ())

    def list_by_certificate(self, certificate_id: str) -> tuple[Entry, ...]:
        """All entries of a certificate, in file order."""
        return self.by_certificate.get(certificate_id, ())

    def fact(self, key: str, default: str = "") -> str:
        """A local fact such as the complaint line; `default` where the city's tables do not give it."""
        return self.facts.get(key, default)

    def cite(self, key: str) -> tuple[str, ...]:
        """The citation behind a rule, or nothing where the city's tables do not name the article."""
        article = self.articles.get(key)
        return (article.citation,) if article else ()

    def unit_of(self, matter_id: str) -> Unit | None:
        """The unit that handles a matter."""
        return self.units.get(self.matters[matter_id].unit_id)


def group_entries(entries: Iterable[Entry], key: str) -> dict[str, tuple[Entry, ...]]:
    """Entries by one of their id attributes, keeping file order."""
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(getattr(entry, key), []).append(entry)
    return {name: tuple(group) for name, group in groups.items()}
