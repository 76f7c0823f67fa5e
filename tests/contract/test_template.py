"""Rules that `template.yaml` keeps: nothing is lost in silence, nothing grows without a limit."""

import re
from typing import Any

import pytest
from opsplane.actions.action import LEASE
from opsplane.settings import Settings
from template import ROOT, TEXT, functions, listed, resources, statements, template

NAMES = sorted(functions())


def alarms_on(function: str) -> list[dict[str, Any]]:
    """Alarms that watch a function's errors."""
    dimension = {"Name": "FunctionName", "Value": {"Ref": function}}
    alarms = resources("AWS::CloudWatch::Alarm").values()
    return [each for each in alarms if dimension in each.get("Dimensions", []) and each["MetricName"] == "Errors"]


def test_the_six_functions_are_there() -> None:
    """Each half of the product that runs without a server."""
    expected = {f"{name}Function" for name in ("Remediator", "Scheduler", "Drift", "Notifier", "Api", "Reporter")}

    assert set(NAMES) == expected


@pytest.mark.parametrize("function", NAMES)
def test_a_function_logs_into_a_group_that_forgets(function: str) -> None:
    """Logs are kept as long as somebody decided, not for ever."""
    group = functions()[function]["LoggingConfig"]["LogGroup"]["Ref"]

    assert resources("AWS::Logs::LogGroup")[group]["RetentionInDays"]


@pytest.mark.parametrize("function", NAMES)
def test_what_a_function_cannot_handle_goes_to_a_queue(function: str) -> None:
    """After the retries the event waits there with its error."""
    failure = functions()[function]["EventInvokeConfig"]["DestinationConfig"]["OnFailure"]

    assert failure == {"Type": "SQS", "Destination": {"Fn::GetAtt": ["UnhandledQueue", "Arn"]}}


@pytest.mark.parametrize("function", NAMES)
def test_a_function_has_an_alarm_that_rings_somewhere(function: str) -> None:
    """Errors reach people through a topic."""
    [alarm] = alarms_on(function)

    assert alarm["AlarmActions"]
    assert alarm["AlarmDescription"]


@pytest.mark.parametrize("function", NAMES)
def test_a_function_has_a_ceiling(function: str) -> None:
    """A storm of events exhausts neither the account nor the APIs."""
    assert 0 < functions()[function]["ReservedConcurrentExecutions"] <= 50
    assert 0 < functions()[function]["Timeout"] < 90


@pytest.mark.parametrize("function", NAMES)
def test_a_function_has_rights_of_its_own(function: str) -> None:
    """Statements with a Sid, exact actions, and no wildcard but where a comment says why."""
    for each in statements(function):
        assert each["Sid"]
        assert not [action for action in listed(each["Action"]) if "*" in action]


def test_the_lease_outlasts_every_function() -> None:
    """Nobody takes an action over while its worker may still be at work."""
    assert max(each["Timeout"] for each in functions().values()) < LEASE.total_seconds()


def test_every_resource_wildcard_says_why() -> None:
    """A comment stands right above it."""
    lines = TEXT.splitlines()
    bare = [
        number + 1
        for number, line in enumerate(lines)
        if re.search(r"Resource: [\"']?\*", line) and not lines[number - 1].strip().startswith("#")
    ]

    assert bare == []


def test_every_rule_has_a_dead_letter_queue() -> None:
    """What EventBridge cannot deliver is kept, too."""
    events = {
        f"{function}.{name}": each["Properties"]
        for function, own in functions().items()
        for name, each in own.get("Events", {}).items()
        if each["Type"] == "EventBridgeRule"
    }
    targets = {
        f"{rule}.{target['Id']}": target
        for rule, own in resources("AWS::Events::Rule").items()
        for target in own["Targets"]
    }

    assert [name for name, each in {**events, **targets}.items() if "DeadLetterConfig" not in each] == []
    assert events


def test_what_cannot_be_handled_is_kept_for_two_weeks_and_rings() -> None:
    """The longest that SQS keeps; the alarm rings at the first message."""
    queue = resources("AWS::SQS::Queue")["UnhandledQueue"]
    watched = {"Name": "QueueName", "Value": {"Fn::GetAtt": ["UnhandledQueue", "QueueName"]}}
    alarms = [each for each in resources("AWS::CloudWatch::Alarm").values() if watched in each["Dimensions"]]

    assert queue["MessageRetentionPeriod"] == 14 * 24 * 3600
    assert queue["MaximumMessageSize"] >= 3 * 262_144
    assert [each["Threshold"] for each in alarms] == [1]


def test_every_queue_that_feeds_a_function_gives_up_into_the_unhandled_queue() -> None:
    """A record that is refused again and again does not come back for ever."""
    fed = [
        each["Properties"]["Queue"]["Fn::GetAtt"][0]
        for own in functions().values()
        for each in own.get("Events", {}).values()
        if each["Type"] == "SQS"
    ]
    dead = [resources("AWS::SQS::Queue")[name]["RedrivePolicy"]["deadLetterTargetArn"] for name in fed]

    assert dead == [{"Fn::GetAtt": ["UnhandledQueue", "Arn"]}] * len(fed)
    assert fed


def test_what_functions_are_told_is_what_settings_read() -> None:
    """A variable with a typing error would be read by nobody."""
    told = {
        name
        for own in [template()["Globals"]["Function"], *resources("AWS::Serverless::Function").values()]
        for name in own.get("Environment", {}).get("Variables", {})
        if name.startswith("OPSPLANE_")
    }

    service = (ROOT / "service/app/settings.py").read_text()
    known = {f"OPSPLANE_{name.upper()}" for name in Settings.model_fields} | set(re.findall(r"OPSPLANE_\w+", service))
    assert told <= known


def test_the_ledger_outlives_its_stack() -> None:
    """The one source of truth is never deleted by a deployment, and can be brought back."""
    table = template()["Resources"]["LedgerTable"]

    assert (table["DeletionPolicy"], table["UpdateReplacePolicy"]) == ("Retain", "Retain")
    assert table["Properties"]["PointInTimeRecoverySpecification"]["PointInTimeRecoveryEnabled"]
    assert table["Properties"]["SSESpecification"]["SSEEnabled"]


def test_own_events_go_to_our_own_bus_only() -> None:
    """No function can put an event on the default bus, where rules trust what they hear."""
    allowed = [
        each for function in NAMES for each in statements(function) if "events:PutEvents" in listed(each["Action"])
    ]

    assert allowed
    assert all(each["Resource"] == {"Fn::GetAtt": ["Bus", "Arn"]} for each in allowed)


def test_no_secret_stands_in_the_template() -> None:
    """Addresses of Slack and PagerDuty are filled in after deployment."""
    assert not re.search(r"AKIA[0-9A-Z]{16}|hooks\.slack\.com|xox[abp]-|\b\d{12}\b", TEXT)
