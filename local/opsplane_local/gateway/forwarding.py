"""Pass a request on to an emulator and bring its answer back, byte for byte."""

import httpx

from opsplane_local.gateway.call import Headers, Request, Response

HOP_BY_HOP = frozenset(
    {
        b"connection",
        b"expect",
        b"keep-alive",
        b"proxy-authenticate",
        b"proxy-authorization",
        b"proxy-connection",
        b"te",
        b"trailer",
        b"transfer-encoding",
        b"upgrade",
    }
)
"""Headers that speak of one connection only: https://datatracker.ietf.org/doc/html/rfc9110#section-7.6.1"""

ANSWER_SECONDS = 900.0
"""A Lambda may run for 15 minutes, and its synchronous caller waits for it."""

CONNECT_SECONDS = 5.0
CONNECTIONS = httpx.Limits(max_connections=512, max_keepalive_connections=64, keepalive_expiry=30.0)


class EmulatorDownError(Exception):
    """No answer came from an emulator; carries its address."""

    def __init__(self, url: str, reason: str) -> None:
        """Say which address did not answer, and how that showed."""
        super().__init__(f"no answer from {url}: {reason}")
        self.url = url
        self.reason = reason


class Forwarder:
    """A pool of connections to one emulator at the base address `url`."""

    def __init__(self, url: str, transport: httpx.AsyncBaseTransport | None = None) -> None:
        """Prepare the pool; nothing is connected yet. `transport` replaces the network."""
        self.url = url
        self._base = httpx.URL(url)
        self._transport = transport or httpx.AsyncHTTPTransport(limits=CONNECTIONS, retries=0)
        self._timeout = httpx.Timeout(ANSWER_SECONDS, connect=CONNECT_SECONDS).as_dict()

    async def forward(self, request: Request) -> Response:
        """Return the emulator's answer to `request`; raises EmulatorDownError when there is none."""
        target = request.path + (b"?" + request.query if request.query else b"")
        outgoing = httpx.Request(
            request.method,
            self._base,
            headers=_outgoing_headers(request),
            content=request.body or None,
            # The request line is sent as it came: rewriting an escape would break the signature.
            extensions={"target": target, "timeout": self._timeout},
        )
        try:
            return await self._exchange(outgoing)
        except httpx.RemoteProtocolError:
            # The emulator closed an idle connection of the pool just as it was taken; a fresh one tells the truth.
            pass
        except httpx.TransportError as error:
            raise EmulatorDownError(self.url, _reason(error)) from error
        try:
            return await self._exchange(outgoing)
        except httpx.TransportError as error:
            raise EmulatorDownError(self.url, _reason(error)) from error

    async def close(self) -> None:
        """Close all connections."""
        await self._transport.aclose()

    async def _exchange(self, outgoing: httpx.Request) -> Response:
        incoming = await self._transport.handle_async_request(outgoing)
        try:
            body = b"".join([chunk async for chunk in incoming.stream])  # type: ignore[union-attr]
        finally:
            await incoming.aclose()
        return Response(incoming.status_code, _incoming_headers(incoming, body), body)


def _reason(error: httpx.TransportError) -> str:
    return str(error) or type(error).__name__


def _outgoing_headers(request: Request) -> Headers:
    headers = [(name, value) for name, value in request.headers if name not in HOP_BY_HOP]
    if request.body and not any(name == b"content-length" for name, _value in headers):
        headers.append((b"content-length", str(len(request.body)).encode()))
    return headers


def _incoming_headers(incoming: httpx.Response, body: bytes) -> Headers:
    headers = [(name.lower(), value) for name, value in incoming.headers.raw if name.lower() not in HOP_BY_HOP]
    if body and not any(name == b"content-length" for name, _value in headers):
        headers.append((b"content-length", str(len(body)).encode()))
    return headers
