"""A bucket that the public can reach is made private; its old policy and ACL are kept.

Public statements and grants are taken out and Block Public Access is switched on, so that the bucket stays private
when one of the three is loosened later. Undo runs backwards: Block Public Access first, else S3 refuses the policy.
"""

import json
from typing import Any

from opsplane.errors import ResourceNotFound
from opsplane.exposure.statements import is_public
from opsplane.model import Json
from opsplane.playbooks.plan import Api, Call, Observation, Step
from opsplane.playbooks.playbook import Family, Parameters, Playbook
from opsplane.signals.signal import Subject

_BLOCK = ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets")
_BLOCK_OFF = (
    "BucketPublicAccessBlock",
    "BucketBlockPublicAccessDisabled",
    "S3.8",
    "s3-bucket-level-public-access-prohibited",
)
"""What calls, types of findings, controls and rules about Block Public Access are called."""

_PUBLIC_GROUPS = (
    "http://acs.amazonaws.com/groups/global/AllUsers",
    "http://acs.amazonaws.com/groups/global/AuthenticatedUsers",
)


def observe(api: Api, subject: Subject) -> Observation:
    """Block Public Access, policy and ACL of the bucket, and its tags."""
    bucket = subject.resource
    name = {"Bucket": bucket.id, "ExpectedBucketOwner": bucket.account}
    block = _read(api, "get_public_access_block", name).get("PublicAccessBlockConfiguration")
    text = _read(api, "get_bucket_policy", name).get("Policy")
    policy = json.loads(text) if text else None
    acl = api.read("s3", "get_bucket_acl", **name)
    tags = _read(api, "get_bucket_tagging", name).get("TagSet", [])
    grants = {"Owner": acl["Owner"], "Grants": acl.get("Grants", [])}
    state: dict[str, Json] = {"acl": grants}
    if block:
        state["public access block"] = {key: bool(block.get(key)) for key in _BLOCK}
    if policy:
        state["policy"] = policy
    return Observation(
        tags={tag["Key"]: tag["Value"] for tag in tags},
        state=state,
        evidence={"public_access_block": block, "policy": policy, "acl": grants},
    )


def _read(api: Api, operation: str, name: dict[str, str]) -> dict[str, Any]:
    """An optional part of a bucket: S3 answers 404 for a part that was never set, and for a bucket that is gone."""
    try:
        return api.read("s3", operation, **name)
    except ResourceNotFound as error:
        if "NoSuchBucket:" in str(error):
            raise
        return {}


def plan(subject: Subject, found: Observation, _: Parameters) -> tuple[Step, ...]:
    """Steps for the public parts of policy and ACL, then Block Public Access; none when nothing is public."""
    bucket, owner = subject.resource.id, subject.resource.account
    block = found.state.get("public access block")
    steps = [*_policy_step(bucket, owner, found.state.get("policy")), *_acl_step(bucket, owner, found.state["acl"])]
    wanted: Json = dict.fromkeys(_BLOCK, True)
    if block == wanted:
        # S3 already ignores what is public in policy and ACL.
        return ()
    if not steps and not _is_about_block(subject):
        return ()
    return (*steps, _block_step(bucket, owner, block, wanted))


def _is_about_block(subject: Subject) -> bool:
    """Whether the call or finding is about Block Public Access itself."""
    said = {str(subject.facts.get(fact, "")) for fact in ("call", "type", "control", "rule")}
    return any(word in each for each in said for word in _BLOCK_OFF)


def _policy_step(bucket: str, owner: str, policy: Json) -> list[Step]:
    if not isinstance(policy, dict):
        return []
    found = policy.get("Statement", [])
    statements: list[Any] = found if isinstance(found, list) else [found]
    kept = [statement for statement in statements if not is_public(statement)]
    if len(kept) == len(statements):
        return []
    after: Json = {**policy, "Statement": kept} if kept else None
    return [
        Step(
            target="policy",
            summary=f"Take {len(statements) - len(kept)} public statement(s) out of the policy of {bucket}",
            before=policy,
            after=after,
            apply=(_put_policy(bucket, owner, after),),
            undo=(_put_policy(bucket, owner, policy),),
        )
    ]


def _put_policy(bucket: str, owner: str, policy: Json) -> Call:
    name = {"Bucket": bucket, "ExpectedBucketOwner": owner}
    if policy is None:
        return Call(service="s3", operation="delete_bucket_policy", parameters=name)
    text = json.dumps(policy, separators=(",", ":"))
    return Call(service="s3", operation="put_bucket_policy", parameters={**name, "Policy": text})


def _acl_step(bucket: str, owner: str, acl: Json) -> list[Step]:
    if not isinstance(acl, dict) or not isinstance(acl["Grants"], list):
        return []
    grants: list[Any] = acl["Grants"]
    kept = [grant for grant in grants if grant["Grantee"].get("URI") not in _PUBLIC_GROUPS]
    if len(kept) == len(grants):
        return []
    after: Json = {**acl, "Grants": kept}
    calls = [
        Call(
            service="s3",
            operation="put_bucket_acl",
            parameters={"Bucket": bucket, "ExpectedBucketOwner": owner, "AccessControlPolicy": value},
        )
        for value in (after, acl)
    ]
    return [
        Step(
            target="acl",
            summary=f"Take {len(grants) - len(kept)} public grant(s) out of the ACL of {bucket}",
            before=acl,
            after=after,
            apply=(calls[0],),
            undo=(calls[1],),
        )
    ]


def _block_step(bucket: str, owner: str, before: Json, after: Json) -> Step:
    return Step(
        target="public access block",
        summary=f"Switch on Block Public Access of {bucket}",
        before=before,
        after=after,
        apply=(_put_block(bucket, owner, after),),
        undo=(_put_block(bucket, owner, before),),
    )


def _put_block(bucket: str, owner: str, value: Json) -> Call:
    name = {"Bucket": bucket, "ExpectedBucketOwner": owner}
    if value is None:
        return Call(service="s3", operation="delete_public_access_block", parameters=name)
    parameters = {**name, "PublicAccessBlockConfiguration": value}
    return Call(service="s3", operation="put_public_access_block", parameters=parameters)


PLAYBOOK = Playbook(
    name="s3-public-revert",
    family=Family.STORAGE,
    summary="Makes a public bucket private; its old policy, ACL and Block Public Access settings are kept for undo.",
    problem="Bucket {id} is open to the public",
    risk="A website or a partner that read the bucket anonymously stops working.",
    rights=(
        "s3:DeleteBucketPolicy",
        "s3:GetBucketAcl",
        "s3:GetBucketPolicy",
        "s3:GetBucketPublicAccessBlock",
        "s3:GetBucketTagging",
        "s3:PutBucketAcl",
        "s3:PutBucketPolicy",
        "s3:PutBucketPublicAccessBlock",
    ),
    acts_on=(
        "cloudtrail/s3-bucket-policy-public.json",
        "cloudtrail/s3-bucket-acl-public.json",
        "cloudtrail/s3-public-access-block-deleted.json",
        "config/s3-public-read-noncompliant.json",
        "guardduty/s3-bucket-public-access-granted.json",
        "accessanalyzer/s3-bucket-public.json",
    ),
    leaves=("cloudtrail/s3-block-on.json",),
    observe=observe,
    plan=plan,
    rolls_back=False,
)
