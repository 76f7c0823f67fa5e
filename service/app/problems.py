"""What went wrong, as RFC 9457 problem details."""

from typing import Any

from pydantic import BaseModel, Field
from starlette.responses import Response

MEDIA_TYPE = "application/problem+json"

_MEANINGS = {
    400: "The request cannot be understood.",
    403: "The request came from somewhere, or somebody, that may not send it.",
    404: "There is no such thing.",
    409: "The command does not fit the state.",
    422: "A field of the request is wrong.",
    503: "A part of opsplane cannot be reached just now; `Retry-After` says when to try again.",
}


class Fault(BaseModel):
    """One field of a request that is wrong."""

    field: str = Field(description="Where it stands, e.g. `query.limit`.")
    message: str


class Problem(BaseModel):
    """An RFC 9457 problem. `type` names the kind of problem and never changes; `detail` is for people."""

    type: str = Field(examples=["urn:opsplane:problem:illegal-transition"])
    title: str
    status: int
    detail: str
    instance: str = Field(description="The path that was asked for.")
    faults: list[Fault] = []


def problem(kind: str, title: str, status: int, detail: str, instance: str) -> Problem:
    """A problem of a kind such as `illegal-transition`."""
    return Problem(type=f"urn:opsplane:problem:{kind}", title=title, status=status, detail=detail, instance=instance)


def as_json(body: Problem, retry_after: int | None = None) -> Response:
    """The problem as a response for programs."""
    headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
    return Response(body.model_dump_json(), status_code=body.status, media_type=MEDIA_TYPE, headers=headers)


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The `responses=` of a router whose routes may answer with these problems."""
    reference = {"schema": {"$ref": "#/components/schemas/Problem"}}
    return {
        status: {"description": _MEANINGS[status], "content": {MEDIA_TYPE: reference}} for status in sorted(statuses)
    }
