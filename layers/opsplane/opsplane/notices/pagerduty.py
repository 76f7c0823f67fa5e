"""A notice as a PagerDuty Events v2 event.

https://developer.pagerduty.com/docs/events-api-v2/trigger-events/ — a summary of at most 1,024 characters.
"""

import hashlib
from typing import Any

from opsplane.notices.notice import Notice
from opsplane.signals.signal import Severity

_LEVELS = {
    Severity.CRITICAL: "critical",
    Severity.HIGH: "error",
    Severity.MEDIUM: "warning",
    Severity.LOW: "info",
    Severity.INFO: "info",
}


def render(notice: Notice, routing_key: str) -> dict[str, Any]:
    """The event of one notice: `trigger`, or `resolve` when the trouble is over; both share the story's `dedup_key`."""
    links = [{"href": notice.link, "text": f"Open {notice.item_id}".strip()}] if notice.link else []
    return {
        "routing_key": routing_key,
        "event_action": "resolve" if notice.over else "trigger",
        "dedup_key": f"opsplane:{notice.account}:{notice.item_id or _story(notice)}",
        "client": "opsplane",
        "links": links,
        "payload": {
            "summary": notice.headline[:1024],
            "severity": _LEVELS[notice.severity],
            "source": notice.resource,
            "timestamp": notice.at.isoformat(),
            "component": notice.environment,
            "custom_details": {"reason": notice.reason, "who": notice.actor, "next": notice.next_step},
        },
    }


def _story(notice: Notice) -> str:
    """What the notices of one resource share when there is no item: short enough for a key of 255 characters."""
    return hashlib.sha256(f"{notice.region}:{notice.resource}".encode()).hexdigest()[:16]
