"""`verify-uses`: checks an export of use records without the service: was any changed, left out or put in?"""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Final

import msgspec

from bot.domain.errors import InvalidInputError
from bot.domain.use_record import GENESIS, UseRecord, find_breaches
from bot.settings import Settings
from cli.command import Command


class _Export(msgspec.Struct, frozen=True, kw_only=True):
    last_seq: int
    last_hash: str
    records: tuple[UseRecord, ...]


_EXPORTS: Final = msgspec.json.Decoder(_Export)


def run(args: Namespace, _settings: Settings) -> int:
    """Says what is wrong, or that nothing is."""
    try:
        export = _EXPORTS.decode(args.file.read_bytes())
    except (OSError, msgspec.MsgspecError) as error:
        raise InvalidInputError(f"读不了“{args.file}”，请给出从 /api/v1/desk/uses 导出的文件") from error
    records = export.records
    problems = [f"第{breach.seq}条：{breach.what}" for breach in find_breaches(records)]
    last = (records[-1].seq, records[-1].hash) if records else (0, GENESIS)
    if last != (export.last_seq, export.last_hash):
        problems.append(f"末尾对不上：应到第{export.last_seq}条，文件里到第{last[0]}条")
    for problem in problems:
        print(problem)
    print(f"共{len(records)}条，{'有' + str(len(problems)) + '处不对' if problems else '没有被改过、删过或者插过'}")
    return 1 if problems else 0


def add_arguments(parser: ArgumentParser) -> None:
    """FILE."""
    parser.add_argument("file", metavar="FILE", type=Path, help="导出的使用记录（JSON）")


COMMAND = Command(name="verify-uses", help="检查导出的证件使用记录有没有被改过", run=run, add_arguments=add_arguments)
