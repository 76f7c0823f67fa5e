"""Build the `AWS API Call via CloudTrail` event of one call.

The envelope's own fields (id, time, account, region) are EventBridge's to fill in; this is the entry for PutEvents.
Fields of `detail`: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
"""

import json
import uuid
from dataclasses import dataclass
from datetime import UTC
from http import HTTPStatus
from typing import Any

from opsplane_local.gateway.call import Call
from opsplane_local.gateway.trail.ec2_shapes import ec2_answer, ec2_request
from opsplane_local.gateway.trail.event_names import event_name, event_source
from opsplane_local.gateway.trail.identity import Owner, user_identity
from opsplane_local.gateway.trail.mutability import is_recorded
from opsplane_local.gateway.trail.operations import Operation, read_answer, read_parameters, resolve
from opsplane_local.gateway.trail.rendering import PLAIN, render
from opsplane_local.gateway.trail.s3_shapes import s3_request

DETAIL_TYPE = "AWS API Call via CloudTrail"
EVENT_VERSION = "1.09"
PLACEHOLDER_IDS = frozenset({"", "request-id"})
"""What moto 5.2.5 answers where it has no request id of its own."""

LARGEST_PART = 100_000
"""CloudTrail leaves out parameters or answers above 100 KB and says so."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a call: its answer for `responseElements`, or the error's code and message."""

    request_id: str
    elements: dict[str, Any] | None
    error_code: str = ""
    error_message: str = ""


def recorded_operation(call: Call) -> Operation | None:
    """Return the operation of `call` when CloudTrail has a management event for it, else None."""
    operation = resolve(call.request, call.credential.service)
    if operation is None or not is_recorded(call.credential.service, operation.name):
        return None
    return operation


def build_entry(call: Call, operation: Operation, owner: Owner, account: str) -> dict[str, Any]:
    """Return the PutEvents entry that says that `owner` has called `operation`."""
    detail = build_detail(call, operation, owner, account)
    return {
        "Source": f"aws.{detail['eventSource'].partition('.')[0]}",
        "DetailType": DETAIL_TYPE,
        "Detail": json.dumps(detail, default=str),
        "Resources": [],
        "Time": call.time.timestamp(),
    }


def build_detail(call: Call, operation: Operation, owner: Owner, account: str) -> dict[str, Any]:
    """Return the event's `detail`, which is the CloudTrail record of the call."""
    outcome = _outcome(call, operation, account)
    detail: dict[str, Any] = {
        "eventVersion": EVENT_VERSION,
        "userIdentity": user_identity(owner, call.credential.access_key, call.time),
        "eventTime": call.time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "eventSource": event_source(call.credential.service),
        "eventName": event_name(operation.service, operation.name),
        "awsRegion": call.credential.region,
        "sourceIPAddress": call.request.client,
        "userAgent": call.request.header("user-agent"),
        "requestParameters": _sized(_request_parameters(call, operation), "requestParameters"),
        "responseElements": _sized(outcome.elements, "responseElements"),
        "requestID": outcome.request_id,
        "eventID": str(uuid.uuid4()),
        "readOnly": False,
        "eventType": "AwsApiCall",
        "managementEvent": True,
        "recipientAccountId": account,
        "eventCategory": "Management",
    }
    if outcome.error_code:
        detail |= {"errorCode": outcome.error_code, "errorMessage": outcome.error_message}
    return detail | _resources(operation, account)


def _request_parameters(call: Call, operation: Operation) -> dict[str, Any] | None:
    if operation.service == "s3":
        bucket = str(operation.path_parameters.get("Bucket", ""))
        return s3_request(call.request, bucket, call.credential.region)
    parameters = read_parameters(call.request, operation)
    if operation.service == "ec2":
        return ec2_request(call.request, operation, parameters) or None
    shape = operation.model.input_shape
    return render(shape, parameters, PLAIN) or None if shape is not None else None


def _outcome(call: Call, operation: Operation, account: str) -> Outcome:
    answer = read_answer(call, operation)
    metadata = answer.pop("ResponseMetadata", {})
    request_id = metadata.get("RequestId", "")
    if request_id in PLACEHOLDER_IDS:
        request_id = str(uuid.uuid4())
    if "Error" in answer:
        error = answer["Error"]
        code = str(error.get("Code") or call.response.status)
        # EC2 alone says on whose side the fault was.
        side = "Server" if call.response.status >= HTTPStatus.INTERNAL_SERVER_ERROR else "Client"
        code = f"{side}.{code}" if operation.service == "ec2" else code
        return Outcome(request_id, None, code, str(error.get("Message", "")))
    if operation.service == "ec2":
        return Outcome(request_id, ec2_answer(operation, answer, request_id, account))
    shape = operation.model.output_shape
    rendered = render(shape, answer, PLAIN) if shape is not None else None
    return Outcome(request_id, rendered or None)


def _resources(operation: Operation, account: str) -> dict[str, Any]:
    """Return the resources that CloudTrail names; it does so for few services, and we for S3."""
    if operation.service != "s3":
        return {}
    arn = f"arn:aws:s3:::{operation.path_parameters.get('Bucket', '')}"
    return {"resources": [{"accountId": account, "type": "AWS::S3::Bucket", "ARN": arn}]}


def _sized(part: dict[str, Any] | None, name: str) -> dict[str, Any] | None:
    size = len(json.dumps(part, default=str))
    if size <= LARGEST_PART:
        return part
    return {"omitted": True, "originalSize": size, "reason": f"{name} too large"}
