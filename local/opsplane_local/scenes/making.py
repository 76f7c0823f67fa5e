"""Making what is not there: small things that many scenes do."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from botocore.exceptions import ClientError

from opsplane_local.scenes.networks import ENVIRONMENT

if TYPE_CHECKING:
    from collections.abc import Iterator

TAGS: Final = [{"Key": "Environment", "Value": ENVIRONMENT}]
"""On each resource of a scene that takes tags."""


@contextmanager
def unless_there(*codes: str) -> Iterator[None]:
    """Pass over the error that says that something exists already, or is gone already."""
    try:
        yield
    except ClientError as error:
        if error.response["Error"]["Code"] not in codes:
            raise


def request_of(event: dict[str, Any]) -> dict[str, Any]:
    """The `requestParameters` of a CloudTrail event."""
    found: dict[str, Any] = event["detail"]["requestParameters"]
    return found


def finding_of(event: dict[str, Any]) -> dict[str, Any]:
    """The `resource` of a GuardDuty finding."""
    found: dict[str, Any] = event["detail"]["resource"]
    return found


def hub_resource(event: dict[str, Any]) -> str:
    """The id of the resource of a Security Hub finding."""
    found: str = event["detail"]["findings"][0]["Resources"][0]["Id"]
    return found
