"""Which way an event takes."""

from pathlib import Path
from typing import Any

import pytest
from builders import envelope, group_opened
from opsplane_cli.connection import Connection
from opsplane_cli.exits import CommandError, ExitCode
from opsplane_cli.routes import Rule, choose, find_rules, short_name
from opsplane_cli.samples import Sample


def route(terminal: Any, event: dict[str, Any]) -> Any:
    """The route that an event takes from this terminal."""
    clients = {"events": terminal.bus}
    connection = Connection(terminal.deployment.ports, "ada", terminal.local, clients.__getitem__, None, terminal.store)
    return choose(Sample(Path("event.json"), event), event, find_rules(connection), connection)


def test_locally_an_event_of_aws_goes_over_the_bus(listening: Any) -> None:
    """The rule that matches names the function."""
    found = route(listening, group_opened())

    assert found.why_direct == ""
    assert found.rules == ("opsplane-dev-Ec2Calls",)
    assert found.judged


def test_in_a_real_account_an_event_of_aws_goes_straight_to_the_function_of_its_rule(listening: Any) -> None:
    """PutEvents takes `aws.*` from nobody but AWS."""
    listening.local = False

    found = route(listening, group_opened())

    assert [short_name(function) for function in found.functions] == ["remediator"]
    assert "PutEvents" in found.why_direct


def test_in_a_real_account_other_events_go_over_the_bus(listening: Any) -> None:
    """Sources of one's own are allowed."""
    listening.local = False
    listening.bus.rules["opsplane-dev-Own"] = (
        {"source": ["shop"]},
        "arn:aws:lambda:x:y:function:opsplane-dev-remediator",
    )

    assert route(listening, envelope("shop", "Order Placed", {})).why_direct == ""


def test_an_event_that_no_rule_matches_goes_to_the_remediator(listening: Any) -> None:
    """On the bus nobody would hear it; the remediator refuses and keeps it."""
    found = route(listening, envelope("aws.macie", "Macie Finding", {}))

    assert found.functions == ("opsplane-dev-remediator",)
    assert "no rule" in found.why_direct


def test_an_event_that_a_bus_cannot_carry_goes_to_the_remediator(listening: Any) -> None:
    """Its flaw arrives with it."""
    found = route(listening, {**group_opened(), "account": "111122223333"})

    assert found.functions == ("opsplane-dev-remediator",)
    assert "cannot carry" in found.why_direct


@pytest.mark.parametrize(
    ("kind", "function"),
    [
        ("sweep", "scheduler"),
        ("edge", "scheduler"),
        ("daily", "drift"),
        ("weekly", "reporter"),
        ("monthly", "reporter"),
    ],
)
def test_a_schedule_wakes_its_function(listening: Any, kind: str, function: str) -> None:
    """The kind of the input decides."""
    found = route(listening, {"kind": kind})

    assert found.functions == (f"opsplane-dev-{function}",)
    assert found.answers


def test_a_batch_of_a_queue_goes_to_the_notifier(listening: Any) -> None:
    """It takes the messages of topics and notices."""
    assert route(listening, {"Records": [{}]}).functions == ("opsplane-dev-notifier",)


def test_without_rules_nothing_is_deployed(terminal: Any) -> None:
    """Exit code 5 before anything is touched."""
    with pytest.raises(CommandError) as caught:
        route(terminal, group_opened())

    assert caught.value.code is ExitCode.UNREACHABLE


@pytest.mark.parametrize(
    ("pattern", "may"),
    [
        ('{"source": ["aws.ec2"]}', True),
        ('{"source": ["aws.s3"]}', False),
        ('{"source": [{"prefix": "aws."}]}', True),
        ('{"detail-type": ["x"]}', True),
    ],
)
def test_aws_is_only_asked_about_rules_that_may_match(pattern: str, may: bool) -> None:  # noqa: FBT001 - the expectation
    """A pattern that names other sources needs no call."""
    assert Rule("r", pattern).may_match("aws.ec2") is may


@pytest.mark.parametrize(
    "function",
    [
        "remediator",
        "opsplane-dev-remediator",
        "arn:aws:lambda:us-east-1:000000000000:function:opsplane-dev-remediator",
        "arn:aws:lambda:us-east-1:000000000000:function:opsplane-dev-remediator:$LATEST",
    ],
)
def test_a_function_has_one_short_name(function: str) -> None:
    """Name, ARN and qualified ARN are the same function."""
    assert short_name(function) == "remediator"
