"""A suspicious login to a database: a snapshot first, then the address loses its way in.

Only a rule that lets in exactly that address is taken away; an office's network stays. Passwords are a person's
decision: applications have to follow.
https://docs.aws.amazon.com/guardduty/latest/ug/findings-rds-protection.html
"""

import re
from typing import Any

from opsplane.model import Json
from opsplane.playbooks.group_rules import authorize, revoke, target_of, value_of
from opsplane.playbooks.plan import EVIDENCE, Api, Observation, Step, call, part, tags_of
from opsplane.playbooks.playbook import Family, Parameters, Playbook
from opsplane.signals.signal import Subject


def observe(api: Api, subject: Subject) -> Observation:
    """The instance, the snapshot of this case, and the rules of its groups that let in just the address."""
    name = subject.resource.id
    [instance] = api.read("rds", "describe_db_instances", DBInstanceIdentifier=name)["DBInstances"]
    groups = [each["VpcSecurityGroupId"] for each in instance.get("VpcSecurityGroups", [])]
    filters = [{"Name": "group-id", "Values": groups}]
    rules = api.read("ec2", "describe_security_group_rules", Filters=filters)["SecurityGroupRules"] if groups else []
    exact = {f"{address}/32" for address in subject.facts.get("addresses", [])}
    named = [rule for rule in rules if not rule["IsEgress"] and rule.get("CidrIpv4") in exact]
    snapshot = _snapshot(subject)
    found = part(api, "rds", "describe_db_snapshots", DBSnapshotIdentifier=snapshot).get("DBSnapshots", [])
    state: dict[str, Json] = {_rule(rule): value_of(rule) for rule in named}
    if found:
        state[f"snapshot {snapshot}"] = "taken"
    return Observation(
        tags=tags_of(instance.get("TagList")),
        state=state,
        evidence={"instance": _told(instance), "rules": rules, "addresses": sorted(exact), "named": named},
    )


def _told(instance: dict[str, Any]) -> dict[str, Json]:
    return {key: instance[key] for key in _TOLD if key in instance}


_TOLD = (
    "DBInstanceIdentifier",
    "DBInstanceStatus",
    "Engine",
    "EngineVersion",
    "PubliclyAccessible",
    "VpcSecurityGroups",
)


def _snapshot(subject: Subject) -> str:
    """The name of the case's snapshot: the same for a repeated finding."""
    case = re.sub(r"[^a-z0-9]", "", str(subject.facts.get("finding", "case")).lower())[:16]
    return f"opsplane-{subject.resource.id}-{case}"[:255].rstrip("-")


def _rule(rule: dict[str, Any]) -> str:
    return f"{rule['GroupId']} {target_of(rule)}"


def plan(subject: Subject, found: Observation, _: Parameters) -> tuple[Step, ...]:
    """The snapshot, and one step for each rule of just that address; nothing once both are done."""
    rules = tuple(_close(rule) for rule in found.evidence["named"])
    snapshot = f"snapshot {_snapshot(subject)}"
    if snapshot in found.state:
        return rules
    taking = Step(
        target=snapshot,
        summary=f"Take a snapshot of database {subject.resource.id}",
        before=None,
        after="taken",
        apply=(
            call(
                "rds",
                "create_db_snapshot",
                DBInstanceIdentifier=subject.resource.id,
                DBSnapshotIdentifier=_snapshot(subject),
                Tags=[{"Key": "opsplane:case", "Value": str(subject.facts.get("finding", ""))}],
            ),
        ),
        final=EVIDENCE,
    )
    return (taking, *rules)


def _close(rule: dict[str, Any]) -> Step:
    group = str(rule["GroupId"])
    return Step(
        target=_rule(rule),
        summary=f"Revoke {target_of(rule)} from {group}",
        before=value_of(rule),
        after=None,
        apply=(revoke(group, rule),),
        undo=(authorize(group, rule),),
    )


PLAYBOOK = Playbook(
    name="rds-login-response",
    family=Family.DATA,
    summary="Takes a snapshot of a database after a suspicious login, and takes the address its own way in away.",
    problem="Somebody logged in to database {id} who should not",
    risk="Whoever works from that very address is cut off; the password stays as it is until a person changes it.",
    rights=(
        "ec2:AuthorizeSecurityGroupIngress",
        "ec2:CreateTags",
        "ec2:DescribeSecurityGroupRules",
        "ec2:RevokeSecurityGroupIngress",
        "rds:AddTagsToResource",
        "rds:CreateDBSnapshot",
        "rds:DescribeDBInstances",
        "rds:DescribeDBSnapshots",
    ),
    acts_on=("guardduty/rds-login-succeeded.json",),
    leaves=("guardduty/rds-login-failed-low.json",),
    observe=observe,
    plan=plan,
    disruptive=True,
    contains=True,
    rolls_back=False,
)
