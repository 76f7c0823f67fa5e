"""boto3's errors as ours: permanent or temporary decides about retries."""

from typing import Any

import pytest
from botocore.exceptions import (
    ClientError,
    ConnectTimeoutError,
    EndpointConnectionError,
    NoCredentialsError,
    ParamValidationError,
    ReadTimeoutError,
)
from opsplane.adapters.aws.faults import translated
from opsplane.errors import AccessDenied, OpsplaneError, PermanentError, ResourceNotFound, ServiceUnavailable


def refused(code: str, status: int = 400, **more: Any) -> ClientError:
    """What boto3 raises when AWS refuses."""
    answer = {"Error": {"Code": code, "Message": "because"}, "ResponseMetadata": {"HTTPStatusCode": status}, **more}
    return ClientError(answer, "Operation")


@pytest.mark.parametrize(
    ("code", "status", "kind"),
    [
        ("UnauthorizedOperation", 403, AccessDenied),
        ("AccessDenied", 403, AccessDenied),
        ("AccessDeniedException", 400, AccessDenied),
        ("403", 403, AccessDenied),
        ("Throttling", 400, ServiceUnavailable),
        ("EC2ThrottledException", 400, ServiceUnavailable),
        ("SnapshotCreationPerVolumeRateExceeded", 400, ServiceUnavailable),
        ("ThrottlingException", 400, ServiceUnavailable),
        ("RequestLimitExceeded", 503, ServiceUnavailable),
        ("SlowDown", 503, ServiceUnavailable),
        ("ProvisionedThroughputExceededException", 400, ServiceUnavailable),
        ("OperationAborted", 409, ServiceUnavailable),
        ("SomethingNew", 500, ServiceUnavailable),
        ("SomethingNew", 503, ServiceUnavailable),
        ("InsufficientInstanceCapacity", 500, PermanentError),
        ("InvalidGroup.NotFound", 400, ResourceNotFound),
        ("InvalidPermission.NotFound", 400, ResourceNotFound),
        ("NoSuchBucket", 404, ResourceNotFound),
        ("NoSuchBucketPolicy", 404, ResourceNotFound),
        ("NoSuchPublicAccessBlockConfiguration", 404, ResourceNotFound),
        ("ResourceNotFoundException", 400, ResourceNotFound),
        ("404", 404, ResourceNotFound),
        ("InvalidPermission.Duplicate", 400, PermanentError),
        ("MalformedPolicy", 400, PermanentError),
        ("SomethingNew", 400, PermanentError),
    ],
)
def test_codes_decide(code: str, status: int, kind: type[OpsplaneError]) -> None:
    """The message keeps what was attempted, AWS's code and AWS's words."""
    with pytest.raises(OpsplaneError) as caught, translated("ec2 operation"):
        raise refused(code, status)

    assert type(caught.value) is kind
    assert str(caught.value) == f"ec2 operation: {code}: because"


@pytest.mark.parametrize(
    "error",
    [
        EndpointConnectionError(endpoint_url="https://ec2"),
        ConnectTimeoutError(endpoint_url="https://ec2"),
        ReadTimeoutError(endpoint_url="https://ec2"),
    ],
)
def test_a_network_that_fails_is_worth_another_try(error: Exception) -> None:
    """Nobody knows whether the call took effect: live state will tell."""
    with pytest.raises(ServiceUnavailable), translated("ec2 operation"):
        raise error


@pytest.mark.parametrize("error", [NoCredentialsError(), ParamValidationError(report="bad")])
def test_a_mistake_of_ours_is_permanent(error: Exception) -> None:
    """Trying again gives the same answer."""
    with pytest.raises(PermanentError), translated("ec2 operation"):
        raise error


def test_what_is_not_boto3s_is_left_as_it_is() -> None:
    """A mistake in our own code is not dressed up as AWS's."""
    with pytest.raises(KeyError), translated("ec2 operation"):
        raise KeyError


@pytest.mark.parametrize("reason", ["ThrottlingError", "ProvisionedThroughputExceeded"])
def test_a_transaction_that_was_cancelled_for_load_is_worth_another_try(reason: str) -> None:
    """DynamoDB names the load only inside."""
    reasons = [{"Code": "None"}, {"Code": reason}]
    with pytest.raises(ServiceUnavailable), translated("write to ledger"):
        raise refused("TransactionCanceledException", CancellationReasons=reasons)
