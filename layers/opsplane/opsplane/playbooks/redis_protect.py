"""A cache that lost its password or its encryption on the way: encryption comes back, the password is asked for.

A password cannot pass through a plan, which is kept and shown. So only encryption is put back here, and a lost password
is told: `scripts/rotate-secrets` sets a new one.
https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/in-transit-encryption.html
"""

from typing import Any

from opsplane.errors import PermanentError
from opsplane.model import Json
from opsplane.playbooks.plan import Api, Call, Observation, Step, call, change, part, tags_of
from opsplane.playbooks.playbook import Family, Parameters, Playbook
from opsplane.signals.signal import Subject

_TARGET = "encryption in transit"


def observe(api: Api, subject: Subject) -> Observation:
    """Whether the group encrypts what passes, and whether it asks for a password."""
    name = subject.resource.id
    [group] = api.read("elasticache", "describe_replication_groups", ReplicationGroupId=name)["ReplicationGroups"]
    tags = part(api, "elasticache", "list_tags_for_resource", ResourceName=group["ARN"]).get("TagList")
    return Observation(
        tags=tags_of(tags),
        state={_TARGET: bool(group.get("TransitEncryptionEnabled"))},
        evidence={"password": bool(group.get("AuthTokenEnabled")), "members": group.get("MemberClusters", [])},
    )


def plan(subject: Subject, found: Observation, _: Parameters) -> tuple[Step, ...]:
    """One step for encryption.

    Raises:
        PermanentError: the password is gone; a plan cannot carry a new one.
    """
    name = subject.resource.id
    if found.state[_TARGET]:
        if subject.facts.get("password_deleted") and not found.evidence["password"]:
            message = f"cache {name} no longer asks for a password: set one with scripts/rotate-secrets"
            raise PermanentError(message)
        return ()

    def to(value: Json) -> tuple[Call, ...]:
        named: dict[str, Any] = {"ReplicationGroupId": name, "TransitEncryptionEnabled": value}
        mode = {"TransitEncryptionMode": "preferred"} if value else {}
        return (call("elasticache", "modify_replication_group", ApplyImmediately=True, **named, **mode),)

    summary = f"Encrypt what passes to and from cache {name} again, clients without encryption still let in"
    return (change(_TARGET, summary, before=False, after=True, to=to),)


PLAYBOOK = Playbook(
    name="redis-protect",
    family=Family.DATA,
    summary="Switches a cache's encryption in transit on again; a lost password is told, not set.",
    problem="Cache {id} lost its protection",
    risk="Clients reconnect once; the password has to be set by a person.",
    rights=(
        "elasticache:DescribeReplicationGroups",
        "elasticache:ListTagsForResource",
        "elasticache:ModifyReplicationGroup",
    ),
    acts_on=("cloudtrail/redis-encryption-off.json",),
    leaves=("cloudtrail/redis-node-type-changed.json",),
    observe=observe,
    plan=plan,
    disruptive=True,
)
