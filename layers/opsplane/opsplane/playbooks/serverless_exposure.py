"""A function, registry, queue or topic that everybody may use loses the statements that say so.

A function that talks to an attacker is stopped: it may run zero times at once.
https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html
https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html
"""

import json
from collections.abc import Callable
from typing import Any, NamedTuple

from opsplane.exposure.statements import is_public
from opsplane.model import Json, JsonObject
from opsplane.playbooks import function_permissions as permissions
from opsplane.playbooks.plan import Api, Call, Observation, Step, call, change, of_type, part, tags_of
from opsplane.playbooks.playbook import Family, Parameters, Playbook
from opsplane.signals.signal import Subject

_POLICY, _CONCURRENCY = "policy", "reserved concurrency"


class _Holder(NamedTuple):
    """How one type of resource tells its policy and its tags, and how the policy is set or taken away."""

    read: Callable[[Api, str], tuple[str | None, dict[str, str]]]
    put: Callable[[str, Json], Call]


def observe(api: Api, subject: Subject) -> Observation:
    """The resource's policy; of a function each permission, and how often it may run at once."""
    name = subject.resource.id
    if subject.resource.type == "AWS::Lambda::Function":
        return permissions.observe(api, name)
    text, tags = of_type(_HOLDERS, subject).read(api, name)
    return Observation(tags=tags, state={_POLICY: json.loads(text)} if text else {}, evidence={"policy": text})


def plan(subject: Subject, found: Observation, _: Parameters) -> tuple[Step, ...]:
    """Steps for what lets everybody in; for a function with a finding, that it does not run."""
    name = subject.resource.id
    if subject.resource.type == "AWS::Lambda::Function":
        return _stop(name, found) if "finding" in subject.facts and "type" in subject.facts else _close(name, found)
    return _policy_step(subject, found.state.get(_POLICY))


def _policy_step(subject: Subject, policy: Json) -> tuple[Step, ...]:
    listed = policy.get("Statement", []) if isinstance(policy, dict) else []
    statements: list[Any] = listed if isinstance(listed, list) else [listed]
    kept = [statement for statement in statements if not is_public(statement)]
    if len(kept) == len(statements) or not isinstance(policy, dict):
        return ()
    put, name = of_type(_HOLDERS, subject).put, subject.resource.id

    def to(value: Json) -> tuple[Call, ...]:
        return (put(name, value),)

    after: Json = {**policy, "Statement": kept} if kept else _policy_of_owner(subject)
    summary = f"Take {len(statements) - len(kept)} public statement(s) out of the policy of {name.rsplit('/', 1)[-1]}"
    return (change(_POLICY, summary, before=policy, after=after, to=to),)


def _policy_of_owner(subject: Subject) -> Json:
    """What is left where nobody is named: nothing, but for a topic, which takes no less, the policy of a new one.

    https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html
    """
    if subject.resource.type != "AWS::SNS::Topic":
        return None
    actions = (
        "GetTopicAttributes SetTopicAttributes AddPermission RemovePermission DeleteTopic Subscribe "
        "ListSubscriptionsByTopic Publish"
    )
    statement: JsonObject = {
        "Sid": "__default_statement_ID",
        "Effect": "Allow",
        "Principal": {"AWS": "*"},
        "Action": [f"SNS:{action}" for action in actions.split()],
        "Resource": subject.resource.id,
        "Condition": {"StringEquals": {"AWS:SourceOwner": subject.resource.account}},
    }
    return {"Version": "2008-10-17", "Id": "__default_policy_ID", "Statement": [statement]}


def _close(name: str, found: Observation) -> tuple[Step, ...]:
    return tuple(
        change(
            target,
            f"Remove {target} of function {name}, which lets everybody invoke it",
            before=statement,
            after=None,
            to=permissions.setting(name, target, statement),
        )
        for target, statement in found.state.items()
        if target.startswith("permission ") and isinstance(statement, dict) and is_public(statement)
    )


def _stop(name: str, found: Observation) -> tuple[Step, ...]:
    before = found.state.get(_CONCURRENCY)
    if before == 0:
        return ()

    def to(value: Json) -> tuple[Call, ...]:
        if value is None:
            return (call("lambda", "delete_function_concurrency", FunctionName=name),)
        return (call("lambda", "put_function_concurrency", FunctionName=name, ReservedConcurrentExecutions=value),)

    summary = f"Stop function {name}: it may run zero times at once"
    return (change(_CONCURRENCY, summary, before=before, after=0, to=to),)


def _read_repository(api: Api, name: str) -> tuple[str | None, dict[str, str]]:
    [found] = api.read("ecr", "describe_repositories", repositoryNames=[name])["repositories"]
    tags = api.read("ecr", "list_tags_for_resource", resourceArn=found["repositoryArn"])["tags"]
    return part(api, "ecr", "get_repository_policy", repositoryName=name).get("policyText"), tags_of(tags)


def _read_queue(api: Api, url: str) -> tuple[str | None, dict[str, str]]:
    found = api.read("sqs", "get_queue_attributes", QueueUrl=url, AttributeNames=["Policy"]).get("Attributes", {})
    tags: dict[str, str] = api.read("sqs", "list_queue_tags", QueueUrl=url).get("Tags", {})
    return found.get("Policy") or None, tags


def _read_topic(api: Api, arn: str) -> tuple[str | None, dict[str, str]]:
    attributes = api.read("sns", "get_topic_attributes", TopicArn=arn)["Attributes"]
    return attributes.get("Policy"), tags_of(api.read("sns", "list_tags_for_resource", ResourceArn=arn).get("Tags"))


def _put_repository(name: str, policy: Json) -> Call:
    if policy is None:
        return call("ecr", "delete_repository_policy", repositoryName=name)
    return call("ecr", "set_repository_policy", repositoryName=name, policyText=json.dumps(policy))


def _put_queue(url: str, policy: Json) -> Call:
    text = json.dumps(policy) if policy is not None else ""
    return call("sqs", "set_queue_attributes", QueueUrl=url, Attributes={"Policy": text})


def _put_topic(arn: str, policy: Json) -> Call:
    text = json.dumps(policy) if policy is not None else ""
    return call("sns", "set_topic_attributes", TopicArn=arn, AttributeName="Policy", AttributeValue=text)


_HOLDERS = {
    "AWS::ECR::Repository": _Holder(_read_repository, _put_repository),
    "AWS::SQS::Queue": _Holder(_read_queue, _put_queue),
    "AWS::SNS::Topic": _Holder(_read_topic, _put_topic),
}

PLAYBOOK = Playbook(
    name="serverless-exposure",
    family=Family.APPLICATION,
    summary="Closes a function, registry, queue or topic to everybody, and stops a function that talks to an attacker.",
    problem="{id} is open to everybody or in other hands",
    risk="Whoever used it without being named is refused; a stopped function serves nothing.",
    rights=(
        "ecr:DeleteRepositoryPolicy",
        "ecr:DescribeRepositories",
        "ecr:GetRepositoryPolicy",
        "ecr:ListTagsForResource",
        "ecr:SetRepositoryPolicy",
        "lambda:AddPermission",
        "lambda:DeleteFunctionConcurrency",
        "lambda:GetFunction",
        "lambda:GetFunctionConcurrency",
        "lambda:GetPolicy",
        "lambda:PutFunctionConcurrency",
        "lambda:RemovePermission",
        "sns:GetTopicAttributes",
        "sns:ListTagsForResource",
        "sns:SetTopicAttributes",
        "sqs:GetQueueAttributes",
        "sqs:ListQueueTags",
        "sqs:SetQueueAttributes",
    ),
    acts_on=(
        "cloudtrail/lambda-invoked-by-everybody.json",
        "cloudtrail/ecr-policy-public.json",
        "cloudtrail/sqs-policy-public.json",
        "cloudtrail/sns-policy-public.json",
        "securityhub/lambda-public.json",
        "guardduty/lambda-command-and-control.json",
    ),
    leaves=("cloudtrail/sqs-policy-private.json",),
    observe=observe,
    plan=plan,
    contains=True,
)
