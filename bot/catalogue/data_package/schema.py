"""The tables of the package: their names, keys, and what the columns mean."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from bot.domain.catalogue import Handling, IssuerKind, Measure, Origin, Scope
from bot.domain.terms import ClockKind, Step, TimeUnit


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignKey:
    """A column whose values are those of a column of another table; empty cells refer to nothing."""

    column: str
    table: str
    target: str = "id"


@dataclass(frozen=True, slots=True, kw_only=True)
class TableKind:
    """A table of the package.

    Attributes:
        path: the file name, the same as in a directory of catalogue tables.
        key: the column that tells rows apart.
        is_optional: whether a city may do without it.
    """

    name: str
    path: str
    title: str
    key: str = "id"
    foreign_keys: tuple[ForeignKey, ...] = ()
    is_optional: bool = True


# Parents come before the tables that refer to them.
TABLE_KINDS: Final = (
    TableKind(name="units", path="units.csv", title="单位", is_optional=False),
    TableKind(
        name="towns",
        path="towns.csv",
        title="镇、乡、街道",
        foreign_keys=(ForeignKey(column="unit_id", table="units"),),
    ),
    TableKind(
        name="matters",
        path="matters.csv",
        title="办事事项",
        foreign_keys=(ForeignKey(column="unit", table="units"),),
        is_optional=False,
    ),
    TableKind(
        name="certificates",
        path="certificates.csv",
        title="证件（证明）",
        foreign_keys=(ForeignKey(column="issuer_unit_id", table="units"),),
        is_optional=False,
    ),
    TableKind(name="measures", path="measures.csv", title="措施和渠道"),
    TableKind(
        name="entries",
        path="catalogue.csv",
        title="目录：每个事项的每张证明怎么处理",
        foreign_keys=(
            ForeignKey(column="matter_id", table="matters"),
            ForeignKey(column="certificate_id", table="certificates"),
            ForeignKey(column="measure_2019", table="measures", target="name"),
        ),
        is_optional=False,
    ),
    TableKind(name="articles", path="articles.csv", title="答复所依据的条款", key="key"),
    TableKind(name="documents", path="documents.csv", title="依据的文件", key="document"),
    TableKind(name="national-items", path="national_lists.csv", title="国家和省级清单"),
    TableKind(name="local-facts", path="local_facts.csv", title="本地事实：日期、时限、电话", key="key"),
    TableKind(name="holidays", path="holidays.csv", title="放假和调休上班的日子", key="date"),
    TableKind(name="terms", path="terms.csv", title="投诉各步的期限", key="key"),
    TableKind(name="retention", path="retention.csv", title="个人信息保存多久", key="kind"),
    TableKind(name="faq", path="faq.csv", title="常见问答"),
)
CHANGES: Final = TableKind(name="changes", path="changes.csv", title="和上一个数据包相比的变化", key="")
FAQ_COLUMNS: Final = ("id", "topic", "intent", "question", "asks", "answer", "sources")
CHANGE_COLUMNS: Final = ("table", "key", "change", "column", "old", "new")

_DATES: Final = frozenset({"date", "effective_from"})
_CLOSED: Final[dict[str, type[StrEnum]]] = {
    "measure_2019": Measure,
    "scope": Scope,
    "origin": Origin,
    "handling": Handling,
    "issuer_kind": IssuerKind,
    "step": Step,
    "time_unit": TimeUnit,
    "clock": ClockKind,
}
_TITLES: Final = {
    "id": "编号",
    "key": "名称代码",
    "name": "名称",
    "short_name": "简称",
    "aliases": "别名（用 | 分隔）",
    "batch": "批次",
    "level": "层级",
    "phone": "电话",
    "phone_note": "电话说明",
    "regime": "是否适用",
    "kind": "类别",
    "unit": "办理单位编号",
    "unit_id": "单位编号",
    "audience": "办事对象",
    "handling": "即办或承诺件",
    "demand_basis": "原来索要证明的依据",
    "issuer_unit": "出具单位",
    "issuer_unit_id": "出具单位编号",
    "issuer_kind": "出具单位类别",
    "matter_id": "事项编号",
    "certificate_id": "证明编号",
    "measure_2019": "2019年方案的措施",
    "channel_2020": "2020年规定的渠道",
    "legal_basis": "依据（用；分隔）",
    "reason": "为什么不用交或暂时要交",
    "citizen_action": "群众怎么做",
    "verify_time_limit": "核实时限",
    "scope": "适用范围",
    "scope_note": "适用范围说明",
    "origin": "来源：official 为文件规定，illustrative 为待单位核对的示例",
    "source": "出处",
    "confidence": "把握程度",
    "effective_from": "从哪天起",
    "doc": "文件",
    "document": "文件",
    "article": "条款",
    "meaning": "意思",
    "summary": "大意",
    "question": "问题",
    "answer": "答复",
    "asks": "问法（用 | 分隔）",
    "sources": "依据（用；分隔）",
    "year": "哪一年的安排",
    "date": "日期",
    "applies_to": "适用于什么",
    "step": "哪一步",
    "days": "保存多少天",
    "basis": "为什么保存这么久",
    "amount": "期限的数",
    "time_unit": "期限的单位",
    "clock": "working 只算上班时间，calendar 都算",
    "pausable": "能不能暂停计时",
    "extension_max": "最多一共延长多少",
    "rule": "依据",
    "is_default": "true 为未经核实的默认值",
    "note": "说明",
    "table": "表",
    "change": "变化：added 新增，removed 删除，changed 修改",
    "column": "列",
    "old": "原来的值",
    "new": "现在的值",
}


def describe_table(kind: TableKind, columns: Iterable[str], tables: Iterable[str]) -> dict[str, Any]:
    """The table's schema; a foreign key into a table that the package lacks is left out."""
    present = set(tables)
    schema: dict[str, Any] = {
        "fields": [_describe_column(column, kind.key) for column in columns],
        "missingValues": [""],
    }
    if kind.key:
        schema["primaryKey"] = [kind.key]
    if foreign_keys := [key for key in kind.foreign_keys if key.table in present]:
        schema["foreignKeys"] = [
            {"fields": [key.column], "reference": {"resource": key.table, "fields": [key.target]}}
            for key in foreign_keys
        ]
    return schema


def _describe_column(column: str, key: str) -> dict[str, Any]:
    described: dict[str, Any] = {"name": column, "type": "date" if column in _DATES else "string"}
    if title := _TITLES.get(column):
        described["title"] = title
    if column == key:
        described["constraints"] = {"required": True, "unique": True}
    elif closed := _CLOSED.get(column):
        described["constraints"] = {"enum": [member.value for member in closed]}
    return described
