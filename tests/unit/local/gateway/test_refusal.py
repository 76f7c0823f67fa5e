"""The answer for a dead emulator, in each protocol's own form."""

import json
from pathlib import Path

import pytest
from opsplane_local.gateway.call import Credential, Request
from opsplane_local.gateway.forwarding import EmulatorDownError
from opsplane_local.gateway.refusal import refuse
from opsplane_local.gateway.routing import Emulator

ERROR = EmulatorDownError("http://127.0.0.1:4570", "refused <by> peer")


@pytest.mark.parametrize(
    ("service", "content_type", "opening"),
    [
        ("ec2", "application/x-www-form-urlencoded", b"<Response><Errors><Error>"),
        ("s3", "", b"<Error>"),
        ("rds", "application/x-www-form-urlencoded; charset=utf-8", b"<ErrorResponse><Error>"),
        ("route53", "", b"<ErrorResponse><Error>"),
    ],
)
def test_xml_services_get_their_own_xml(service: str, content_type: str, opening: bytes) -> None:
    """Each SDK looks for code and message in its own place."""
    request = Request("POST", b"/", b"", [(b"content-type", content_type.encode())], b"", "")

    response = refuse(request, Credential("test", "us-east-1", service), Emulator.MOTO, ERROR, Path("/logs"))

    assert response.body.startswith(opening + b"<Code>ServiceUnavailable</Code><Message>The emulator moto")
    assert b"refused &lt;by&gt; peer" in response.body


def test_json_services_get_json_that_names_the_log() -> None:
    """Every other service reads JSON."""
    request = Request("POST", b"/", b"", [(b"content-type", b"application/x-amz-json-1.1")], b"", "")

    response = refuse(request, Credential("test", "us-east-1", "ecs"), Emulator.MOTO, ERROR, Path("/logs"))

    document = json.loads(response.body)
    assert response.status == 503
    assert document["__type"] == "ServiceUnavailable"
    assert "/logs/moto.log" in document["message"]
