"""Policies over HTTP."""

import pytest
from served import Served

pytestmark = pytest.mark.anyio


async def test_policies_come_in_the_order_in_which_they_decide(served: Served) -> None:
    """First match wins, so the order is part of the answer."""
    answer = (await served.get("/api/v1/policies")).json()

    shipped = served.deployment.policies
    assert [policy["name"] for policy in answer["policies"]] == [policy.name for policy in shipped.policies]
    assert answer["protected_tag"] == "opsplane:protected"
