"""Who asks. Authentication comes later; until then a request is believed, and the service listens on loopback only."""

from fastapi import Request
from opsplane.model import tame

HEADER = "X-Opsplane-User"
_LENGTH = 64


def person_of(request: Request, fallback: str) -> str:
    """The name that goes into the record.

    API Gateway with IAM authorisation proves who called, so its word goes first; then the header; then `fallback`.
    """
    return _proven(request) or tame(request.headers.get(HEADER, ""), _LENGTH) or fallback


def _proven(request: Request) -> str:
    """The end of the caller's ARN, e.g. `assumed-role/Responder/alice`, or nothing outside API Gateway."""
    # https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
    found: object = request.scope.get("aws.event")
    for key in ("requestContext", "authorizer", "iam", "userArn"):
        found = found.get(key) if isinstance(found, dict) else None
    return tame(found.rpartition(":")[2], _LENGTH) if isinstance(found, str) else ""
