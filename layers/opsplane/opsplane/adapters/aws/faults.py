"""boto3's errors as ours: permanent or temporary decides about retries."""

from collections.abc import Iterator
from contextlib import contextmanager

from botocore.exceptions import BotoCoreError, ClientError, HTTPClientError, NoCredentialsError, ParamValidationError

from opsplane.errors import AccessDenied, OpsplaneError, PermanentError, ResourceNotFound, ServiceUnavailable

_DENIED = frozenset(
    {
        "403",
        "AccessDenied",
        "AccessDeniedException",
        "AuthorizationError",
        "AuthorizationErrorException",
        "Forbidden",
        "NotAuthorized",
        "UnauthorizedOperation",
    }
)
"""S3 answers HEAD requests without a body, so that only the status is left."""

_THROTTLED = frozenset(
    {
        "Throttling",
        "ThrottlingException",
        "ThrottledException",
        "TooManyRequestsException",
        "RequestLimitExceeded",
        "RequestThrottled",
        "RequestThrottledException",
        "BandwidthLimitExceeded",
        "EC2ThrottledException",
        "PriorRequestNotComplete",
        "SnapshotCreationPerVolumeRateExceeded",
        "ProvisionedThroughputExceededException",
        "SlowDown",
        "OperationAborted",
        "RequestTimeout",
        "RequestTimeoutException",
        "TransactionInProgressException",
        "InternalError",
        "InternalFailure",
        "InternalServerError",
        "ServiceUnavailable",
        "ServiceUnavailableException",
    }
)
_BUSY = frozenset({"ThrottlingError", "ProvisionedThroughputExceeded"})
"""Why DynamoDB cancels a transaction that may succeed the next time."""

_SERVER_FAULT = 500

_FULL = frozenset(
    {"InsufficientInstanceCapacity", "InsufficientHostCapacity", "InsufficientCapacity", "InsufficientAddressCapacity"}
)
"""EC2 answers these with 500; yet the same call is refused until it asks for less, or for something else."""


@contextmanager
def translated(doing: str) -> Iterator[None]:
    """Turn boto3's exceptions into ours; `doing` says in the message what was attempted."""
    try:
        yield
    except ClientError as error:
        raise _of_client_error(error, doing) from error
    except (NoCredentialsError, ParamValidationError) as error:
        message = f"{doing}: {error}"
        raise PermanentError(message) from error
    except (HTTPClientError, BotoCoreError) as error:
        message = f"{doing}: {error}"
        raise ServiceUnavailable(message) from error


def _of_client_error(error: ClientError, doing: str) -> OpsplaneError:
    code = str(error.response.get("Error", {}).get("Code", "Unknown"))
    status = int(error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0))
    message = f"{doing}: {code}: {error.response.get('Error', {}).get('Message', '')}"
    if code in _DENIED:
        return AccessDenied(message)
    reasons = {reason.get("Code") for reason in error.response.get("CancellationReasons", [])}
    if code in _FULL:
        return PermanentError(message)
    if code in _THROTTLED or status >= _SERVER_FAULT or reasons & _BUSY:
        return ServiceUnavailable(message)
    if "NotFound" in code or code.startswith("NoSuch") or code == "404":
        return ResourceNotFound(message)
    return PermanentError(message)


def is_conflict(error: ClientError) -> bool:
    """Whether DynamoDB cancelled a transaction since a condition did not hold, or another one was at it."""
    reasons = error.response.get("CancellationReasons", [])
    codes = {reason.get("Code") for reason in reasons if isinstance(reason, dict)}
    return bool(codes & {"ConditionalCheckFailed", "TransactionConflict"})
