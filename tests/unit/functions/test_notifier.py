"""The notifier, as Lambda calls it."""

from collections.abc import Callable
from typing import Any

import pytest
from builders import Deployment
from opsplane.adapters.memory.channel import MemoryChannel
from opsplane.adapters.memory.guard import MemoryGuard
from opsplane.adapters.memory.notice_queue import MemoryNoticeQueue
from opsplane.delivery.ports import DeliveryPorts
from opsplane.errors import DeliveryFailed
from opsplane.notices.routes import SLACK

type Handler = Callable[..., Any]


@pytest.fixture
def slack() -> MemoryChannel:
    """Slack in memory."""
    return MemoryChannel()


@pytest.fixture
def deployment() -> Deployment:
    """A deployment in memory."""
    return Deployment()


@pytest.fixture
def ports(deployment: Deployment, slack: MemoryChannel) -> DeliveryPorts:
    """The notifier's ports, without PagerDuty."""
    return DeliveryPorts(deployment.ports, {SLACK: slack}, MemoryGuard(), MemoryNoticeQueue())


def batch(sample: dict[str, Any], *bodies: str) -> dict[str, Any]:
    """A batch of records like the sample's one, with these bodies."""
    [record] = sample["Records"]
    return {"Records": [{**record, "messageId": f"m-{n}", "body": body} for n, body in enumerate(bodies)]}


def test_the_sample_alarm_is_told(
    handler: Callable[[str], Handler], context: Any, sample: Any, ports: DeliveryPorts, slack: MemoryChannel
) -> None:
    """Nothing has to come back."""
    answer = handler("notifier")(sample("cloudwatch/alarm-via-sns.json"), context, ports=ports)

    assert answer == {"batchItemFailures": []}
    assert [notice.headline for notice in slack.sent] == ["Alarm: opsplane-sample-api-5xx"]


def test_only_what_failed_comes_back(  # noqa: PLR0913, PLR0917 - fixtures
    handler: Callable[[str], Handler],
    context: Any,
    sample: Any,
    ports: DeliveryPorts,
    slack: MemoryChannel,
    deployment: Deployment,
) -> None:
    """One record that is not understood and one that fails do not touch the third."""
    event = sample("cloudwatch/alarm-via-sns.json")
    [record] = event["Records"]
    slack.faults = [DeliveryFailed("rate limited", 1.0), DeliveryFailed("rate limited", 1.0)]
    other = record["body"].replace("9158dbee", "00000000")

    answer = handler("notifier")(batch(event, "{nope", record["body"], other), context, ports=ports)

    assert answer == {"batchItemFailures": []}
    assert (len(slack.sent), deployment.slept) == (3, [1.0, 1.0])
    assert len(deployment.queue.kept) == 1


def test_a_batch_that_fails_as_a_whole_comes_back_record_by_record(
    handler: Callable[[str], Handler], context: Any, sample: Any, ports: DeliveryPorts, slack: MemoryChannel
) -> None:
    """It is not an error of the function: Slack is down, and the queue's age rings the alarm."""
    event = sample("cloudwatch/alarm-via-sns.json")
    slack.faults = [DeliveryFailed("Slack answered 503")]

    answer = handler("notifier")(batch(event, event["Records"][0]["body"], "{nope"), context, ports=ports)

    assert answer == {"batchItemFailures": [{"itemIdentifier": "m-0"}, {"itemIdentifier": "m-1"}]}
    assert slack.tries == 1


def test_a_fault_of_our_own_brings_the_record_back_and_is_logged(  # noqa: PLR0913, PLR0917 - fixtures
    handler: Callable[[str], Handler],
    context: Any,
    sample: Any,
    ports: DeliveryPorts,
    slack: MemoryChannel,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """After its last delivery it waits in the unhandled queue."""
    slack.faults = [RuntimeError("a bug")]

    answer = handler("notifier")(sample("cloudwatch/alarm-via-sns.json"), context, ports=ports)

    assert len(answer["batchItemFailures"]) == 1
    assert "a bug" in caplog.text


def test_a_record_that_was_not_taken_comes_back_within_seconds(
    handler: Callable[[str], Handler], context: Any, sample: Any, ports: DeliveryPorts, slack: MemoryChannel
) -> None:
    """Somebody on call does not wait for the queue's six minutes."""
    event = sample("cloudwatch/alarm-via-sns.json")
    slack.faults = [DeliveryFailed("Slack answered 503")]

    handler("notifier")(event, context, ports=ports)

    assert ports.queue == MemoryNoticeQueue({event["Records"][0]["receiptHandle"]: 5})
