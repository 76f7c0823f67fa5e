"""Work out from a request which operation of which service it calls, and read its parameters and its answer.

botocore's service models say how each service writes its calls; moto has the server's side of them (matching a request
to an operation, reading its parameters), botocore the client's (reading the answer).
"""

import io
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from botocore.awsrequest import HeadersDict
from botocore.parsers import RpcV2CBORParser, create_parser
from moto.core.model import OperationModel
from moto.core.parse import PROTOCOL_PARSERS
from moto.core.request import Request as ParsedRequest
from moto.core.request import determine_request_protocol
from moto.core.routing import get_service_router
from moto.core.utils import get_service_model
from werkzeug.exceptions import NotFound

from opsplane_local.gateway.call import Call, Request

MODEL_NAMES = {
    "access-analyzer": "accessanalyzer",
    "email": "ses",
    "monitoring": "cloudwatch",
    "states": "stepfunctions",
    "tagging": "resourcegroupstaggingapi",
}
"""botocore's name of a service where it differs from the signing name."""

CLASSIC_ELB = "2012-06-01"
"""The API version that tells a classic load balancer's call from a current one; both sign as elasticloadbalancing."""

S3_CONTROL_PATH = b"/v20180820/"
CBOR = "smithy-rpc-v2-cbor"
CBOR_PATH = re.compile(r"/service/[^/]+/operation/(?P<operation>\w+)$")


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of one service, as it was called: its model and the protocol that the client chose."""

    service: str
    name: str
    model: OperationModel
    protocol: str
    path_parameters: dict[str, Any]


def resolve(request: Request, signing_name: str) -> Operation | None:
    """Return the operation that `request` calls, or None when no model knows it."""
    service = model_name(request, signing_name)
    try:
        model = get_service_model(service)
    except Exception:  # noqa: BLE001 - botocore and moto raise different errors for a service that they do not know
        return None
    if "cbor" in request.header("content-type") or "cbor" in request.header("smithy-protocol"):
        found = CBOR_PATH.search(request.path.decode("latin-1"))
        known = found is not None and found["operation"] in model.operation_names
        if not known or found is None:
            return None
        return Operation(service, found["operation"], model.operation_model(found["operation"]), CBOR, {})
    parsed = parsed_request(request)
    try:
        protocol = determine_request_protocol(model, parsed.content_type)
        operation, path_parameters = get_service_router(service).match(parsed)
    except (NotFound, NotImplementedError):
        return None
    return Operation(service, operation.name, operation, protocol, path_parameters)


def model_name(request: Request, signing_name: str) -> str:
    """Return botocore's name of the service that `request`, signed for `signing_name`, is meant for."""
    if signing_name == "s3" and request.path.startswith(S3_CONTROL_PATH):
        return "s3control"
    if signing_name == "elasticloadbalancing":
        return "elb" if CLASSIC_ELB.encode() in request.body else "elbv2"
    if signing_name == "apigateway" and request.path.startswith(b"/v2/"):
        return "apigatewayv2"
    if signing_name == "dynamodb" and request.header("x-amz-target").startswith("DynamoDBStreams"):
        return "dynamodbstreams"
    return MODEL_NAMES.get(signing_name, signing_name)


def read_parameters(request: Request, operation: Operation) -> dict[str, Any]:
    """Return the parameters of the call by their names in the model, with real types."""
    if operation.protocol == CBOR:
        read: dict[str, Any] = RpcV2CBORParser().parse_data_item(io.BufferedReader(io.BytesIO(request.body)))
        return read
    parsed = parsed_request(request)
    parameters: dict[str, Any] = PROTOCOL_PARSERS[operation.protocol](operation.model).parse(
        {
            "method": parsed.method,
            "values": parsed.values,
            "headers": parsed.headers,
            "body": request.body,
            "url_path": parsed.path,
            "url_params": operation.path_parameters,
        }
    )
    return parameters or {}


def read_answer(call: Call, operation: Operation) -> dict[str, Any]:
    """Return the answer by its names in the model, with `Error` and `ResponseMetadata` as botocore gives them."""
    headers = HeadersDict({key.decode("latin-1"): value.decode("latin-1") for key, value in call.response.headers})
    response = {"status_code": call.response.status, "headers": headers, "body": call.response.body}
    parser: Any = create_parser(operation.protocol)
    answer: dict[str, Any] = parser.parse(response, operation.model.output_shape)
    return answer


def parsed_request(request: Request) -> ParsedRequest:
    """Return `request` in the form that moto's routers and parsers read."""
    query = b"?" + request.query if request.query else b""
    url = f"http://{request.header('host') or 'localhost'}{(request.path + query).decode('latin-1')}"
    parsed = ParsedRequest.from_primitives(request.method, url, _header_map(request), request.body)
    parsed.environ["RAW_URI"] = request.path.decode("latin-1")
    return parsed


def form_of(request: Request) -> Mapping[str, str]:
    """Return the fields of a query-style request as they are on the wire, without repeated names."""
    fields: dict[str, str] = parsed_request(request).values.to_dict()
    return fields


def json_of(text: str) -> object:
    """Return the value that `text` is as JSON, or the text itself when it is none."""
    try:
        return json.loads(text)
    except ValueError:
        return text


def _header_map(request: Request) -> dict[str, str]:
    return {key.decode("latin-1"): value.decode("latin-1") for key, value in request.headers}
