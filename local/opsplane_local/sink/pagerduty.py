"""PagerDuty's Events API v2, as `POST /v2/enqueue` answers.

Rules: https://developer.pagerduty.com/docs/events-api-v2/overview.
"""

import json
import uuid
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from opsplane_local.sink.faults import Faults
from opsplane_local.sink.store import MessageStore

EVENT_LIMIT = 512_000
SUMMARY, DEDUP_KEY, ROUTING_KEY = 1024, 255, 32
ACTIONS = ("trigger", "acknowledge", "resolve")
SEVERITIES = ("critical", "error", "warning", "info")


class PagerDuty:
    """The endpoint of one account."""

    def __init__(self, store: MessageStore, faults: Faults) -> None:
        self._store = store
        self._faults = faults

    async def enqueue(self, request: Request) -> Response:
        """Take an event: 202 with its dedup_key, or 400 with each thing that is wrong."""
        if fault := self._faults.next():
            self._store.refuse("pagerduty", fault.status, "ordered", "a fault was ordered")
            return JSONResponse({"status": "error", "message": "ordered"}, fault.status, headers=fault.headers)
        body = await request.body()
        if len(body) > EVENT_LIMIT:
            return self._no(413, [f"the event has {len(body)} bytes, {EVENT_LIMIT} are allowed"])
        try:
            event = json.loads(body)
        except (ValueError, RecursionError):
            return self._no(400, ["the body is not JSON"])
        if wrong := faults_of(event):
            return self._no(400, wrong)
        key = event.get("dedup_key") or uuid.uuid4().hex
        hidden = {**event, "dedup_key": key, "routing_key": f"…{str(event['routing_key'])[-4:]}"}
        self._store.add("pagerduty", "PagerDuty", hidden)
        return JSONResponse({"status": "success", "message": "Event processed", "dedup_key": key}, 202)

    def _no(self, status: int, errors: list[str]) -> Response:
        self._store.refuse("pagerduty", status, "invalid event", "; ".join(errors))
        answer = {"status": "invalid event", "message": "Event object is invalid", "errors": errors}
        return JSONResponse(answer, status)


def faults_of(event: object) -> list[str]:
    """Everything that PagerDuty would hold against an event; empty when it is taken."""
    if not isinstance(event, dict):
        return ["the event must be a JSON object"]
    wrong = []
    key, action, dedup = event.get("routing_key"), event.get("event_action"), event.get("dedup_key")
    if not isinstance(key, str) or len(key) != ROUTING_KEY:
        wrong.append(f"'routing_key' must have {ROUTING_KEY} characters")
    if action not in ACTIONS:
        wrong.append(f"'event_action' must be one of {', '.join(ACTIONS)}")
    if dedup is not None and not (isinstance(dedup, str) and len(dedup) <= DEDUP_KEY):
        wrong.append(f"'dedup_key' must be a text of at most {DEDUP_KEY} characters")
    if action in {"acknowledge", "resolve"} and not dedup:
        wrong.append(f"'dedup_key' is required to {action}")
    return wrong + (_payload_faults(event.get("payload")) if action == "trigger" else [])


def _payload_faults(payload: Any) -> list[str]:
    if not isinstance(payload, dict):
        return ["'payload' is missing or not an object"]
    wrong = [
        f"'payload.{name}' is missing or blank" for name in ("summary", "source") if not _is_text(payload.get(name))
    ]
    if len(str(payload.get("summary", ""))) > SUMMARY:
        wrong.append(f"'payload.summary' must have at most {SUMMARY} characters")
    if payload.get("severity") not in SEVERITIES:
        wrong.append(f"'payload.severity' must be one of {', '.join(SEVERITIES)}")
    return wrong


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())
