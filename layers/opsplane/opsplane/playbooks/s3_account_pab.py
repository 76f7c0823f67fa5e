"""The account's block of public access is switched on again, for all of its buckets.

https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
"""

from typing import Any

from opsplane.model import Json
from opsplane.playbooks.plan import Api, Call, Observation, Step, call, change, part
from opsplane.playbooks.playbook import Family, Parameters, Playbook
from opsplane.signals.signal import Subject

_BLOCK = ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets")
_TARGET = "account public access block"


def observe(api: Api, subject: Subject) -> Observation:
    """The four switches; none of them when the account has no such configuration."""
    found = part(api, "s3control", "get_public_access_block", AccountId=subject.resource.account)
    block = found.get("PublicAccessBlockConfiguration")
    state: dict[str, Json] = {_TARGET: {key: bool(block.get(key)) for key in _BLOCK}} if block else {}
    return Observation(state=state, evidence={"public_access_block": block})


def plan(subject: Subject, found: Observation, _: Parameters) -> tuple[Step, ...]:
    """One step, unless all four are on."""
    account, before = subject.resource.account, found.state.get(_TARGET)
    wanted: Json = dict.fromkeys(_BLOCK, True)
    if before == wanted:
        return ()

    def to(value: Json) -> tuple[Call, ...]:
        if value is None:
            return (call("s3control", "delete_public_access_block", AccountId=account),)
        settings: dict[str, Any] = {"AccountId": account, "PublicAccessBlockConfiguration": value}
        return (call("s3control", "put_public_access_block", **settings),)

    summary = f"Switch on Block Public Access of account {account}"
    return (change(_TARGET, summary, before=before, after=wanted, to=to),)


def caution(_: Subject, __: Observation, parameters: Parameters) -> str | None:
    """Buckets that are public on purpose would be cut off."""
    public = parameters.get("public_buckets")
    named = ", ".join(str(each) for each in public) if isinstance(public, list) else ""
    return f"buckets are public on purpose and would be cut off: {named}" if named else None


PLAYBOOK = Playbook(
    name="s3-account-pab",
    family=Family.STORAGE,
    summary="Switches the account's Block Public Access on again, all four settings.",
    problem="Account {id} no longer blocks public access to its buckets",
    risk="Buckets that are public on purpose are cut off; name them in the policy, then it asks.",
    rights=("s3:GetAccountPublicAccessBlock", "s3:PutAccountPublicAccessBlock"),
    acts_on=("cloudtrail/s3-account-block-off.json", "cloudtrail/s3-account-block-deleted.json"),
    leaves=("cloudtrail/s3-account-block-on.json",),
    observe=observe,
    plan=plan,
    caution=caution,
)
