"""The sink as an ASGI app."""

from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from opsplane_local.sink import page
from opsplane_local.sink.desk import Desk
from opsplane_local.sink.faults import Faults
from opsplane_local.sink.pagerduty import PagerDuty
from opsplane_local.sink.presses import Presses
from opsplane_local.sink.slack import Slack
from opsplane_local.sink.store import MessageStore


def create_app(messages: Path, service: str = "", own: str = "") -> Starlette:
    """The app over one file of messages; presses of buttons go to `service`, its answers come to `own`."""
    store, faults = MessageStore(messages), Faults()
    slack, pager, desk = Slack(store, faults), PagerDuty(store, faults), Desk(store, faults)
    presses = Presses(store, service, own)
    routes = [
        Route("/slack/services/{team}/{hook}/{channel}", slack.webhook, methods=["POST"]),
        Route("/slack/api/chat.postMessage", slack.post_message, methods=["POST"]),
        Route("/slack/api/chat.update", slack.update, methods=["POST"]),
        Route("/slack/response/{message}", presses.respond, methods=["POST"]),
        Route("/press", presses.press, methods=["POST"]),
        Route("/pagerduty/v2/enqueue", pager.enqueue, methods=["POST"]),
        Route("/", desk.show_page),
        Route("/feed", desk.show_feed),
        Route("/health", desk.health),
        Route("/messages", desk.list_messages),
        Route("/messages", desk.clear_messages, methods=["DELETE"]),
        Route("/refusals", desk.list_refusals),
        Route("/faults", desk.order_faults, methods=["POST"]),
        Mount("/static", StaticFiles(directory=page.FOLDER / "static")),
    ]
    # A page on the internet could give its own name the address 127.0.0.1 and read what is here.
    hosts = Middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost"])
    return Starlette(routes=routes, middleware=[hosts])
