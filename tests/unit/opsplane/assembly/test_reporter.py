"""The reporter's ports."""

import pytest
from opsplane.assembly import reporter
from opsplane.errors import PermanentError


@pytest.mark.usefixtures("_told")
def test_a_report_without_a_bucket_says_which_variable_to_set() -> None:
    """Before anything is called."""
    with pytest.raises(PermanentError, match="OPSPLANE_REPORT_BUCKET"):
        reporter.ports().shelf.put("key", "text", "text/plain")
