"""`export-package`: writes the open data package of the catalogue."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from bot.catalogue.data_package.export import export_package
from bot.settings import Settings
from cli.command import Command


def run(args: Namespace, settings: Settings) -> int:
    """Writes the package and says what it holds."""
    exported = export_package(settings.catalogue, args.directory, since=args.since, force=args.force)
    print(
        f"数据包已写到“{exported.directory}”，版本 {exported.version}，{exported.files}个文件，{exported.bytes:,}字节"
    )
    if exported.changes is not None:
        print(f"和旧数据包相比有{exported.changes}处变化，见 changes.csv")
    return 0


def add_arguments(parser: ArgumentParser) -> None:
    """DIR and the options."""
    parser.add_argument("directory", metavar="DIR", type=Path, help="新目录，或者空目录")
    parser.add_argument(
        "--since", metavar="OLD_PACKAGE_DIR", type=Path, help="和这个旧数据包比较，变化写进 changes.csv"
    )
    parser.add_argument("--force", action="store_true", help="替换目录里的旧数据包")


COMMAND = Command(
    name="export-package", help="导出开放数据包（表格、关联数据和校验值）", run=run, add_arguments=add_arguments
)
