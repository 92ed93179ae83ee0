"""`export-package` says where the package is, and why there is none."""

from pathlib import Path

import pytest

from server import main  # noqa: TID251

ROOT = Path(__file__).parents[3]
ENVIRON = {"MIANZHENG_CATALOGUE": str(ROOT / "catalogue_data")}


def test_it_tells_version_size_and_changes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export-package", str(tmp_path / "a")], ENVIRON) == 0
    shown = capsys.readouterr().out
    assert "版本 1.0.0+" in shown
    assert "变化" not in shown
    assert main(["export-package", str(tmp_path / "b"), "--since", str(tmp_path / "a")], ENVIRON) == 0
    assert "有0处变化" in capsys.readouterr().out


def test_a_full_directory_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "x").write_text("x", "utf-8")
    assert main(["export-package", str(tmp_path)], ENVIRON) == 1
    assert "已经有东西" in capsys.readouterr().err
