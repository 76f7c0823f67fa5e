"""Items over HTTP."""

from datetime import timedelta

import pytest
from served import OUTAGE, Served, fixed_bucket, fixed_group, told_of_threat

pytestmark = pytest.mark.anyio


async def test_items_come_last_changed_first(served: Served) -> None:
    """The list is in the order in which people look at it, and says how old it is."""
    first = fixed_group(served.deployment)
    served.deployment.clock.advance(timedelta(minutes=1))
    second = told_of_threat(served.deployment)

    answer = (await served.get("/api/v1/items")).json()

    assert [item["id"] for item in answer["items"]] == [second, first.item_id]
    assert answer["freshness"] == {
        "as_of": "2026-11-22T10:01:00Z",
        "age_seconds": 0.0,
        "stale": False,
        "fault": None,
    }


async def test_items_are_limited_and_filtered_by_state(served: Served) -> None:
    """`limit` and `state` do what they say; states add up."""
    fixed_group(served.deployment)
    threat = told_of_threat(served.deployment)

    one = (await served.get("/api/v1/items?limit=1")).json()["items"]
    open_ones = (await served.get("/api/v1/items?state=open")).json()["items"]
    both = (await served.get("/api/v1/items?state=open&state=resolved")).json()["items"]

    assert (len(one), [item["id"] for item in open_ones], len(both)) == (1, [threat], 2)


async def test_an_item_comes_with_plans_and_trail(served: Served) -> None:
    """One answer tells the whole story, in order."""
    action = fixed_bucket(served.deployment)

    answer = (await served.get(f"/api/v1/items/{action.item_id}")).json()

    assert answer["item"]["state"] == "resolved"
    assert [step["target"] for step in answer["actions"][0]["plan"]["steps"]] == ["policy", "public access block"]
    assert [line["kind"] for line in answer["trail"]][:3] == ["signal", "decision", "action"]
    assert answer["trail"][-1]["text"] == f"{action.id} verified"


async def test_an_item_is_read_from_the_ledger_itself(served: Served) -> None:
    """A change is seen at once, however fresh the read model is."""
    await served.wiring.model.current()
    action = fixed_group(served.deployment)

    answer = await served.get(f"/api/v1/items/{action.item_id}")

    assert answer.json()["actions"][0]["state"] == "verified"


async def test_during_an_outage_an_item_is_shown_with_its_age(served: Served) -> None:
    """The read model answers for a ledger that cannot be reached."""
    action = fixed_group(served.deployment)
    await served.wiring.model.current()
    served.line.fault = OUTAGE
    served.deployment.clock.advance(timedelta(minutes=2))

    answer = (await served.get(f"/api/v1/items/{action.item_id}")).json()

    assert answer["item"]["id"] == action.item_id
    assert answer["trail"][-1]["text"] == f"{action.id} verified"
    assert (answer["freshness"]["age_seconds"], answer["freshness"]["fault"]) == (120, str(OUTAGE))


async def test_during_an_outage_an_item_that_nobody_knows_is_unknown(served: Served) -> None:
    """The read model says so, too."""
    await served.wiring.model.current()
    served.line.fault = OUTAGE

    assert (await served.get("/api/v1/items/nobody")).status_code == 404


async def test_acknowledging_names_who_did_it(served: Served) -> None:
    """The trail has the name from the header."""
    item = told_of_threat(served.deployment)

    answer = await served.client.post(f"/api/v1/items/{item}/acknowledge", headers={"x-opsplane-user": "dave"})

    assert answer.json()["state"] == "acknowledged"
    assert [entry.by for entry in served.deployment.ledger.entries(item)][-1] == "dave"


async def test_acknowledging_twice_is_a_conflict(served: Served) -> None:
    """Only an open item can be taken in hand."""
    item = told_of_threat(served.deployment)
    await served.client.post(f"/api/v1/items/{item}/acknowledge")

    assert (await served.client.post(f"/api/v1/items/{item}/acknowledge")).status_code == 409


async def test_the_list_shows_an_acknowledgement_at_once(served: Served) -> None:
    """A command is seen before the read model asks the ledger again."""
    item = told_of_threat(served.deployment)
    await served.get("/api/v1/items")
    await served.client.post(f"/api/v1/items/{item}/acknowledge")

    [listed] = (await served.get("/api/v1/items")).json()["items"]

    assert listed["state"] == "acknowledged"
