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


async def test_an_item_is_closed_with_its_root_cause_and_opened_again(served: Served) -> None:
    """Without one it is a conflict that says what is missing."""
    item = told_of_threat(served.deployment)

    refused = await served.client.post(f"/api/v1/items/{item}/close")
    closed = await served.client.post(f"/api/v1/items/{item}/close", json={"root_cause": "a leaked key"})
    opened = await served.client.post(f"/api/v1/items/{item}/reopen", json={"note": "again"})

    assert refused.status_code == 409
    assert "root cause" in refused.json()["detail"]
    assert (closed.json()["state"], closed.json()["root_cause"]) == ("closed", "a leaked key")
    assert opened.json()["state"] == "open"


async def test_what_was_learned_is_written_field_by_field(served: Served) -> None:
    """A null leaves a field; words go into the trail."""
    item = told_of_threat(served.deployment)

    await served.client.patch(f"/api/v1/items/{item}", json={"impact": "none"})
    reviewed = await served.client.patch(f"/api/v1/items/{item}", json={"follow_up": "scan commits"})
    commented = await served.client.post(f"/api/v1/items/{item}/comments", json={"text": "asked them"})

    assert (reviewed.json()["impact"], reviewed.json()["follow_up"]) == ("none", "scan commits")
    assert commented.status_code == 201
    assert served.deployment.trail[-1] == "asked them"


async def test_an_open_item_says_until_when_it_is_awaited(served: Served) -> None:
    """And nothing once somebody has it in hand."""
    item = told_of_threat(served.deployment)

    before = (await served.get(f"/api/v1/items/{item}")).json()["item"]["due_at"]
    after = (await served.client.post(f"/api/v1/items/{item}/acknowledge")).json()["due_at"]

    assert before is not None
    assert after is None


@pytest.mark.parametrize("text", ["", "x" * 1001])
async def test_a_comment_has_words_and_an_end(served: Served, text: str) -> None:
    """Else it is told which field is wrong."""
    item = told_of_threat(served.deployment)

    answer = await served.client.post(f"/api/v1/items/{item}/comments", json={"text": text})

    assert answer.status_code == 422
