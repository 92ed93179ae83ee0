"""`import-form` speaks JSON to programs and Chinese to people."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from server import main  # noqa: TID251

ROOT = Path(__file__).parents[3]
SAMPLES = ROOT / "tests" / "data" / "forms"
FIELDS = {"form", "unit", "reported_on", "nil_return", "rows", "accepted", "errors", "rejected", "reason"}


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    return {
        "MIANZHENG_DATABASE_URL": f"sqlite:///{tmp_path / 'test.db'}",
        "MIANZHENG_CATALOGUE": str(ROOT / "catalogue_data"),
    }


def test_json_is_as_the_contract_says(environ: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import-form", str(SAMPLES / "annex3_with_errors.xlsx"), "--json", "--dry-run"], environ) == 0
    (line,) = capsys.readouterr().out.splitlines()
    result = json.loads(line)
    assert set(result) >= FIELDS
    assert (result["form"], result["unit"], result["reported_on"]) == ("annex3", "minzheng", "2019-10-25")
    assert (result["rows"], result["accepted"], result["rejected"], result["reason"]) == (20, 10, False, None)
    assert len(result["errors"]) == 10
    assert all(set(error) == {"sheet", "row", "column", "code", "message"} for error in result["errors"])
    assert [remark["row"] for remark in result["remarks"] if remark["code"] == "alias_name"] == [19]


def test_a_rejected_file_says_why_and_fails(
    environ: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.xlsx").write_text("序号,证明", "utf-8")
    assert main(["import-form", str(tmp_path / "a.xlsx"), "--json"], environ) == 1
    result = json.loads(capsys.readouterr().out)
    assert result["rejected"]
    assert "CSV" in result["reason"]
    assert (result["form"], result["unit"], result["rows"], result["errors"]) == (None, None, 0, [])
    assert main(["import-form", str(tmp_path / "a.xlsx")], environ) == 1
    assert capsys.readouterr().out.startswith("没有导入：")
    assert not (tmp_path / "test.db").exists()


def test_a_person_reads_row_column_and_what_to_do(environ: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import-form", str(SAMPLES / "annex2_minzheng.xlsx")], environ) == 0
    assert "99行正确，0行有错" in capsys.readouterr().out
    against = ["--annex2", str(SAMPLES / "annex2_minzheng.xlsx")]
    assert main(["import-form", str(SAMPLES / "annex3_with_errors.xlsx"), *against], environ) == 0
    shown = capsys.readouterr().out
    assert "共20行：10行正确，10行有错" in shown
    assert "错误 “附件3” 第8行 D列：没有填“证明开具单位”" in shown
    assert "已存为草稿" in shown


def test_a_nil_return_is_told_as_such(environ: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import-form", str(SAMPLES / "annex2_nil_return.xlsx"), "--dry-run"], environ) == 0
    shown = capsys.readouterr().out
    assert "单位报“无”" in shown
    assert "什么都没有保存" in shown


def test_the_command_runs_as_a_program(environ: dict[str, str]) -> None:
    shown = subprocess.run(
        [sys.executable, "server.py", "import-form", str(SAMPLES / "annex2_minzheng.xlsx"), "--json"],
        cwd=ROOT,
        env={**environ, "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert json.loads(shown.stdout)["accepted"] == 99
    assert shown.stderr == ""
