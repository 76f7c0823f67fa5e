"""The fleet's secret leads to the sink."""

import json

import boto3
import pytest
from moto import mock_aws
from opsplane_local.launcher.secret import put_notification_secret
from opsplane_local.launcher.settings import NOTIFICATIONS_SECRET, Platform


def secret_text() -> dict[str, str]:
    """What the secret holds."""
    value: dict[str, str] = json.loads(
        boto3.client("secretsmanager").get_secret_value(SecretId=NOTIFICATIONS_SECRET)["SecretString"]
    )
    return value


@mock_aws
@pytest.mark.parametrize("made_by_the_stack", [True, False])
def test_the_secret_is_written_whether_it_is_there_or_not(platform: Platform, made_by_the_stack: bool) -> None:  # noqa: FBT001
    """With addresses of this platform's sink, and a routing key of the right length."""
    if made_by_the_stack:
        boto3.client("secretsmanager").create_secret(Name=NOTIFICATIONS_SECRET, SecretString="made")

    put_notification_secret(platform, boto3.client)

    value = secret_text()
    assert value["slack_webhook_url"].startswith(f"{platform.url_of('sink')}/slack/services/T")
    assert value["pagerduty_url"] == f"{platform.url_of('sink')}/pagerduty/v2/enqueue"
    assert len(value["pagerduty_routing_key"]) == 32
