"""A role that trusts everybody, or accounts that nobody named, gets its former trust back.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
"""

import json
import re
from typing import Any

from opsplane.exposure.statements import is_public
from opsplane.model import Json, JsonObject
from opsplane.playbooks.plan import Api, Call, Observation, Step, call, change, tags_of
from opsplane.playbooks.playbook import HUB_ACCOUNT, Family, Parameters, Playbook
from opsplane.signals.signal import Subject

_TARGET = "trust policy"
_ACCOUNT = re.compile(r"^(?:arn:aws[a-z-]*:(?:iam|sts)::)?(\d{12})(?::|$)")


def observe(api: Api, subject: Subject) -> Observation:
    """The role's trust policy."""
    found = api.read("iam", "get_role", RoleName=subject.resource.id)["Role"]
    return Observation(
        tags=tags_of(found.get("Tags")),
        state={_TARGET: found["AssumeRolePolicyDocument"]},
        evidence={"arn": found["Arn"], "account": subject.resource.account},
    )


def plan(subject: Subject, found: Observation, parameters: Parameters) -> tuple[Step, ...]:
    """One step: the trust as it was last seen in order, or the present one without the strangers."""
    role, before = subject.resource.id, found.state[_TARGET]
    if not _strangers(before, subject.resource.account, parameters):
        return ()
    former = found.former.get(_TARGET)
    after = former or _without_strangers(before, subject.resource.account, parameters)
    how = "Give role {} the trust back that it had" if former else "Take strangers out of the trust of role {}"

    def to(value: Json) -> tuple[Call, ...]:
        return (call("iam", "update_assume_role_policy", RoleName=role, PolicyDocument=json.dumps(value)),)

    return (change(_TARGET, how.format(role), before=before, after=after, to=to),)


def remember(found: Observation, parameters: Parameters) -> JsonObject:
    """The trust policy, as long as it is in order; else what was known before."""
    trust = found.state[_TARGET]
    known = found.former if _strangers(trust, str(found.evidence["account"]), parameters) else {_TARGET: trust}
    return dict(known)


def _statements(trust: Json) -> list[Any]:
    found = trust.get("Statement", []) if isinstance(trust, dict) else []
    return found if isinstance(found, list) else [found]


def _strangers(trust: Json, account: str, parameters: Parameters) -> bool:
    return any(_trusts_strangers(each, account, parameters) for each in _statements(trust))


def _trusts_strangers(statement: JsonObject, account: str, parameters: Parameters) -> bool:
    """Whether it lets in everybody, or an account that is neither ours nor named in the policy."""
    if statement.get("Effect") != "Allow":
        return False
    if is_public(statement):
        return True
    named = parameters.get("trusted_accounts")
    hub = parameters.get(HUB_ACCOUNT, account)
    trusted = {account, str(hub), *(str(each) for each in (named if isinstance(named, list) else []))}
    principal = statement.get("Principal")
    aws = principal.get("AWS", []) if isinstance(principal, dict) else []
    accounts = (_ACCOUNT.match(str(each)) for each in (aws if isinstance(aws, list) else [aws]))
    return any(found and found[1] not in trusted for found in accounts)


def _without_strangers(trust: Json, account: str, parameters: Parameters) -> Json:
    """The trust without what lets strangers in; of a role that would trust nobody, our own account's administrators."""
    kept = [each for each in _statements(trust) if not _trusts_strangers(each, account, parameters)]
    own = {
        "Sid": "OwnAccount",
        "Effect": "Allow",
        "Principal": {"AWS": f"arn:aws:iam::{account}:root"},
        "Action": "sts:AssumeRole",
    }
    return {**(trust if isinstance(trust, dict) else {}), "Statement": kept or [own]}


PLAYBOOK = Playbook(
    name="iam-trust-revert",
    family=Family.IDENTITY,
    summary="Gives a role that trusts strangers its former trust back, or takes the strangers out of it.",
    problem="Role {id} trusts strangers",
    risk="A partner whose account is not named in the policy loses the role.",
    rights=("iam:GetRole", "iam:UpdateAssumeRolePolicy"),
    acts_on=("cloudtrail/iam-trust-everybody.json", "cloudtrail/iam-trust-foreign-account.json"),
    leaves=("cloudtrail/iam-trust-own-account.json",),
    observe=observe,
    plan=plan,
    remember=remember,
)
