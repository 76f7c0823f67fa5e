"""Events over HTTP."""

import pytest
from served import Served, fixed_group

pytestmark = pytest.mark.anyio


async def test_an_event_tells_what_became_of_it(served: Served) -> None:
    """Outcome, reason, and where to read on."""
    action = fixed_group(served.deployment)

    answer = (await served.get("/api/v1/events/group-1")).json()

    assert answer["signals"][0]["outcome"] == "act"
    assert answer["signals"][0]["reason"] == "policy sg-world-ingress enforces in dev"
    assert answer["signals"][0]["action_id"] == action.id


async def test_an_event_that_never_came_is_unknown(served: Served) -> None:
    """404, with what may be the reason."""
    answer = await served.get("/api/v1/events/nobody")

    assert answer.status_code == 404
    assert "no rule listens" in answer.json()["detail"]
