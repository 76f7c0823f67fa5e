"""The notifier's ports."""

from functools import cache
from typing import Any

import requests

from opsplane import bootstrap
from opsplane.adapters.aws.guard import IdempotencyGuard
from opsplane.adapters.aws.notice_queue import SqsNoticeQueue
from opsplane.adapters.aws.secrets import SecretAddressBook
from opsplane.adapters.chat.pagerduty import PagerDutyChannel
from opsplane.adapters.chat.slack import SlackChannel
from opsplane.delivery.ports import Channel, DeliveryPorts
from opsplane.notices.routes import PAGERDUTY, SLACK


def ports(context: Any) -> DeliveryPorts:
    """The ports for one invocation.

    Raises:
        InvalidSettings: a variable is missing or wrong.
    """
    core = bootstrap.ports()
    guard = IdempotencyGuard(core.settings.idempotency_table, context)
    queue = SqsNoticeQueue(core.settings.notice_queue_url)
    return DeliveryPorts(core, _channels(core.settings.notification_secret), guard, queue)


@cache
def _channels(secret: str) -> dict[str, Channel]:
    """The channels of this process: open connections and the secret outlive an invocation."""
    book, session = SecretAddressBook(secret), requests.Session()
    return {SLACK: SlackChannel(book, session), PAGERDUTY: PagerDutyChannel(book, session)}
