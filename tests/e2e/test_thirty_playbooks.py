"""Every playbook on the local platform: before, apply, verify, undo, and back to before, through deployed Lambdas.

These come last of the end-to-end tests: what they undo is left alone afterwards.
"""

import json
from typing import Any

import boto3
import pytest
from laptop import LocalPlatform
from opsplane.adapters.aws.api import AwsApi
from opsplane.playbooks import catalogue
from opsplane.playbooks.playbook import Playbook
from opsplane.signals.signal import Resource, Subject

pytestmark = pytest.mark.e2e

NOT_ON_THE_PLATFORM = {
    "cloudtrail/s3-account-block-deleted.json": "S3 Control puts the account into the host name, which loopback lacks",
    "cloudtrail/s3-account-block-off.json": "S3 Control puts the account into the host name, which loopback lacks",
    "config/iam-unused-noncompliant.json": "an emulated key was made a moment ago, and the policy wants ninety days",
    "securityhub/iam-unused.json": "an emulated key was made a moment ago, and the policy wants ninety days",
}
"""Samples that only the contract tests play, and why."""


def case(playbook: Playbook, sample: str) -> Any:
    """One run, skipped with the reason where the platform cannot play it."""
    reason = NOT_ON_THE_PLATFORM.get(sample, "")
    return pytest.param(playbook, sample, marks=pytest.mark.skipif(bool(reason), reason=reason))


CASES = [case(playbook, sample) for playbook in catalogue() if playbook.rights for sample in playbook.acts_on]


def ids(value: Any) -> str:
    """Name a case by its playbook and sample."""
    return value.name if isinstance(value, Playbook) else str(value)


def live(platform: LocalPlatform, playbook: Playbook, plan: dict[str, Any]) -> str:
    """The subject of a plan as the playbook sees it now, without what cannot be undone, as canonical JSON."""
    session = boto3.Session("test", "test", region_name="us-east-1")

    def connect(service: str, _: str) -> Any:
        return session.client(service, endpoint_url=platform.endpoint)  # type: ignore[call-overload]

    subject = Subject(resource=Resource.model_validate(plan["resource"]), facts=plan["facts"])
    finals = {step["target"] for step in plan["steps"] if step["final"]}
    found = playbook.observe(AwsApi("us-east-1", connect), subject).state
    return json.dumps({target: value for target, value in found.items() if target not in finals}, sort_keys=True)


@pytest.mark.parametrize(("playbook", "sample"), CASES, ids=ids)
def test_a_playbook_acts_and_puts_back_byte_for_byte(platform: LocalPlatform, playbook: Playbook, sample: str) -> None:
    """What the plan named is changed, and afterwards it is as the plan found it."""
    action = platform.send(sample)["action"]
    if action["state"] == "awaiting_approval":
        assert platform.run("approve", action["id"], "--yes").returncode == 0
        action = next(each for each in platform.json("actions")["actions"] if each["id"] == action["id"])
    plan = action["plan"]

    assert (action["state"], action["error"]) == ("verified", None)
    assert plan["playbook"] == playbook.name
    changing = [step for step in plan["steps"] if not step["final"]]
    before = {step["target"]: step["before"] for step in changing}
    after = json.loads(live(platform, playbook, plan))
    assert {target: after.get(target) for target in before} == {step["target"]: step["after"] for step in changing}

    undone = platform.run("undo", action["id"], "--yes")

    if not changing:
        assert undone.returncode != 0
        assert "cannot be undone" in undone.stderr
        return
    assert undone.returncode == 0, undone.stderr
    back = json.loads(live(platform, playbook, plan))
    assert {target: back.get(target) for target in before} == before
