"""Rules for rows of the catalogue: what a row says must fit together, and fit the documents it rests on."""

from collections.abc import Iterator, Mapping
from typing import Final

from bot.catalogue.checks.case import Case, Rule, apply_rules
from bot.catalogue.checks.citations import Documents
from bot.domain.catalogue import Catalogue, Channel, Handling, IssuerKind, Measure, Origin, Scope
from bot.domain.errors import Finding

# How a measure of the 2019 plan is carried out by the channels of article 9 of the 2020 rules (README, catalogue.csv).
_CHANNELS: Final[Mapping[Measure, frozenset[Channel]]] = {
    Measure.CANCEL: frozenset({Channel.NONE}),
    Measure.SHARE: frozenset({Channel.APP, Channel.DATA_PLATFORM, Channel.VERIFICATION_PLATFORM}),
    Measure.VERIFY: frozenset({Channel.VERIFICATION_PLATFORM}),
    Measure.SUBSTITUTE: frozenset({Channel.COMMITMENT}),
    Measure.COMMITMENT: frozenset({Channel.COMMITMENT}),
    Measure.OTHER: frozenset({Channel.FACE, Channel.COMMITMENT}),
    Measure.NOT_YET: frozenset({Channel.NONE}),
}
_CHANNEL_WORDS: Final = {
    Channel.FACE: "人脸识别",
    Channel.APP: "APP电子证照",
    Channel.DATA_PLATFORM: "公共数据共享平台",
    Channel.VERIFICATION_PLATFORM: "核查平台",
    Channel.COMMITMENT: "告知承诺制等其他",
    Channel.NONE: "不适用",
}
_LIMIT_FACTS: Final = {Handling.IMMEDIATE: "limit_instant", Handling.PROMISED: "limit_promise"}
_AGENT_WORDS: Final = ("代理", "代办")


def check_entries(catalogue: Catalogue, documents: Documents, places: Mapping[str, str]) -> Iterator[Finding]:
    """What is wrong with rows of the catalogue."""
    return apply_rules(_ERRORS, catalogue, documents, places)


def _find_missing_basis(case: Case) -> str | None:
    if not case.entry.legal_basis:
        return "“legal_basis”一列是空的，请写明这项措施的依据"
    needed = case.articles_of(case.entry.measure, case.entry.channel)
    if not needed or case.entry.scope is Scope.EXCLUDED or not case.documents.own or case.cited() & needed:
        return None
    wanted = "或者".join(f"“{document} {article}”" for document, article in sorted(needed))
    return f"措施是“{case.entry.measure}”，依据里却没有它的条款，应当有{wanted}"


def _find_foreign_basis(case: Case) -> str | None:
    """A clause that provides for another measure."""
    own = case.articles_of(case.entry.measure, case.entry.channel)
    for other in case.catalogue.measures.values():
        if (other.document, other.article) in case.cited() - own:
            return f"措施是“{case.entry.measure}”，依据里却引了“{other.name}”的条款“{other.citation}”"
    return None


def _find_wrong_channel(case: Case) -> str | None:
    entry = case.entry
    if entry.channel in _CHANNELS[entry.measure]:
        return None
    fitting = "、".join(words for channel, words in _CHANNEL_WORDS.items() if channel in _CHANNELS[entry.measure])
    return f"措施“{entry.measure}”和渠道“{_CHANNEL_WORDS[entry.channel]}”对不上，渠道应当是：{fitting}"


def _find_wrong_limit(case: Case) -> str | None:
    """The clock of article 14, by whether the matter is handled while one waits."""
    entry = case.entry
    if not entry.verify_time_limit:
        return None
    if entry.measure is not Measure.VERIFY:
        return f"只有“核实”才写核实时限，这一行是“{entry.measure}”，请清空“verify_time_limit”"
    handling = case.catalogue.matters[entry.matter_id].handling
    limit = _opening(case.catalogue.fact(_LIMIT_FACTS[handling]))
    if limit and _opening(entry.verify_time_limit) != limit:
        return f"这个事项是{handling}，核实时限应当是“{limit}”，这里写了“{entry.verify_time_limit}”"
    return None


def _find_missing_limit(case: Case) -> str | None:
    if case.entry.measure is Measure.VERIFY and not case.entry.verify_time_limit and not case.is_own_record:
        return "措施是“核实”，却没有写核实时限（“verify_time_limit”）"
    return None


def _find_missing_reason(case: Case) -> str | None:
    if case.entry.measure is Measure.NOT_YET and not case.entry.reason:
        return "“暂时无法实现”要在“reason”一列写明原因"
    return None


def _find_missing_action(case: Case) -> str | None:
    return None if case.entry.action else "“citizen_action”一列是空的，市民看不到该怎么做"


def _find_missing_scope_note(case: Case) -> str | None:
    if case.entry.scope is Scope.EXCLUDED and not case.entry.scope_note:
        return "范围是“不适用”，请在“scope_note”一列写明为什么"
    return None


def _find_wrong_scope(case: Case) -> str | None:
    """Articles 3 and 21: who issues the certificate, and who handles the matter."""
    entry, kind = case.entry, case.issuer_kind
    if entry.scope is Scope.BY_REFERENCE and not case.by_reference:
        return "范围写了“参照适用”，可办理单位在 units.csv 里不是参照适用的单位"
    if case.by_reference and entry.scope not in {Scope.BY_REFERENCE, Scope.EXCLUDED}:
        return f"办理单位是参照适用的单位，范围应当写“参照适用”，这里写了“{entry.scope}”"
    if entry.scope is Scope.PLAN_ONLY and kind is IssuerKind.CITY_UNIT:
        return "范围写了“仅2019年方案”，可这张证明由本市政务服务单位出具，2020年规定也管得到"
    outsider = kind in {IssuerKind.VILLAGE, IssuerKind.COMPANY}
    if entry.scope is Scope.APPLIES and outsider and entry.measure is not Measure.CANCEL:
        return f"这张证明由{kind}出具，不是2020年规定所称的证件（证明），范围应当写“仅2019年方案”"
    return None


def _find_spared_though_excluded(case: Case) -> str | None:
    if case.entry.scope is Scope.EXCLUDED and case.entry.measure is not Measure.NOT_YET:
        return f"范围是“不适用”（要自己带），措施却写了“{case.entry.measure}”（不用带），请改成一致"
    return None


def _find_missing_agent_note(case: Case) -> str | None:
    """Article 12 spares only those who come in person."""
    told = case.entry.action + case.entry.scope_note
    if case.entry.channel is Channel.FACE and not any(word in told for word in _AGENT_WORDS):
        return "刷脸只能本人来，请在“citizen_action”或者“scope_note”里写明代理人代办时怎么办"
    return None


def _find_early_start(case: Case) -> str | None:
    entry = case.entry
    start = case.documents.earliest_start(entry.legal_basis)
    if entry.origin is Origin.OFFICIAL or not entry.effective_from or not start or entry.effective_from >= start:
        return None
    return f"生效日期“{entry.effective_from}”早于依据的文件（{start}），请核对"


def _find_missing_source(case: Case) -> str | None:
    if case.entry.origin is Origin.OFFICIAL and not case.entry.source:
        return "“origin”写了 official，请在“source”一列写明出自哪份文件"
    return None


def _opening(text: str) -> str:
    return text.partition("，")[0]


_ERRORS: Final[tuple[Rule, ...]] = (
    _find_missing_basis,
    _find_foreign_basis,
    _find_wrong_channel,
    _find_wrong_limit,
    _find_missing_limit,
    _find_missing_reason,
    _find_missing_action,
    _find_missing_scope_note,
    _find_wrong_scope,
    _find_spared_though_excluded,
    _find_missing_agent_note,
    _find_early_start,
    _find_missing_source,
)
