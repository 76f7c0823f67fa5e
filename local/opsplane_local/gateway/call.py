"""One AWS call as it came in and as it was answered: what every part of the gateway looks at."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import parse_qsl

type Headers = list[tuple[bytes, bytes]]


@dataclass(frozen=True, slots=True)
class Request:
    """An HTTP request as the client sent it; `path` and `query` are the bytes on the wire, still encoded."""

    method: str
    path: bytes
    query: bytes
    headers: Headers
    body: bytes
    client: str

    def header(self, name: str) -> str:
        """Return the value of the header `name` (in lower case), or an empty text."""
        wanted = name.encode()
        return next((value.decode("latin-1") for key, value in self.headers if key == wanted), "")

    def parameter(self, name: str) -> str:
        """Return the value of the query parameter `name`, or an empty text."""
        pairs = parse_qsl(self.query.decode("latin-1"), keep_blank_values=True)
        return next((value for key, value in pairs if key == name), "")


@dataclass(frozen=True, slots=True)
class Response:
    """An emulator's answer."""

    status: int
    headers: Headers
    body: bytes


@dataclass(frozen=True, slots=True)
class Credential:
    """The scope of a SigV4 signature: whose key, for which region and service. Empty texts when unsigned."""

    access_key: str = ""
    region: str = ""
    service: str = ""

    @classmethod
    def of(cls, request: Request) -> "Credential":
        """Read the scope from the Authorization header or from a presigned address.

        https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
        """
        _before, found, scope = request.header("authorization").partition("Credential=")
        scope = scope.split(",")[0] if found else request.parameter("X-Amz-Credential")
        parts = scope.strip().rsplit("/", 4)
        if len(parts) != len(("key", "date", "region", "service", "aws4_request")):
            return cls()
        return cls(access_key=parts[0], region=parts[2], service=parts[3].lower())


@dataclass(frozen=True, slots=True)
class Call:
    """A request with its answer, its signature's scope and the moment it arrived."""

    request: Request
    response: Response
    credential: Credential
    time: datetime
