"""Secrets Manager: the rotation of secrets that RDS made."""

from typing import Any

import pytest
from botocore.exceptions import ClientError
from opsplane_local.moto_gaps import secrets_manager
from opsplane_local.moto_gaps.patch import Patch

pytestmark = pytest.mark.integration


@pytest.fixture
def client(connect: Any) -> Any:
    """Return a Secrets Manager client."""
    return connect("secretsmanager")


@pytest.fixture
def secret(connect: Any, client: Any) -> str:
    """Return the ARN of a secret that RDS made and rotates every 30 days."""
    instance = connect("rds").create_db_instance(
        DBInstanceIdentifier="main",
        DBInstanceClass="db.t4g.micro",
        Engine="postgres",
        AllocatedStorage=20,
        MasterUsername="app_owner",
        ManageMasterUserPassword=True,
    )["DBInstance"]
    arn: str = instance["MasterUserSecret"]["SecretArn"]
    client.rotate_secret(SecretId=arn, RotationRules={"AutomaticallyAfterDays": 30}, RotateImmediately=False)
    return arn


def test_moto_still_asks_for_a_function(client: Any, secret: str) -> None:
    """Fails when moto cancels a rotation that has no function: delete the gap then."""
    with pytest.raises(ClientError, match="Lambda function"):
        client.cancel_rotate_secret(SecretId=secret)


def test_a_managed_rotation_can_be_cancelled(client: Any, secret: str, patch: Patch) -> None:
    """Terraform cancels it before it deletes the instance."""
    secrets_manager.managed_rotation_ends(patch)
    before = client.describe_secret(SecretId=secret)["RotationEnabled"]

    client.cancel_rotate_secret(SecretId=secret)

    assert (before, client.describe_secret(SecretId=secret)["RotationEnabled"]) == (True, False)


def test_a_secret_of_ones_own_still_needs_its_function(client: Any, patch: Patch) -> None:
    """The gap concerns managed secrets only."""
    secrets_manager.managed_rotation_ends(patch)
    arn = client.create_secret(Name="own", SecretString="not-a-secret")["ARN"]

    with pytest.raises(ClientError, match="Lambda function"):
        client.cancel_rotate_secret(SecretId=arn)
