"""Answer for an emulator that does not, in the form that the caller's AWS SDK can print."""

import json
from pathlib import Path
from xml.sax.saxutils import escape

from opsplane_local.gateway.call import Credential, Request, Response
from opsplane_local.gateway.forwarding import EmulatorDownError
from opsplane_local.gateway.routing import Emulator

CODE = "ServiceUnavailable"


def refuse(
    request: Request, credential: Credential, emulator: Emulator, error: EmulatorDownError, logs: Path
) -> Response:
    """Return a 503 that names the emulator, its address and its log."""
    message = (
        f"The emulator {emulator}, which serves {credential.service or 'unsigned calls'}, "
        f"does not answer on {error.url} ({error.reason}). See {logs / emulator}.log, then restart the platform."
    )
    kind, body = _written(request, credential, message)
    headers = [(b"content-type", kind), (b"content-length", str(len(body)).encode())]
    if kind == b"application/json":
        headers.append((b"x-amzn-errortype", CODE.encode()))
    return Response(503, headers, body)


def _written(request: Request, credential: Credential, message: str) -> tuple[bytes, bytes]:
    error = f"<Code>{CODE}</Code><Message>{escape(message)}</Message>"
    if credential.service == "ec2":
        return b"text/xml", f"<Response><Errors><Error>{error}</Error></Errors></Response>".encode()
    if credential.service == "s3":
        return b"application/xml", f"<Error>{error}</Error>".encode()
    if "x-www-form-urlencoded" in request.header("content-type") or credential.service == "route53":
        return b"text/xml", f"<ErrorResponse><Error>{error}</Error></ErrorResponse>".encode()
    return b"application/json", json.dumps({"__type": CODE, "message": message}).encode()
