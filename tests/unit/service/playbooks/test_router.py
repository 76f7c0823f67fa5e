"""Playbooks over HTTP."""

import pytest
from opsplane.playbooks import catalogue
from served import OUTAGE, Served

pytestmark = pytest.mark.anyio


async def test_every_playbook_is_listed_whatever_is_down(served: Served) -> None:
    """They are code: neither ledger nor database is asked."""
    served.line.fault = OUTAGE

    answer = (await served.get("/api/v1/playbooks")).json()

    assert [playbook["name"] for playbook in answer["playbooks"]] == [playbook.name for playbook in catalogue()]
    assert served.line.calls == []
