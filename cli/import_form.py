"""`import-form`: reads an annex 2 or annex 3 workbook and keeps its right rows."""

import asyncio
import json
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any, Final

from bot.catalogue.load import load_catalogue
from bot.domain.catalogue import Catalogue
from bot.domain.forms import Form, FormNote, Saved
from bot.ports import FormImports
from bot.services.clock import SystemClock
from bot.services.form_imports import FormImporter, ImportResult
from bot.settings import Settings
from cli.command import Command

OpenFormImports = Callable[[str], AbstractAsyncContextManager[FormImports]]

_FORMS: Final = {Form.ANNEX_2: "附件2（现行索取证明事项登记表）", Form.ANNEX_3: "附件3（“无证明办事”措施登记表）"}
_SAVED: Final = {
    Saved.NEW: "已存为草稿；这家单位以前报过同一张表的，以这次为准",
    Saved.UNCHANGED: "和已经存的内容一样，没有再存",
    Saved.CURRENT_AGAIN: "以前报过同样的内容，重新作为现行的草稿",
}


def make_command(open_imports: OpenFormImports) -> Command:
    """The command, given how to open the store of a database address."""

    def run(args: Namespace, settings: Settings) -> int:
        catalogue = load_catalogue(settings.catalogue)
        result = asyncio.run(_import(args, settings, catalogue, open_imports))
        print(
            json.dumps(to_json(result, catalogue, dry_run=args.dry_run), ensure_ascii=False)
            if args.json
            else describe(result, catalogue, dry_run=args.dry_run)
        )
        return 1 if result.report.rejected else 0

    return Command(name="import-form", help="导入单位报来的附件2或附件3（.xlsx）", add_arguments=add_arguments, run=run)


def add_arguments(parser: ArgumentParser) -> None:
    """FILE and the options."""
    parser.add_argument("file", metavar="FILE", type=Path, help="填好的工作簿")
    parser.add_argument("--dry-run", action="store_true", help="只检查，不保存")
    parser.add_argument("--json", action="store_true", help="结果写成一行JSON")
    parser.add_argument("--annex2", metavar="FILE", type=Path, help="导入附件3时，用这个附件2核对，不用以前导入的")


async def _import(
    args: Namespace, settings: Settings, catalogue: Catalogue, open_imports: OpenFormImports
) -> ImportResult:
    importer = FormImporter(
        catalogue=catalogue, open_store=lambda: open_imports(settings.database_url), clock=SystemClock()
    )
    return await importer.import_file(args.file, annex_2=args.annex2, dry_run=args.dry_run)


def to_json(result: ImportResult, catalogue: Catalogue, *, dry_run: bool) -> dict[str, Any]:
    """The result for programs; `unit` is the unit's id."""
    report = result.report
    return {
        "form": report.form,
        "unit": report.unit_id,
        "unit_name": report.unit_id and catalogue.units[report.unit_id].name,
        "reported_on": report.reported_on and report.reported_on.isoformat(),
        "nil_return": report.nil_return,
        "rows": report.row_count,
        "accepted": len(report.accepted),
        "errors": [_note_to_json(note) for note in report.errors],
        "remarks": [_note_to_json(note) for note in report.remarks],
        "dry_run": dry_run,
        "saved": [{"unit": unit_id, "state": state} for unit_id, state in result.saved],
        "rejected": report.rejected,
        "reason": report.reason,
    }


def _note_to_json(note: FormNote) -> dict[str, Any]:
    return {"sheet": note.sheet, "row": note.row, "column": note.column, "code": note.code, "message": note.message}


def describe(result: ImportResult, catalogue: Catalogue, *, dry_run: bool) -> str:
    """The result for the person at the terminal."""
    report = result.report
    if report.reason is not None:
        return f"没有导入：{report.reason}"
    unit = catalogue.units[report.unit_id].name if report.unit_id else "单位没有写明"
    reported_on = f"，填报日期{report.reported_on}" if report.reported_on else "，没有写填报日期"
    lines = [f"{_FORMS[report.form] if report.form else ''} {unit}{reported_on}"]
    if report.nil_return:
        lines.append("单位报“无”：没有要群众提供的证明")
    else:
        wrong = report.row_count - len(report.accepted)
        lines.append(f"共{report.row_count}行：{len(report.accepted)}行正确，{wrong}行有错")
    lines += [f"  错误 {_place(note)}：{note.message}" for note in report.errors]
    lines += [f"  提醒 {_place(note)}：{note.message}" for note in report.remarks]
    lines += [f"{catalogue.units[unit_id].name}：{_SAVED[state]}" for unit_id, state in result.saved]
    if dry_run:
        lines.append("这是试运行，什么都没有保存")
    elif not result.saved:
        lines.append("没有一行正确，什么都没有保存")
    return "\n".join(lines)


def _place(note: FormNote) -> str:
    row = "" if note.row is None else f" 第{note.row}行"
    column = "" if note.column is None else f" {note.column}列"
    return f"“{note.sheet}”{row}{column}"
