"""Actions over HTTP."""

from dataclasses import replace

import pytest
from opsplane.errors import ServiceUnavailable
from served import OUTAGE, Served, asked_about_group, fixed_bucket, fixed_group

pytestmark = pytest.mark.anyio


async def test_actions_are_listed_and_filtered_by_state(served: Served) -> None:
    """A person who approves finds what waits."""
    fixed_bucket(served.deployment)
    waiting = asked_about_group(served.deployment)

    every = (await served.get("/api/v1/actions")).json()["actions"]
    asked = (await served.get("/api/v1/actions?state=awaiting_approval")).json()["actions"]

    assert (len(every), [action["id"] for action in asked]) == (2, [waiting.id])
    assert asked[0]["commands"] == ["approve", "reject"]


async def test_an_action_shows_what_exactly_is_done_and_undone(served: Served) -> None:
    """Before, after, and the calls in both directions."""
    action = fixed_group(served.deployment)

    [step] = (await served.get(f"/api/v1/actions/{action.id}")).json()["plan"]["steps"]

    assert step["before"] == {"description": "", "tags": {}}
    assert step["after"] is None
    assert [call["operation"] for call in step["apply"]] == ["revoke_security_group_ingress"]
    assert [call["operation"] for call in step["undo"]] == ["authorize_security_group_ingress"]


async def test_approving_wakes_the_fleet(served: Served) -> None:
    """The command is recorded with name and note, and the remediator is asked to go on."""
    action = asked_about_group(served.deployment)

    answer = await served.client.post(
        f"/api/v1/actions/{action.id}/approve", json={"note": "checked"}, headers={"x-opsplane-user": "dave"}
    )

    assert (answer.status_code, answer.json()["state"], answer.json()["decided_by"]) == (202, "approved", "dave")
    assert served.deployment.requests == [action.id]
    assert served.deployment.trail[-1] == f"{action.id} approved: checked"


async def test_rejecting_changes_nothing_on_aws(served: Served) -> None:
    """The action ends, and nobody is asked to carry it out."""
    action = asked_about_group(served.deployment)

    answer = await served.client.post(f"/api/v1/actions/{action.id}/reject")

    assert (answer.status_code, answer.json()["state"]) == (200, "rejected")
    assert served.deployment.requests == []


async def test_an_undo_puts_back_what_was_there(served: Served) -> None:
    """Asked for here, carried out by the fleet."""
    before = served.deployment.cloud.open_group().rules()
    action = fixed_group(served.deployment)

    answer = await served.client.post(f"/api/v1/actions/{action.id}/undo", json={"note": "wanted"})
    served.deployment.carry_out(action.id)

    assert (answer.status_code, answer.json()["state"]) == (202, "undoing")
    assert served.deployment.cloud.rules(action.plan.resource.id) == before


async def test_the_list_shows_a_decision_at_once(served: Served) -> None:
    """A command is seen before the read model asks the ledger again."""
    action = asked_about_group(served.deployment)
    await served.get("/api/v1/actions")
    await served.client.post(f"/api/v1/actions/{action.id}/reject")

    [listed] = (await served.get("/api/v1/actions")).json()["actions"]

    assert listed["state"] == "rejected"


@pytest.mark.parametrize("verb", ["approve", "reject", "undo"])
async def test_a_command_to_nothing_is_unknown(served: Served, verb: str) -> None:
    """An id that no action has is told so."""
    assert (await served.client.post(f"/api/v1/actions/nobody.1/{verb}")).status_code == 404


async def test_a_command_during_an_outage_can_be_repeated_later(served: Served) -> None:
    """Nothing is recorded, and the answer says when to try again."""
    action = asked_about_group(served.deployment)
    served.line.fault = OUTAGE

    answer = await served.client.post(f"/api/v1/actions/{action.id}/approve")

    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    assert served.deployment.ledger.actions[action.id] == action


async def test_a_bus_that_is_away_does_not_hide_that_the_record_stands(served: Served) -> None:
    """The sweep publishes it later; the person need not approve twice."""
    action = asked_about_group(served.deployment)
    served.deployment.bus.fault = ServiceUnavailable("put events on bus: throttled")

    answer = await served.client.post(f"/api/v1/actions/{action.id}/approve")

    assert answer.status_code == 202
    assert served.deployment.ledger.actions[action.id].state == "approved"
    assert len(served.deployment.ledger.outbox) == 1


async def test_a_note_that_is_too_long_is_refused(served: Served) -> None:
    """Five hundred characters are enough for a reason."""
    answer = await served.client.post("/api/v1/actions/a.1/undo", json={"note": "x" * 501})

    assert answer.status_code == 422


async def test_whoever_made_the_change_may_not_approve_where_four_eyes_are_wanted(served: Served) -> None:
    """It says so, and the question stands."""
    action = asked_about_group(served.deployment)
    eyes = served.wiring.ports.policies.model_copy(update={"four_eyes": ("dev",)})
    served.wiring = replace(served.wiring, ports=replace(served.wiring.ports, policies=eyes))

    answer = await served.client.post(f"/api/v1/actions/{action.id}/approve", headers={"x-opsplane-user": "alice"})

    assert answer.status_code == 403
    assert answer.json()["type"] == "urn:opsplane:problem:forbidden"
    assert served.deployment.action.state == "awaiting_approval"
