"""A process number is only believed while its process lives."""

from pathlib import Path

from cli.processes import find_service, held_pid_file


def test_nobody_is_found_where_nobody_was(tmp_path: Path) -> None:
    assert find_service(tmp_path / "no.pid") is None


def test_a_number_without_a_living_process_is_not_believed(tmp_path: Path) -> None:
    (tmp_path / "old.pid").write_text("1", "utf-8")
    assert find_service(tmp_path / "old.pid") is None


def test_the_file_is_held_once(tmp_path: Path) -> None:
    path = tmp_path / "var" / "one.pid"
    with held_pid_file(path) as first, held_pid_file(path) as second:
        assert (first, second) == (True, False)
        assert path.read_text("utf-8").isdigit()
    assert path.read_text("utf-8") == ""
