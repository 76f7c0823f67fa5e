"""Reading a request and the scope of its signature."""

from opsplane_local.gateway.call import Credential, Request

SCOPE = "ASIAEXAMPLE/20261122/us-east-1/ec2/aws4_request"


def request(*, query: bytes = b"", authorization: str = "") -> Request:
    """Return a request that may be signed."""
    headers = [(b"authorization", authorization.encode())] if authorization else []
    return Request("POST", b"/", query, headers, b"", "127.0.0.1")


def test_scope_is_read_from_the_authorization_header() -> None:
    """A signed request says whose key it is, and for which region and service."""
    header = f"AWS4-HMAC-SHA256 Credential={SCOPE}, SignedHeaders=host, Signature=0"

    credential = Credential.of(request(authorization=header))

    assert Credential("ASIAEXAMPLE", "us-east-1", "ec2") == credential


def test_scope_is_read_from_a_presigned_address() -> None:
    """A presigned address carries the same scope, encoded."""
    query = b"X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=" + SCOPE.replace("/", "%2F").encode()

    credential = Credential.of(request(query=query))

    assert Credential("ASIAEXAMPLE", "us-east-1", "ec2") == credential


def test_unsigned_and_broken_requests_have_an_empty_scope() -> None:
    """What carries no readable signature belongs to nobody."""
    broken = ["", "Bearer abc", "AWS4-HMAC-SHA256 Credential=AKIA, Signature=0", "AWS4-HMAC-SHA256 Credential="]

    credentials = [Credential.of(request(authorization=header)) for header in broken]

    assert [Credential()] * len(broken) == credentials


def test_headers_and_parameters_are_found_or_empty() -> None:
    """A missing header or parameter is an empty text."""
    asked = request(query=b"a=1&b", authorization="x")

    found = (asked.header("authorization"), asked.header("none"), asked.parameter("a"), asked.parameter("none"))

    assert found == ("x", "", "1", "")
