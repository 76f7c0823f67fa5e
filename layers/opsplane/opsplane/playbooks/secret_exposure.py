"""A secret whose policy lets everybody in loses the statements that do. The secret itself is never read.

https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_resource-policies.html
"""

import json
from typing import Any

from opsplane.exposure.statements import is_public
from opsplane.model import Json
from opsplane.playbooks.plan import Api, Call, Observation, Step, call, change, part, tags_of
from opsplane.playbooks.playbook import Family, Parameters, Playbook
from opsplane.signals.signal import Subject

_TARGET = "resource policy"


def observe(api: Api, subject: Subject) -> Observation:
    """The secret's policy and the ids of its versions; never a value."""
    name = subject.resource.id
    found = api.read("secretsmanager", "describe_secret", SecretId=name)
    text = part(api, "secretsmanager", "get_resource_policy", SecretId=name).get("ResourcePolicy")
    return Observation(
        tags=tags_of(found.get("Tags")),
        state={_TARGET: json.loads(text)} if text else {},
        evidence={"secret": found["ARN"], "versions": sorted(found.get("VersionIdsToStages", {}))},
    )


def plan(subject: Subject, found: Observation, _: Parameters) -> tuple[Step, ...]:
    """One step for the statements that let everybody in; the others stay."""
    name, policy = subject.resource.id, found.state.get(_TARGET)
    listed = policy.get("Statement", []) if isinstance(policy, dict) else []
    statements: list[Any] = listed if isinstance(listed, list) else [listed]
    kept = [statement for statement in statements if not is_public(statement)]
    if len(kept) == len(statements) or not isinstance(policy, dict):
        return ()

    def to(value: Json) -> tuple[Call, ...]:
        if value is None:
            return (call("secretsmanager", "delete_resource_policy", SecretId=name),)
        return (call("secretsmanager", "put_resource_policy", SecretId=name, ResourcePolicy=json.dumps(value)),)

    after: Json = {**policy, "Statement": kept} if kept else None
    summary = f"Take {len(statements) - len(kept)} public statement(s) out of the policy of secret {name}"
    return (change(_TARGET, summary, before=policy, after=after, to=to),)


PLAYBOOK = Playbook(
    name="secret-exposure",
    family=Family.DATA,
    summary="Takes public statements out of a secret's policy; whether to rotate the secret is a person's decision.",
    problem="Secret {id} can be read by everybody",
    risk="Whoever read the secret meanwhile still knows it: rotate it.",
    rights=(
        "secretsmanager:DeleteResourcePolicy",
        "secretsmanager:DescribeSecret",
        "secretsmanager:GetResourcePolicy",
        "secretsmanager:PutResourcePolicy",
    ),
    acts_on=("cloudtrail/secret-policy-public.json", "cloudtrail/secret-policy-only-public.json"),
    leaves=("cloudtrail/secret-policy-private.json",),
    observe=observe,
    plan=plan,
)
