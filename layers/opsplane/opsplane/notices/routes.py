"""Who is told what."""

from opsplane.notices.notice import Notice
from opsplane.signals.signal import Severity

SLACK = "slack"
PAGERDUTY = "pagerduty"

_PAGING = frozenset({"prod"})


def routes(notice: Notice, paging: frozenset[str] = _PAGING) -> tuple[str, ...]:
    """The channels for a notice: Slack hears everything, and what is critical in a `paging` environment wakes somebody.

    The end of something critical goes the same way, so that the page about it is resolved. A route that the policy
    names takes the place of all that.
    """
    if notice.route:
        return notice.route
    wakes = notice.severity is Severity.CRITICAL and notice.environment in paging
    return (SLACK, PAGERDUTY) if wakes else (SLACK,)
