"""What people and tests ask of the sink itself: the page, the list of messages, faults on order."""

from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from opsplane_local.sink import page
from opsplane_local.sink.faults import Faults, Order
from opsplane_local.sink.store import MessageStore

SECURITY = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class Desk:
    """The sink's own endpoints."""

    def __init__(self, store: MessageStore, faults: Faults) -> None:
        self._store = store
        self._faults = faults
        self._templates = page.environment()

    async def show_page(self, request: Request) -> Response:
        """`GET /`: the messages as people would see them; `?channel=` for one channel."""
        return HTMLResponse(self._render("page.html", request), headers=SECURITY)

    async def show_feed(self, request: Request) -> Response:
        """`GET /feed`: what the page shows, for its refresh; 304 while nothing is new."""
        tag = f'"{self._store.version}"'
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers={"ETag": tag})
        headers = {**SECURITY, "ETag": tag, "Cache-Control": "no-cache"}
        return HTMLResponse(self._render("feed.html", request), headers=headers)

    async def list_messages(self, _request: Request) -> Response:
        """`GET /messages`: all messages as JSON, newest last."""
        return JSONResponse([message.model_dump(mode="json") for message in self._store.messages()])

    async def clear_messages(self, _request: Request) -> Response:
        """`DELETE /messages`: forgets everything."""
        return JSONResponse({"deleted": self._store.clear()})

    async def list_refusals(self, _request: Request) -> Response:
        """`GET /refusals`: what was not taken lately, and why."""
        return JSONResponse([refusal.model_dump(mode="json") for refusal in self._store.refusals()])

    async def order_faults(self, request: Request) -> Response:
        """`POST /faults {status, count, retry_after}`: how the next `count` messages are answered."""
        # A form on another site cannot send this type, so it cannot order faults here.
        if not request.headers.get("content-type", "").startswith("application/json"):
            return JSONResponse({"error": "send application/json"}, 415)
        try:
            self._faults.place(Order.model_validate_json(await request.body()))
        except ValidationError as error:
            wrong = [f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors()]
            return JSONResponse({"error": "; ".join(wrong)}, 400)
        return JSONResponse(self._faults.order.model_dump())

    async def health(self, _request: Request) -> Response:
        """`GET /health`."""
        return JSONResponse({"status": "ok", "messages": len(self._store.messages())})

    def _render(self, template: str, request: Request) -> str:
        channel = request.query_params.get("channel", "")
        return self._templates.get_template(template).render(page.context_of(self._store, channel))
