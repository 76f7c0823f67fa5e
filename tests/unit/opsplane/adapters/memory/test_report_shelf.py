"""A shelf for reports that only remembers."""

import pytest
from opsplane.adapters.memory.report_shelf import MemoryReportShelf
from opsplane.errors import AccessDenied


def test_a_document_replaces_an_older_one_of_its_key() -> None:
    """As S3 does."""
    shelf = MemoryReportShelf()

    shelf.put("k", "old", "text/plain")
    shelf.put("k", "new", "text/plain")

    assert shelf.documents == {"k": "new"}


def test_a_shelf_that_refuses_keeps_nothing() -> None:
    """The fault is the test's."""
    shelf = MemoryReportShelf(fault=AccessDenied("no"))

    with pytest.raises(AccessDenied):
        shelf.put("k", "text", "text/plain")

    assert shelf.documents == {}
