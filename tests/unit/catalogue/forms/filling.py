"""Fills in forms as offices do, so that each test says only what is unusual about its own."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

ROOT = Path(__file__).parents[4]
SAMPLES = ROOT / "tests" / "data" / "forms"
UNIT = "宁波市海曙区民政局"
ANNEX_2_HEADING = (
    [
        "序号",
        "管理或服务\n单位名称",
        "证明材料名称",
        "证明开具单位",
        "证明对应的办理事项",
        "索取证明依据",
        "梳理结果建议",
    ],
    [None, None, None, None, None, None, "取消", "保留"],
)
ANNEX_3_HEADING = (
    [
        "序号",
        "管理或服务\n单位名称",
        "保留的证明材料名称",
        "证明开具单位",
        "可采取的“无证明办事”措施",
        None,
        None,
        None,
        None,
        "暂时无法实现",
    ],
    [None, None, None, None, "共享", "核实", "替代", "承诺", "其他"],
)
LAW = "《婚姻登记条例》第五条"
Rows = Sequence[Sequence[Any]]


def fill_sheet(sheet: Worksheet, rows: Rows, heading: Rows, head: Rows | None = None) -> None:
    """Lines above the table, a heading, the rows, and signatures below a blank row."""
    for line in (
        (["附件"], ["登记表"], [f"填报单位名称（加盖公章）：{UNIT}（盖章）"], ["填报日期 2019年8月2日"])
        if head is None
        else head
    ):
        sheet.append(list(line))
    for line in heading:
        sheet.append(list(line))
    for line in rows:
        sheet.append(list(line))
    sheet.append([])
    sheet.append(["分管领导（签名）：张某某    联系人：李某    联系电话：0574-00000000"])
    sheet.append(["填表说明：1.证明材料名称，填写该材料需要证明的内容；"])
    sheet.append(["4.取消、保留的，在对应栏打“√”；"])


def save_form(path: Path, rows: Rows, *, heading: Rows, head: Rows | None = None) -> Path:
    """A workbook with one form; the first row of data is row 7 unless head or heading are other."""
    book = openpyxl.Workbook()
    fill_sheet(book.worksheets[0], rows, heading, head)
    book.save(path)
    return path


def row_2(certificate: str = "居民身份证", matter: str = "结婚登记", **other: Any) -> list[Any]:
    """A row of annex 2; kept unless another tick is given."""
    ticks = [other.get("cancel"), other.get("keep", None if "cancel" in other else "√")]
    return [
        1,
        other.get("unit", UNIT),
        certificate,
        other.get("issuer", "公安机关"),
        matter,
        other.get("basis", LAW),
        *ticks,
    ]


def row_3(certificate: str = "居民户口簿", *ticks: Any, **other: Any) -> list[Any]:
    """A row of annex 3 with the cells from 共享 to 暂时无法实现; shared unless cells are given."""
    return [1, other.get("unit", UNIT), certificate, other.get("issuer", "公安机关"), *(ticks or ("√",))]
