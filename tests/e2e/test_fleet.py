"""The other functions, woken as their schedules and queues wake them, and the service."""

import json

import pytest
import requests
from laptop import LocalPlatform, eventually

pytestmark = pytest.mark.e2e


@pytest.mark.parametrize("sample", ["sweep", "environment-down", "environment-up", "drift-daily", "report-weekly"])
def test_a_schedule_is_answered(platform: LocalPlatform, sample: str) -> None:
    """Each scheduled function does its work and says what it did."""
    sent = platform.json("send", f"events/schedule/{sample}.json", "--wait")["events"][0]

    assert sent["error"] is None
    assert sent["answer"]


def test_an_alarm_reaches_slack_through_its_topic(platform: LocalPlatform) -> None:
    """What CloudWatch publishes to a topic comes out as one message."""
    before = len(platform.messages("cpu-is-hot"))
    topic = "arn:aws:sns:us-east-1:000000000000:dev-critical-alerts"

    platform.client("sns").publish(TopicArn=topic, Message="cpu-is-hot", Subject="An alarm")

    assert eventually(lambda: len(platform.messages("cpu-is-hot")) == before + 1)


def test_the_service_lists_what_the_ledger_has(platform: LocalPlatform) -> None:
    """An item that a function recorded is on the API and on the console moments later."""
    sent = platform.send("guardduty/ec2-crypto-mining.json")

    item = sent["item"]["id"]
    listed = eventually(lambda: item in requests.get(f"{platform.console}/api/v1/items", timeout=5).text)
    assert listed
    page = requests.get(f"{platform.console}/items/{item}", timeout=5)
    assert page.status_code == requests.codes.ok


def test_the_same_app_answers_on_lambda(platform: LocalPlatform) -> None:
    """The HTTP API's function runs the service through Mangum."""
    request = {
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": "/health/live",
        "rawQueryString": "",
        "headers": {"host": "localhost"},
        "requestContext": {
            "http": {"method": "GET", "path": "/health/live", "protocol": "HTTP/1.1", "sourceIp": "127.0.0.1"},
            "stage": "$default",
        },
        "isBase64Encoded": False,
    }
    answer = platform.client("lambda").invoke(FunctionName="opsplane-dev-api", Payload=json.dumps(request))

    assert json.load(answer["Payload"])["statusCode"] == requests.codes.ok


def test_status_and_logs_tell_about_every_part(platform: LocalPlatform) -> None:
    """What runs is listed as running, and has a log."""
    parts = platform.json("status")

    assert parts
    assert platform.run("logs", "gateway").returncode == 0
