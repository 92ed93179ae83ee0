"""What somebody should look at in rows of the catalogue, though it may be right."""

from collections.abc import Iterator, Mapping
from typing import Final

from bot.catalogue.checks.case import Case, Rule, apply_rules
from bot.catalogue.checks.citations import Documents
from bot.domain.catalogue import Catalogue, Channel, Measure, Scope
from bot.domain.errors import Finding

_OTHER_WAYS: Final = ("或者", "电子证照", "也可以", "其他证件", "刷不")


def remark_entries(catalogue: Catalogue, documents: Documents, places: Mapping[str, str]) -> Iterator[Finding]:
    """What is worth a look in rows of the catalogue."""
    return apply_rules(_REMARKS, catalogue, documents, places)


def _remark_own_record(case: Case) -> str | None:
    if case.entry.measure is Measure.VERIFY and not case.entry.verify_time_limit and case.is_own_record:
        return "证明由办理单位自己出具，不用请别的单位核实，所以没有核实时限；请确认措施写“核实”合适"
    return None


def _remark_only_face(case: Case) -> str | None:
    if case.entry.channel is Channel.FACE and not any(word in case.entry.action for word in _OTHER_WAYS):
        return "办法里只写了刷脸，刷不了脸的人不知道怎么办，建议补一句其他办法"
    return None


def _remark_risky_commitment(case: Case) -> str | None:
    if case.entry.measure is not Measure.COMMITMENT:
        return None
    name = case.catalogue.matters[case.entry.matter_id].name
    risky = (word for word in case.catalogue.fact("commitment_risk_words").split("|") if word and word in name)
    word = next(risky, None)
    return f"事项涉及“{word}”，属于风险较大的领域，请确认适合告知承诺" if word else None


def _remark_plan_without_force(case: Case) -> str | None:
    """The plan binds the units of its two batches only; elsewhere a row may not rest on it alone."""
    unit = case.catalogue.unit_of(case.entry.matter_id)
    if case.entry.scope is Scope.PLAN_ONLY and unit and unit.batch and not unit.batch.startswith(("1", "2")):
        return "范围是“仅2019年方案”，可办理单位不在方案的名单里，这一行没有文件管得到，请确认"
    return None


_REMARKS: Final[tuple[Rule, ...]] = (
    _remark_own_record,
    _remark_only_face,
    _remark_risky_commitment,
    _remark_plan_without_force,
)
