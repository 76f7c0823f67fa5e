"""Scenes with functions, registries, queues and topics that everybody may use, and a function in other hands."""

from __future__ import annotations

import io
import json
import zipfile
from typing import TYPE_CHECKING, Any

from opsplane_local.scenes.envelopes import substitute
from opsplane_local.scenes.making import TAGS, finding_of, hub_resource, request_of, unless_there
from opsplane_local.scenes.networks import ENVIRONMENT
from opsplane_local.scenes.scene import Scene

if TYPE_CHECKING:
    from opsplane_local.scenes.envelopes import Event
    from opsplane_local.scenes.stage import Stage

_ROLE = "opsplane-sample-lambda"


def open_function(stage: Stage, _: str, event: Event) -> Scene:
    """Let everybody invoke the sample's function, beside a bucket that may."""
    hub = event["source"] == "aws.securityhub"
    name = hub_resource(event).rsplit(":", 1)[-1] if hub else request_of(event)["functionName"]
    _ensure_function(stage, name)
    allowed: dict[str, Any] = {"Action": "lambda:InvokeFunction", "FunctionName": name}
    client = stage.client("lambda")
    with unless_there("ResourceConflictException"):
        client.add_permission(StatementId="everybody", Principal="*", **allowed)
    with unless_there("ResourceConflictException"):
        source = "arn:aws:s3:::opsplane-sample-source"
        client.add_permission(StatementId="bucket", Principal="s3.amazonaws.com", SourceArn=source, **allowed)
    return Scene(event, f"function {name}, which everybody may invoke", (name,))


def infect_function(stage: Stage, _: str, event: Event) -> Scene:
    """Have the function of a finding, free to run."""
    name = finding_of(event)["lambdaDetails"]["functionName"]
    _ensure_function(stage, name)
    stage.client("lambda").delete_function_concurrency(FunctionName=name)
    return Scene(event, f"function {name}", (name,))


def _ensure_function(stage: Stage, name: str) -> None:
    statement = {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}
    trust = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    with unless_there("EntityAlreadyExists"):
        stage.client("iam").create_role(RoleName=_ROLE, AssumeRolePolicyDocument=trust)
    code = io.BytesIO()
    with zipfile.ZipFile(code, "w") as archive:
        archive.writestr("handler.py", "def lambda_handler(event, context):\n    return None\n")
    with unless_there("ResourceConflictException"):
        stage.client("lambda").create_function(
            FunctionName=name,
            Runtime="python3.12",
            Role=f"arn:aws:iam::{stage.account}:role/{_ROLE}",
            Handler="handler.lambda_handler",
            Code={"ZipFile": code.getvalue()},
            Tags={"Environment": ENVIRONMENT},
        )


def open_repository(stage: Stage, _: str, event: Event) -> Scene:
    """Let everybody pull from the sample's repository."""
    client, name = stage.client("ecr"), request_of(event)["repositoryName"]
    with unless_there("RepositoryAlreadyExistsException"):
        client.create_repository(repositoryName=name, tags=TAGS)
    client.set_repository_policy(repositoryName=name, policyText=request_of(event)["policyText"])
    return Scene(event, f"repository {name}, which everybody may pull from", (name,))


def open_queue(stage: Stage, _: str, event: Event) -> Scene:
    """Let everybody send to the sample's queue."""
    client, said = stage.client("sqs"), request_of(event)["queueUrl"]
    name = said.rsplit("/", 1)[-1]
    url = client.create_queue(QueueName=name, tags={"Environment": ENVIRONMENT})["QueueUrl"]
    client.set_queue_attributes(QueueUrl=url, Attributes=request_of(event)["attributes"])
    return Scene(substitute(event, {said: url}), f"queue {name}, which everybody may send to", (name,))


def open_topic(stage: Stage, _: str, event: Event) -> Scene:
    """Let everybody publish to the sample's topic."""
    client, arn = stage.client("sns"), request_of(event)["topicArn"]
    name = arn.rsplit(":", 1)[-1]
    client.create_topic(Name=name, Tags=TAGS)
    policy = request_of(event)["attributeValue"]
    client.set_topic_attributes(TopicArn=arn, AttributeName="Policy", AttributeValue=policy)
    return Scene(event, f"topic {name}, which everybody may publish to", (arn,))
