"""S3's bucket calls in CloudTrail: the bucket, the host, the sub-resource of the query, and the document as sent."""

from typing import Any
from xml.parsers.expat import ExpatError

import xmltodict  # type: ignore[import-untyped]

from opsplane_local.gateway.call import Request
from opsplane_local.gateway.trail.operations import json_of

POLICY = "policy"
DOCUMENT_HEADERS = ("x-amz-acl", "x-amz-grant-", "x-amz-object-ownership", "x-amz-bucket-object-lock-enabled")
"""Headers that carry a setting rather than a checksum or a signature."""


def s3_request(request: Request, bucket: str, region: str) -> dict[str, Any]:
    """Return `requestParameters` of a call on a bucket."""
    document = _policy(request) if POLICY in _subresources(request) else _xml(request.body)
    settings = {
        name.decode(): value.decode("latin-1")
        for name, value in request.headers
        if name.decode("latin-1").startswith(DOCUMENT_HEADERS)
    }
    return {
        "bucketName": bucket,
        **document,
        **settings,
        "Host": f"{bucket}.s3.{region}.amazonaws.com" if bucket else f"s3.{region}.amazonaws.com",
        **_subresources(request),
    }


def _policy(request: Request) -> dict[str, Any]:
    return {"bucketPolicy": json_of(request.body.decode("utf-8", "replace"))} if request.body else {}


def _subresources(request: Request) -> dict[str, str]:
    """Return the sub-resources of the address, without what belongs to a signature."""
    names = [part.split("=", 1) for part in request.query.decode("latin-1").split("&") if part]
    return {name[0]: name[1] if len(name) > 1 else "" for name in names if not name[0].startswith(("X-Amz-", "x-id"))}


def _xml(body: bytes) -> dict[str, Any]:
    if not body.lstrip().startswith(b"<"):
        return {}
    try:
        document: dict[str, Any] = xmltodict.parse(body, attr_prefix="", cdata_key="content")
    except ExpatError:
        return {}
    typed: dict[str, Any] = _with_booleans(document)
    return typed


def _with_booleans(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _with_booleans(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_with_booleans(item) for item in value]
    return value == "true" if value in {"true", "false"} else value
