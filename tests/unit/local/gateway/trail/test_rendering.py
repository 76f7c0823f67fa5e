"""Writing parameters the way CloudTrail does."""

from datetime import UTC, datetime

import pytest
from botocore.session import get_session
from opsplane_local.gateway.trail.rendering import EC2, HIDDEN, PLAIN, lower_first, render


def test_names_start_in_lower_case() -> None:
    """Only the first letter changes."""
    assert [lower_first(name) for name in ("PolicyDocument", "DBInstanceIdentifier", "")] == [
        "policyDocument",
        "dBInstanceIdentifier",
        "",
    ]


@pytest.mark.parametrize(
    ("service", "operation", "parameters", "rendered"),
    [
        ("secretsmanager", "PutSecretValue", {"SecretId": "s", "SecretString": "geheim"},
         {"secretId": "s", "secretString": HIDDEN}),
        ("rds", "ModifyDBInstance", {"DBInstanceIdentifier": "d", "MasterUserPassword": "geheim"},
         {"dBInstanceIdentifier": "d", "masterUserPassword": HIDDEN}),
        ("elasticache", "ModifyReplicationGroup", {"ReplicationGroupId": "r", "AuthToken": "geheim"},
         {"replicationGroupId": "r", "authToken": HIDDEN}),
        ("iam", "CreateLoginProfile", {"UserName": "u", "Password": "geheim"},
         {"userName": "u", "password": HIDDEN}),
        ("ssm", "PutParameter", {"Name": "n", "Value": "geheim"}, {"name": "n", "value": HIDDEN}),
        ("lambda", "UpdateFunctionConfiguration",
         {"FunctionName": "f", "Environment": {"Variables": {"TOKEN": "geheim"}}},
         {"functionName": "f", "environment": {"variables": HIDDEN}}),
        ("lambda", "UpdateFunctionCode", {"FunctionName": "f", "ZipFile": b"PK"},
         {"functionName": "f", "zipFile": HIDDEN}),
    ],
)  # fmt: skip
def test_secrets_are_hidden(
    service: str, operation: str, parameters: dict[str, object], rendered: dict[str, object]
) -> None:
    """No secret reaches an event, whether its model says that it is one or only its name does."""
    shape = get_session().get_service_model(service).operation_model(operation).input_shape
    assert shape is not None

    written = render(shape, parameters, PLAIN)

    assert rendered == written
    assert "geheim" not in str(written)


def test_moments_are_written_as_each_family_does() -> None:
    """EC2 counts milliseconds, the others write a date in words."""
    moment = datetime(2026, 11, 22, 17, 9, 18, tzinfo=UTC)
    shape = get_session().get_service_model("iam").shape_for("dateType")

    written = (render(shape, moment, PLAIN), render(shape, moment, EC2))

    assert written == ("Nov 22, 2026, 5:09:18 PM", 1795367358000)
