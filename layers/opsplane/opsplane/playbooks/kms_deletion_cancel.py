"""A key that is to be deleted, was disabled or was opened to everybody is kept: without it, what it encrypts is lost.

https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html: a key whose deletion is cancelled is disabled.
"""

import json
from typing import Any

from opsplane.exposure.statements import is_public
from opsplane.model import Json
from opsplane.playbooks.plan import Api, Call, Observation, Step, call, change, part
from opsplane.playbooks.playbook import Family, Parameters, Playbook
from opsplane.signals.signal import Subject

_STATE, _POLICY = "key state", "policy"
_LONGEST_WINDOW = 30


def observe(api: Api, subject: Subject) -> Observation:
    """The key's state, its policy, and when it would be deleted."""
    key = subject.resource.id
    found = api.read("kms", "describe_key", KeyId=key)["KeyMetadata"]
    text = part(api, "kms", "get_key_policy", KeyId=key, PolicyName="default").get("Policy", "{}")
    tags = part(api, "kms", "list_resource_tags", KeyId=key).get("Tags", [])
    return Observation(
        tags={tag["TagKey"]: tag["TagValue"] for tag in tags},
        state={_STATE: found["KeyState"], _POLICY: json.loads(text)},
        evidence={"key": {name: str(value) for name, value in found.items()}},
    )


def plan(subject: Subject, found: Observation, _: Parameters) -> tuple[Step, ...]:
    """Steps for a state that leads to loss, and for statements of the policy that let everybody in.

    A key that was disabled on purpose stays so, unless the signal is about just that.
    """
    key = subject.resource.id
    touched = subject.facts.get("targets") or [_POLICY]
    lost = found.state[_STATE] == "PendingDeletion" or _STATE in touched
    opened = _POLICY in touched
    return (
        *(_state_step(key, found, subject.facts.get("window")) if lost else ()),
        *(_policy_step(key, found.state[_POLICY]) if opened else ()),
    )


def _state_step(key: str, found: Observation, window: Json) -> tuple[Step, ...]:
    state = found.state[_STATE]
    days = window if isinstance(window, int) else _LONGEST_WINDOW
    ways: dict[Json, tuple[tuple[Call, ...], tuple[Call, ...], str]] = {
        "PendingDeletion": (
            (call("kms", "cancel_key_deletion", KeyId=key), call("kms", "enable_key", KeyId=key)),
            (call("kms", "schedule_key_deletion", KeyId=key, PendingWindowInDays=days),),
            f"Cancel the deletion of key {key} and enable it",
        ),
        "Disabled": (
            (call("kms", "enable_key", KeyId=key),),
            (call("kms", "disable_key", KeyId=key),),
            f"Enable key {key}",
        ),
    }
    if state not in ways:
        return ()
    there, back, summary = ways[state]
    return (Step(target=_STATE, summary=summary, before=state, after="Enabled", apply=there, undo=back),)


def _policy_step(key: str, policy: Json) -> tuple[Step, ...]:
    found = policy.get("Statement", []) if isinstance(policy, dict) else []
    statements: list[Any] = found if isinstance(found, list) else [found]
    kept = [statement for statement in statements if not is_public(statement)]
    # A key without any statement could never be changed again, by nobody.
    if len(kept) == len(statements) or not kept or not isinstance(policy, dict):
        return ()

    def to(value: Json) -> tuple[Call, ...]:
        return (call("kms", "put_key_policy", KeyId=key, PolicyName="default", Policy=json.dumps(value)),)

    summary = f"Take {len(statements) - len(kept)} public statement(s) out of the policy of key {key}"
    return (change(_POLICY, summary, before=policy, after={**policy, "Statement": kept}, to=to),)


PLAYBOOK = Playbook(
    name="kms-deletion-cancel",
    family=Family.DATA,
    summary="Cancels the deletion of a key, enables it again, and takes public statements out of its policy.",
    problem="Key {id} is about to be lost or open to everybody",
    risk="A key that was disabled because it leaked is usable again.",
    rights=(
        "kms:CancelKeyDeletion",
        "kms:DescribeKey",
        "kms:DisableKey",
        "kms:EnableKey",
        "kms:GetKeyPolicy",
        "kms:ListResourceTags",
        "kms:PutKeyPolicy",
        "kms:ScheduleKeyDeletion",
    ),
    acts_on=(
        "cloudtrail/kms-deletion-scheduled.json",
        "cloudtrail/kms-key-disabled.json",
        "cloudtrail/kms-policy-public.json",
    ),
    leaves=("cloudtrail/kms-policy-private.json",),
    observe=observe,
    plan=plan,
    rolls_back=False,
)
