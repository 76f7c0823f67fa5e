"""Telling from an SDK's own request what it calls, and with which parameters."""

from collections.abc import Callable
from typing import Any

import pytest
from opsplane_local.gateway.call import Call, Credential, Request
from opsplane_local.gateway.trail.operations import read_answer, read_parameters, resolve

CALLS: list[tuple[str, str, dict[str, Any], str]] = [
    ("ec2", "create_tags", {"Resources": ["i-1"], "Tags": [{"Key": "a", "Value": "b"}]}, "CreateTags"),
    ("iam", "put_role_policy", {"RoleName": "r", "PolicyName": "p", "PolicyDocument": "{}"}, "PutRolePolicy"),
    ("rds", "stop_db_instance", {"DBInstanceIdentifier": "db"}, "StopDBInstance"),
    ("ecs", "update_service", {"service": "web", "desiredCount": 0}, "UpdateService"),
    ("events", "disable_rule", {"Name": "r"}, "DisableRule"),
    ("guardduty", "delete_detector", {"DetectorId": "d1"}, "DeleteDetector"),
    ("lambda", "put_function_concurrency", {"FunctionName": "f", "ReservedConcurrentExecutions": 1},
     "PutFunctionConcurrency"),
    ("scheduler", "delete_schedule", {"Name": "s"}, "DeleteSchedule"),
    ("s3", "put_bucket_policy", {"Bucket": "b", "Policy": "{}"}, "PutBucketPolicy"),
    ("s3", "put_bucket_acl", {"Bucket": "b", "ACL": "public-read"}, "PutBucketAcl"),
    ("s3", "delete_public_access_block", {"Bucket": "b"}, "DeletePublicAccessBlock"),
    ("s3", "put_object", {"Bucket": "b", "Key": "a/b", "Body": b"x"}, "PutObject"),
    ("route53", "delete_hosted_zone", {"Id": "Z1"}, "DeleteHostedZone"),
    ("elbv2", "delete_load_balancer", {"LoadBalancerArn": "arn:aws:elasticloadbalancing:x"}, "DeleteLoadBalancer"),
    ("elb", "delete_load_balancer", {"LoadBalancerName": "old"}, "DeleteLoadBalancer"),
    ("apigatewayv2", "delete_api", {"ApiId": "a1"}, "DeleteApi"),
    ("cloudwatch", "delete_alarms", {"AlarmNames": ["a"]}, "DeleteAlarms"),
    ("sqs", "set_queue_attributes", {"QueueUrl": "http://127.0.0.1:4566/1/q", "Attributes": {"DelaySeconds": "1"}},
     "SetQueueAttributes"),
    ("accessanalyzer", "delete_analyzer", {"analyzerName": "a"}, "DeleteAnalyzer"),
    ("stepfunctions", "delete_state_machine", {"stateMachineArn": "arn:x"}, "DeleteStateMachine"),
]  # fmt: skip


@pytest.mark.parametrize(("service", "method", "parameters", "name"), CALLS, ids=lambda value: str(value)[:24])
def test_operation_and_parameters_are_read_back(
    service: str, method: str, parameters: dict[str, Any], name: str, write: Callable[..., Request]
) -> None:
    """Every protocol's request yields the operation's name and the parameters that the SDK was given."""
    request = write(service, method, **parameters)

    operation = resolve(request, Credential.of(request).service)

    assert operation is not None
    assert name == operation.name
    if name != "PutObject":
        read = read_parameters(request, operation)
        assert parameters == {key: read[key] for key in parameters}


def test_call_of_nothing_known_is_no_operation(write: Callable[..., Request]) -> None:
    """An unknown service, path or action yields None rather than an error."""
    known = write("ec2", "describe_vpcs")
    unknown_action = Request("POST", b"/", b"", known.headers, b"Action=MakeCoffee&Version=2016-11-15", "")
    unknown_path = Request("DELETE", b"/no/such/thing/at/all", b"", [], b"", "")

    operations = [resolve(unknown_action, "ec2"), resolve(unknown_path, "guardduty"), resolve(known, "no-service")]

    assert operations == [None, None, None]


def test_answer_is_read_with_real_types(write: Callable[..., Request], answer: Callable[..., Call]) -> None:
    """The SDK's own parser reads the answer, so booleans and lists are what they are for any client."""
    request = write("ec2", "delete_security_group", GroupId="sg-1")
    operation = resolve(request, "ec2")
    body = "<DeleteSecurityGroupResponse><requestId>r-1</requestId><return>true</return></DeleteSecurityGroupResponse>"
    assert operation is not None

    read = read_answer(answer(request, 200, body), operation)

    assert read["Return"] is True
    assert read["ResponseMetadata"]["RequestId"] == "r-1"
