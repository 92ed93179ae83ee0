"""The package's README: what it is, how far it may be trusted, and how to use it."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from bot.catalogue.data_package.descriptor import version_of
from bot.catalogue.data_package.tables import PackageTable
from bot.domain.catalogue import Catalogue, Origin

_USE: Final = """## 怎么用

- `datapackage.json` 按 Frictionless Data Package 第2版描述每张表：列、主键、外键、字节数和 SHA-256 校验值。
- 表都是 UTF-8、逗号分隔、首行为列名的 CSV；空格子表示没有值。一格里有多个值的，别名和问法用 `|` 分隔，
  依据用 `；` 分隔。
- `catalogue.jsonld` 是同一份目录的关联数据：事项是 `cpsv:PublicService`，事项的每张证明是 `cccev:Requirement`，
  证明是 `cccev:EvidenceType`，可以代替证明的材料另列一个 `cccev:EvidenceTypeList`，单位是
  `cv:PublicOrganisation`，措施和渠道是 `skos:Concept`。已取消的证明不再列为事项的要求，放在 `mz:noLongerHolds`。
- 编号不会改动，可以长期引用；同一个版本号的数据包，内容逐字节相同。
- 这个目录可以直接作为“免证办”程序的目录数据（`MIANZHENG_CATALOGUE`）使用。
"""


def write_readme(catalogue: Catalogue, tables: Sequence[PackageTable], since: str | None) -> bytes:
    """The README in Chinese."""
    parts = [
        "# 无证件（证明）办事：法定证明事项数据包\n",
        f"版本：`{version_of(catalogue)}`（“+”后面是目录数据的版本）\n",
        _tell_provenance(catalogue),
        _tell_licence(catalogue),
        _list_tables(tables),
        _USE,
    ]
    if since is not None:
        parts.append(f"## 变化\n\n`changes.csv` 列出和版本 `{since}` 相比新增、删除、修改了哪些行和格子。\n")
    return "\n".join(parts).encode()


def _tell_provenance(catalogue: Catalogue) -> str:
    """How many entries are examples; nobody may take those for the official catalogue."""
    origins = Counter(entry.origin for entry in catalogue.entries.values())
    samples, official = origins[Origin.ILLUSTRATIVE], origins[Origin.OFFICIAL]
    lines = [
        "## 来源，请先看这一条\n",
        f"目录（`catalogue.csv`）共{len(catalogue.entries)}条，每条的 `origin` 一列写明来源：\n",
        f"- `{Origin.ILLUSTRATIVE}` {samples}条：**编写的示例，不是官方公布的目录**，单位核对以前不能当作官方答复；",
        f"- `{Origin.OFFICIAL}` {official}条：这张证明怎么处理，由 `source` 一列所写的文件或法条规定。\n",
        "国家和省级清单（`national_lists.csv`）每行写明出处；把握程度和核对情况看 `confidence` 和 `verified`。",
        "别名、问法、问答是为了听懂群众的话编写的，不是法律文件的原文。\n",
    ]
    return "\n".join(lines)


def _tell_licence(catalogue: Catalogue) -> str:
    licence = catalogue.fact("data_licence")
    granted = (
        f"发布单位许可按“{licence}”使用本数据包。"
        if licence
        else "发布单位还没有写明使用许可；在写明以前，转载、再发布请先征得发布单位同意。"
    )
    return (
        f"## 使用许可\n\n{granted}\n"
        "法律、法规和国家机关的决议、决定、命令等官方文件，依《著作权法》第五条不受著作权保护。"
        "引用时请注明版本号，并保留 `origin` 一列。\n"
    )


def _list_tables(tables: Sequence[PackageTable]) -> str:
    rows = [f"| `{table.kind.path}` | {table.kind.title} | {len(table.rows)} |" for table in tables]
    return "\n".join(["## 表\n", "| 文件 | 内容 | 行数 |", "| --- | --- | --- |", *rows, ""])
