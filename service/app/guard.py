"""Keeps other web sites from using a person's browser against the service.

The service has no passwords of its own yet, so what a browser can reach must be bound to our own pages:

- `Host` must be a name of ours, so that a foreign name that resolves to this machine gets nothing;
- a request that changes something must come from our own pages, as `Origin` and `Sec-Fetch-Site` tell (programs send
  neither and are let through);
- pages may load nothing from elsewhere and may not be framed.

https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html
"""

from collections.abc import Callable
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.problems import Problem, as_json, problem

_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_OWN_SITES = frozenset({"same-origin", "none"})
_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
    "object-src 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    # `no-referrer` would take the origin out of our own forms.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


class Guard:
    """ASGI middleware; `hosts` are the names of the service, `*.` in front stands for every name below."""

    def __init__(self, app: ASGIApp, hosts: Callable[[], tuple[str, ...]]) -> None:
        """Guard `app`; `hosts` is asked with each request, since nothing is read when the app is made."""
        self._app = app
        self._hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse the request or pass it on; either way the answer gets the headers."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers[name] = value
                if not scope["path"].startswith("/static/"):
                    headers.setdefault("Cache-Control", "no-store")
            await send(message)

        request = Request(scope)
        fault = self._fault(request)
        await (as_json(fault) if fault else self._app)(scope, receive, send_with_headers)

    def _fault(self, request: Request) -> Problem | None:
        path = request.url.path
        if path == "/health" or path.startswith("/health/"):
            # Load balancers call by address.
            return None
        host = _host_name(request.headers.get("host", ""))
        if host is None or not any(_fits(host, name) for name in self._hosts()):
            detail = f"this service is not called {host or 'so'}: set OPSPLANE_ALLOWED_HOSTS if it should be"
            return problem("foreign-host", "Unknown host", 400, detail, path)
        if request.method not in _SAFE_METHODS and not _is_from_here(request):
            return problem("foreign-origin", "Not from here", 403, "the request came from another web site", path)
        return None


def _host_name(header: str) -> str | None:
    """The name in a Host header without its port, or None when it is malformed."""
    try:
        parts = urlsplit(f"//{header}")
        # Reading the port checks it.
        malformed = parts.port == 0
    except ValueError:
        return None
    return None if malformed else parts.hostname


def _fits(host: str, name: str) -> bool:
    return host.endswith(name[1:]) if name.startswith("*.") else host == name


def _is_from_here(request: Request) -> bool:
    if request.headers.get("sec-fetch-site", "none") not in _OWN_SITES:
        return False
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host")
