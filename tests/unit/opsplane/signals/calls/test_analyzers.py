"""Access Analyzer's calls."""

from typing import Any

import pytest
from heard import hear
from opsplane.errors import UnhandledEvent


@pytest.mark.parametrize(
    ("call", "request_", "response", "resource", "left"),
    [
        ("DeleteAnalyzer", {"analyzerName": "main"}, None, "main", False),
        ("CreateAnalyzer", {"analyzerName": "main", "type": "ACCOUNT"}, None, "main", True),
    ],
)
def test_a_call_names_its_resource_and_whether_it_can_be_left(
    call: str, request_: Any, response: Any, resource: str, *, left: bool
) -> None:
    """What the record alone shows to be harmless, or to look fine, says why."""
    [heard] = hear("access-analyzer", call, request_, response)

    assert heard.id == resource
    assert bool(heard.harmless or heard.looks_fine) is left


@pytest.mark.parametrize(
    ("call", "request_"),
    [
        ("DeleteAnalyzer", {}),
        ("DeleteAnalyzer", {"analyzerName": "a b"}),
    ],
)
def test_a_record_without_its_resource_is_refused(call: str, request_: Any) -> None:
    """Nothing of another grammar reaches an API call."""
    with pytest.raises(UnhandledEvent, match=call):
        hear("access-analyzer", call, request_)
