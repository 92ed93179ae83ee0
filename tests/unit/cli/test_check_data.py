"""What `check-data` prints."""

import json
from argparse import ArgumentParser, Namespace
from pathlib import Path

import pytest

from bot.catalogue.check import Report
from bot.domain.errors import Finding
from bot.settings import Settings
from cli import check_data

ERROR = Finding("matters.csv 第3行", "名称是空的")
REMARKS = tuple(Finding(f"catalogue.csv 第{number}行（c{number}）", "只写了刷脸") for number in (2, 3, 7))


def parse(*words: str) -> Namespace:
    parser = ArgumentParser()
    check_data.add_arguments(parser)
    return parser.parse_args(words)


def test_good_data_is_one_line() -> None:
    assert check_data.describe(Report()) == "数据检查通过，没有错误，没有提醒。"
    assert check_data.describe(Report(remarks=REMARKS)) == (
        "数据检查通过，没有错误，另有 3 处提醒（加 --remarks 可以看）。"
    )


def test_errors_are_listed_with_their_places() -> None:
    lines = check_data.describe(Report(errors=(ERROR,), remarks=REMARKS)).splitlines()
    assert lines[0].startswith("数据有 1 处错误，改好以前不会启用")
    assert lines[1:] == ["  matters.csv 第3行：名称是空的"]


def test_a_long_list_is_cut_short() -> None:
    lines = check_data.describe(Report(errors=(ERROR,) * 130)).splitlines()
    assert len(lines) == 102
    assert lines[-1] == "  ……还有 30 处，先改前面的，再检查一遍"


def test_remarks_that_say_the_same_stand_together() -> None:
    lines = check_data.describe(Report(remarks=REMARKS), with_remarks=True).splitlines()
    assert lines[-1] == "  catalogue.csv 第2行（c2）等3处：只写了刷脸"


def test_json_holds_everything_apart() -> None:
    whole = json.loads(check_data.to_json(Report(errors=(ERROR,), remarks=REMARKS)))
    assert whole["ok"] is False
    assert whole["errors"] == [{"place": "matters.csv 第3行", "message": "名称是空的"}]
    assert len(whole["remarks"]) == 3


def test_missing_tables_fail_with_exit_code_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings = Settings(catalogue=tmp_path)
    assert check_data.run(parse("--json"), settings) == 1
    whole = json.loads(capsys.readouterr().out)
    assert {"place": "units.csv", "message": "找不到这个文件"} in whole["errors"]


def test_our_own_data_passes(capsys: pytest.CaptureFixture[str]) -> None:
    assert check_data.run(parse(), Settings()) == 0
    assert capsys.readouterr().out.count("\n") == 1
