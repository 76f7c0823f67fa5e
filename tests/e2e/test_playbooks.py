"""Every playbook on the local platform: before, apply, verify, undo, and back to before, through deployed Lambdas."""

import json
from typing import Any

import boto3
import pytest
from botocore.config import Config
from laptop import LocalPlatform
from opsplane.adapters.aws.api import AwsApi
from opsplane.playbooks import catalogue
from opsplane.playbooks.playbook import Playbook
from opsplane.signals.signal import Resource, Subject

pytestmark = pytest.mark.e2e

CASES = [(playbook, sample) for playbook in catalogue() if playbook.rights for sample in playbook.acts_on]


def ids(value: Any) -> str:
    """Name a case by its playbook and sample."""
    return value.name if isinstance(value, Playbook) else str(value)


def live(platform: LocalPlatform, playbook: Playbook, plan: dict[str, Any]) -> str:
    """The subject of a plan as the playbook sees it now, without what cannot be undone, as canonical JSON."""
    session = boto3.Session("test", "test", region_name="us-east-1")

    def connect(service: str, _: str) -> Any:
        one_host = Config(inject_host_prefix=False)
        return session.client(service, endpoint_url=platform.endpoint, config=one_host)  # type: ignore[call-overload]

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
