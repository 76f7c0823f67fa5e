"""Rights that playbooks declare are the rights that the remediator has: none is missing, none is over."""

from typing import Any

import pytest
from builders import Deployment, bucket_opened, group_opened
from cloud import EVERYBODY, Bucket, Cloud, grants, policy, rule
from opsplane import commands
from opsplane.playbooks import PLAYBOOKS, by_name
from opsplane.playbooks.plan import Call, iam_action
from template import listed, statements


def granted() -> set[str]:
    """What the remediator may do with what it guards: all its rights but those for its own table, bus and queue."""
    own = ("dynamodb:", "events:", "sqs:", "logs:", "xray:")
    actions = (action for each in statements("RemediatorFunction") for action in listed(each["Action"]))
    return {action for action in actions if not action.startswith(own)}


def test_rights_declared_are_rights_granted() -> None:
    """A playbook that needs more says so, and the template follows."""
    assert {right for playbook in PLAYBOOKS for right in playbook.rights} == granted()


def test_no_other_function_may_change_what_the_playbooks_guard() -> None:
    """One role acts; the others read."""
    changing = ("Authorize", "Revoke", "Put", "Delete", "Create", "Modify", "Stop", "Start", "Terminate", "Update")
    others = ("SchedulerFunction", "DriftFunction", "NotifierFunction", "ApiFunction", "ReporterFunction")
    rights = {action for function in others for each in statements(function) for action in listed(each["Action"])}
    guarded = {right for right in rights if right.startswith(("ec2:", "s3:", "iam:", "rds:", "ecs:"))}

    assert {right for right in guarded if right.split(":")[1].startswith(changing)} <= {"s3:PutObject"}


class Watching(Cloud):
    """A cloud that writes down which right every request needs."""

    def __init__(self) -> None:
        """Nothing was asked for yet."""
        super().__init__()
        self.used: set[str] = set()

    def call(self, call: Call) -> dict[str, Any]:
        """Make one call."""
        self.used.add(iam_action(call))
        if "TagSpecifications" in call.parameters:
            self.used.add(f"{call.service}:CreateTags")
        return super().call(call)

    def read(self, service: str, operation: str, **parameters: Any) -> dict[str, Any]:
        """Make one reading call."""
        self.used.add(iam_action(Call(service=service, operation=operation, parameters={})))
        return super().read(service, operation, **parameters)


def _groups(cloud: Watching) -> dict[str, Any]:
    cloud.open_group(rule(22, Tags=[{"Key": "owner", "Value": "alice"}]))
    return group_opened()


def _buckets(cloud: Watching) -> dict[str, Any]:
    cloud.open_bucket(Bucket(policy=policy(), grants=grants(EVERYBODY)))
    return bucket_opened()


@pytest.mark.parametrize(
    ("name", "scene"),
    [("security-group-world-ingress", _groups), ("bucket-exposure", _buckets)],
    ids=["group", "bucket"],
)
def test_a_playbook_uses_all_rights_that_it_declares_and_no_other(name: str, scene: Any) -> None:
    """Observe, apply, verify and undo together."""
    cloud, playbook = Watching(), by_name(name)
    event = scene(cloud)
    deployment = Deployment(cloud)

    deployment.receive(event)
    commands.undo(deployment.action.id, "bob", deployment.ports)
    deployment.carry_out(deployment.action.id)

    assert playbook is not None
    assert sorted(cloud.used) == list(playbook.rights)
