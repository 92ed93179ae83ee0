"""The command line says what is wrong in words, with an exit code that programs can use."""

import io
from pathlib import Path

import pytest

from server import list_commands, main  # noqa: TID251


def test_wrong_settings_stop_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve"], {"MIANZHENG_PORT": "many", "MIANZHENG_ENV": "production"}) == 1
    told = capsys.readouterr().err
    assert "MIANZHENG_PORT" in told
    assert "MIANZHENG_SECRET" in told


def test_a_folder_without_an_embedding_model_stops_the_start(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["ask", "你好"], {"MIANZHENG_RERANKER": str(tmp_path)}) == 1
    told = capsys.readouterr().err
    assert "设置有误，没有启动" in told
    assert "MIANZHENG_RERANKER" in told
    assert "没有 model.onnx、tokenizer.json" in told


def test_every_command_has_a_name_of_its_own_and_a_line_of_help(capsys: pytest.CaptureFixture[str]) -> None:
    commands = list_commands()
    assert len({command.name for command in commands}) == len(commands)
    assert {"serve", "reload", "create-account"} <= {command.name for command in commands}
    with pytest.raises(SystemExit) as ended:
        main(["--help"], {})
    assert ended.value.code == 0
    shown = capsys.readouterr().out
    assert all(command.name in shown and command.help for command in commands)


def test_a_database_that_cannot_be_reached_is_told(
    capsys: pytest.CaptureFixture[str], unused_tcp_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("correct horse battery\n"))
    environ = {"MIANZHENG_DATABASE_URL": f"postgresql://nobody@127.0.0.1:{unused_tcp_port}/none"}
    assert main(["create-account", "wang", "--role", "staff", "--name", "王"], environ) == 1
    assert "系统暂时繁忙" in capsys.readouterr().err
