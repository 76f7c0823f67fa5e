"""A notice as a PagerDuty Events v2 event.

https://developer.pagerduty.com/docs/events-api-v2/trigger-events/ — a summary of at most 1,024 characters.
"""

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
    """The trigger event of an item; all notices of one item share its `dedup_key`."""
    links = [{"href": notice.link, "text": f"Open {notice.item_id}"}] if notice.link else []
    return {
        "routing_key": routing_key,
        "event_action": "trigger",
        "dedup_key": f"opsplane:{notice.account}:{notice.item_id}",
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
