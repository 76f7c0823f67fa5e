"""A database that the internet can reach gets its public address taken away.

https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html
"""

from typing import Any

from opsplane.errors import ResourceNotFound
from opsplane.model import Json
from opsplane.playbooks.plan import Api, Call, Observation, Step, call, change, live, tags_of
from opsplane.playbooks.playbook import Family, Parameters, Playbook
from opsplane.signals.signal import Subject

_TARGET = "publicly accessible"


def observe(api: Api, subject: Subject) -> Observation:
    """Whether the instance has a public address, and what else is pending on it."""
    found = _find(api, subject.resource.id)
    return Observation(
        tags=tags_of(found.get("TagList")),
        state={_TARGET: bool(found.get("PubliclyAccessible"))},
        handles={"instance": found["DBInstanceIdentifier"]},
        evidence={
            "instance": {
                key: found.get(key) for key in ("DBInstanceIdentifier", "DBInstanceStatus", "Endpoint", "Engine")
            },
            "subnet_group": found.get("DBSubnetGroup", {}).get("DBSubnetGroupName"),
            "security_groups": found.get("VpcSecurityGroups", []),
            "pending": found.get("PendingModifiedValues") or {},
        },
    )


def _find(api: Api, name: str) -> dict[str, Any]:
    """By its identifier, or by the internal id (`db-ABC…`) that AWS Config uses."""
    if name.startswith("db-") and name[3:].isupper():
        filters = [{"Name": "dbi-resource-id", "Values": [name]}]
        found = api.read("rds", "describe_db_instances", Filters=filters)["DBInstances"]
    else:
        found = api.read("rds", "describe_db_instances", DBInstanceIdentifier=name)["DBInstances"]
    if not found:
        message = f"there is no database instance {name}"
        raise ResourceNotFound(message)
    instance: dict[str, Any] = found[0]
    return instance


def plan(subject: Subject, found: Observation, _: Parameters) -> tuple[Step, ...]:
    """One step, unless it is private already."""
    if not found.state[_TARGET]:
        return ()

    def to(value: Json) -> tuple[Call, ...]:
        named: dict[str, Any] = {"DBInstanceIdentifier": live("instance"), "PubliclyAccessible": value}
        return (call("rds", "modify_db_instance", ApplyImmediately=True, **named),)

    return (change(_TARGET, f"Take the public address of {subject.resource.id} away", before=True, after=False, to=to),)


def caution(_: Subject, found: Observation, __: Parameters) -> str | None:
    """Applying at once applies everything that waits for the maintenance window, too."""
    pending = found.evidence.get("pending") or {}
    return f"other changes are pending and would be applied with it: {', '.join(sorted(pending))}" if pending else None


PLAYBOOK = Playbook(
    name="rds-public-revert",
    family=Family.DATA,
    summary="Takes the public address of a database instance away; asks when other changes are pending.",
    problem="Database {id} can be reached from the internet",
    risk="Clients that come over the internet lose the database.",
    rights=("rds:DescribeDBInstances", "rds:ModifyDBInstance"),
    acts_on=("cloudtrail/rds-made-public.json", "config/rds-public-noncompliant.json", "securityhub/rds-public.json"),
    leaves=("cloudtrail/rds-made-private.json",),
    observe=observe,
    plan=plan,
    caution=caution,
)
