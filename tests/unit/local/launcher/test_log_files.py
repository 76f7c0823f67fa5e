"""Logs are read from their end, and on as they grow."""

from pathlib import Path

from opsplane_local.launcher.log_files import LogFile, available, follow


def test_the_last_lines_come_first_and_then_what_is_new(tmp_path: Path) -> None:
    """A line is shown when it is whole."""
    file = tmp_path / "x.log"
    file.write_text("one\ntwo\nthree\n")
    log = LogFile("x", file)

    assert log.last(2) == ["two", "three"]
    with file.open("a") as handle:
        handle.write("four\nfi")
    assert log.fresh() == ["four"]
    with file.open("a") as handle:
        handle.write("ve\n")
    assert log.fresh() == ["five"]
    assert log.fresh() == []


def test_a_log_that_was_begun_anew_is_read_from_its_beginning(tmp_path: Path) -> None:
    """As after the next start."""
    file = tmp_path / "x.log"
    file.write_text("a long line of the run before\n")
    log = LogFile("x", file)
    log.last(0)

    file.write_text("new\n")

    assert log.fresh() == ["new"]


def test_a_missing_log_has_no_lines(tmp_path: Path) -> None:
    """It may come later."""
    log = LogFile("x", tmp_path / "x.log")

    assert log.last(5) == []
    assert log.fresh() == []


def test_logs_are_followed_beside_each_other(tmp_path: Path) -> None:
    """With the part that each line is from; logs of the run before are not offered."""
    for name in ("a.log", "b.log", "a.log.1"):
        (tmp_path / name).write_text(f"{name}\n")
    logs = [LogFile(part, tmp_path / f"{part}.log") for part in available(tmp_path)]

    lines = follow(logs, wait=lambda _seconds: None)

    assert [next(lines), next(lines)] == [("a", "a.log"), ("b", "b.log")]
