"""A Terraform state in memory."""

import pytest
from opsplane.adapters.memory.state_reader import MemoryStateReader
from opsplane.errors import ResourceNotFound


def test_without_a_text_there_is_no_state() -> None:
    """As in a bucket that nobody has written to."""
    assert MemoryStateReader(b"x").read() == b"x"

    with pytest.raises(ResourceNotFound):
        MemoryStateReader().read()
