"""The notification secret: locally it leads to the sink."""

import json
from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError

from opsplane_local.launcher.clients import Connect
from opsplane_local.launcher.errors import StepFailed
from opsplane_local.launcher.settings import NOTIFICATIONS_SECRET, Platform
from opsplane_local.sink.workspace import SIGNING_SECRET

if TYPE_CHECKING:
    from mypy_boto3_secretsmanager import SecretsManagerClient

WEBHOOK_PATH = "/slack/services/T0OPSPLANE/B0OPSPLANE/dev-alerts"
PAGERDUTY_PATH = "/pagerduty/v2/enqueue"
ROUTING_KEY = "0" * 31 + "1"  # PagerDuty's keys have 32 characters


def secret_value(platform: Platform) -> dict[str, str]:
    """What the secret holds: a Slack webhook, and a PagerDuty service that is reached at the sink."""
    sink = platform.url_of("sink")
    return {
        "slack_webhook_url": sink + WEBHOOK_PATH,
        "slack_signing_secret": SIGNING_SECRET,
        "pagerduty_routing_key": ROUTING_KEY,
        "pagerduty_url": sink + PAGERDUTY_PATH,
    }


def put_notification_secret(platform: Platform, connect: Connect) -> str:
    """Write the secret, whether the stack has made it or not.

    Raises:
        StepFailed: when the emulated AWS refuses.
    """
    secrets: SecretsManagerClient = connect("secretsmanager")
    text = json.dumps(secret_value(platform))
    try:
        try:
            secrets.put_secret_value(SecretId=NOTIFICATIONS_SECRET, SecretString=text)
        except secrets.exceptions.ResourceNotFoundException:
            secrets.create_secret(Name=NOTIFICATIONS_SECRET, SecretString=text)
    except (BotoCoreError, ClientError) as error:
        message = f"Secret {NOTIFICATIONS_SECRET} could not be written: {error}"
        raise StepFailed(message, advice="See `opsplane logs ministack`.") from error
    return f"{NOTIFICATIONS_SECRET} leads to the sink"
