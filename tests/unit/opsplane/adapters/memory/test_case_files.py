"""Case files in memory."""

from opsplane.adapters.memory.case_files import MemoryCaseFiles


def test_a_case_file_is_kept_with_its_digest() -> None:
    """The same content gives the same digest."""
    files = MemoryCaseFiles()

    one, same = files.keep("a.1", {"x": 1, "y": 2}), files.keep("a.2", {"y": 2, "x": 1})

    assert files.kept["a.1"] == {"x": 1, "y": 2}
    assert (one.place, one.sha256) == ("memory:a.1", same.sha256)
