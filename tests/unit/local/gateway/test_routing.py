"""Which emulator serves which call."""

from collections.abc import Callable

import pytest
from opsplane_local.gateway.call import Credential, Request
from opsplane_local.gateway.routing import Emulator, emulator_for

MOTO_CALLS = [
    ("ec2", "describe_vpcs", {}),
    ("rds", "describe_db_instances", {}),
    ("elasticache", "describe_cache_clusters", {}),
    ("ecs", "list_clusters", {}),
    ("elbv2", "describe_load_balancers", {}),
    ("wafv2", "list_web_acls", {"Scope": "REGIONAL"}),
    ("guardduty", "list_detectors", {}),
    ("securityhub", "get_findings", {}),
    ("config", "describe_config_rules", {}),
    ("cloudtrail", "describe_trails", {}),
    ("route53", "list_hosted_zones", {}),
    ("acm", "list_certificates", {}),
    ("ecr", "describe_repositories", {}),
    ("inspector2", "list_findings", {}),
    ("accessanalyzer", "list_analyzers", {}),
    ("budgets", "describe_budgets", {"AccountId": "000000000000"}),
    ("ce", "get_anomaly_monitors", {}),
    ("application-autoscaling", "describe_scalable_targets", {"ServiceNamespace": "ecs"}),
    ("autoscaling", "describe_auto_scaling_groups", {}),
    ("cloudwatch", "describe_alarms", {}),
    ("resourcegroupstaggingapi", "get_resources", {}),
]
MINISTACK_CALLS: list[tuple[str, str, dict[str, str]]] = [
    ("s3", "list_buckets", {}),
    ("lambda", "list_functions", {}),
    ("events", "list_rules", {}),
    ("scheduler", "list_schedules", {}),
    ("sqs", "list_queues", {}),
    ("sns", "list_topics", {}),
    ("dynamodb", "list_tables", {}),
    ("logs", "describe_log_groups", {}),
    ("cloudformation", "describe_stacks", {}),
    ("iam", "list_roles", {}),
    ("sts", "get_caller_identity", {}),
    ("secretsmanager", "list_secrets", {}),
    ("ssm", "describe_parameters", {}),
    ("kms", "list_keys", {}),
    ("apigatewayv2", "get_apis", {}),
]


@pytest.mark.parametrize(
    ("call", "emulator"),
    [(call, Emulator.MOTO) for call in MOTO_CALLS] + [(call, Emulator.MINISTACK) for call in MINISTACK_CALLS],
    ids=lambda value: value[0] if isinstance(value, tuple) else value,
)
def test_signed_calls_go_where_their_service_lives(
    call: tuple[str, str, dict[str, str]], emulator: Emulator, write: Callable[..., Request]
) -> None:
    """The credential scope of the SDK's own request decides."""
    service, operation, parameters = call
    request = write(service, operation, **parameters)

    chosen = emulator_for(request, Credential.of(request))

    assert emulator == chosen


@pytest.mark.parametrize(
    ("secret", "emulator"),
    [
        ("rds!db-1", Emulator.MOTO),
        ("arn:aws:secretsmanager:us-east-1:000000000000:secret:rds!db-1-AbCdEf", Emulator.MOTO),
        ("/dev/database/credentials", Emulator.MINISTACK),
        ("words!db", Emulator.MINISTACK),
    ],
)
def test_a_secret_that_rds_made_is_where_rds_is(secret: str, emulator: Emulator, write: Callable[..., Request]) -> None:
    """Terraform sets its rotation, and a service reads it, through the same endpoint as every other secret."""
    request = write("secretsmanager", "get_secret_value", SecretId=secret)

    chosen = emulator_for(request, Credential.of(request))

    assert emulator == chosen


@pytest.mark.parametrize(
    ("headers", "emulator"),
    [
        ([(b"x-amz-target", b"AmazonEC2ContainerServiceV20141113.ListClusters")], Emulator.MOTO),
        ([(b"x-amz-target", b"AWSEvents.PutEvents")], Emulator.MINISTACK),
        ([(b"host", b"ec2.us-east-1.amazonaws.com")], Emulator.MOTO),
        ([(b"host", b"route53.amazonaws.com")], Emulator.MOTO),
        ([(b"host", b"bucket.s3.us-east-1.amazonaws.com")], Emulator.MINISTACK),
        ([(b"host", b"127.0.0.1:4566")], Emulator.MINISTACK),
        ([(b"host", b"abcd1234.execute-api.localhost:4566")], Emulator.MINISTACK),
        ([], Emulator.MINISTACK),
    ],
)
def test_unsigned_calls_go_by_target_then_host_then_to_ministack(
    headers: list[tuple[bytes, bytes]], emulator: Emulator
) -> None:
    """A call without a signature may still name its service."""
    request = Request("POST", b"/", b"", headers, b"", "127.0.0.1")

    chosen = emulator_for(request, Credential())

    assert emulator == chosen
