"""`check-data`: lints catalogue, FAQ and language data; exit code 1 and a list of findings where something is wrong."""

import json
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from typing import Final

from bot.catalogue.check import Report, check_data
from bot.domain.errors import Finding
from bot.settings import Settings
from cli.command import Command

# Nobody reads more at once; the first mistakes are often the cause of the others.
_SHOWN: Final = 100


def run(args: Namespace, settings: Settings) -> int:
    """Prints what the rules found; 1 where there are errors."""
    report = check_data(settings.catalogue, settings.intents)
    print(to_json(report) if args.json else describe(report, with_remarks=args.remarks))
    return 1 if report.errors else 0


def add_arguments(parser: ArgumentParser) -> None:
    """The options."""
    parser.add_argument("--json", action="store_true", help="结果写成一行JSON，错误和提醒都在里面")
    parser.add_argument("--remarks", action="store_true", help="把提醒也列出来")


def describe(report: Report, *, with_remarks: bool = False) -> str:
    """The report for a person: one line where all is well, else every error with its place.

    Args:
        with_remarks: lists the remarks too; those that say the same of many rows stand together.
    """
    lines = [_summarise(report, with_remarks=with_remarks)]
    lines += (f"  {error}" for error in report.errors[:_SHOWN])
    if report.errors[_SHOWN:]:
        lines.append(f"  ……还有 {len(report.errors) - _SHOWN} 处，先改前面的，再检查一遍")
    if with_remarks and report.remarks:
        lines += ["提醒（不影响使用，请看一看）：", *(f"  {line}" for line in _join_same(report.remarks))]
    return "\n".join(lines)


def to_json(report: Report) -> str:
    """The report for another program."""
    return json.dumps(
        {"ok": not report.errors, "errors": _as_objects(report.errors), "remarks": _as_objects(report.remarks)},
        ensure_ascii=False,
    )


def _summarise(report: Report, *, with_remarks: bool) -> str:
    remarks = f"另有 {len(report.remarks)} 处提醒" if report.remarks else "没有提醒"
    hint = "（加 --remarks 可以看）" if report.remarks and not with_remarks else ""
    if report.errors:
        return f"数据有 {len(report.errors)} 处错误，改好以前不会启用，{remarks}{hint}。错误："
    return f"数据检查通过，没有错误，{remarks}{hint}。"


def _join_same(findings: Sequence[Finding]) -> Iterator[str]:
    """One line for each message, with the first place that it is about and how many there are."""
    places: dict[str, list[str]] = {}
    for finding in findings:
        places.setdefault(finding.message, []).append(finding.place)
    for message, same in places.items():
        yield f"{same[0]}{f'等{len(same)}处' if len(same) > 1 else ''}：{message}"


def _as_objects(findings: Sequence[Finding]) -> list[dict[str, str]]:
    return [{"place": finding.place, "message": finding.message} for finding in findings]


COMMAND = Command(
    name="check-data", help="检查目录、问答和意图数据，有错就列出在哪个文件哪一行", run=run, add_arguments=add_arguments
)
