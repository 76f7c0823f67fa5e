"""The parts of a finding that playbooks need."""

import pytest
from opsplane.signals.guardduty_details import Details, addresses, first
from opsplane.signals.signal import Kind


def remote(address: object) -> dict[str, object]:
    """What a finding says of who is at the other end."""
    return {"remoteIpDetails": {"ipAddressV4": address}}


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        ({"networkConnectionAction": remote("203.0.113.7")}, ["203.0.113.7"]),
        ({"rdsLoginAttemptAction": remote("203.0.113.7")}, ["203.0.113.7"]),
        (
            {"portProbeAction": {"portProbeDetails": [remote("203.0.113.8"), remote("203.0.113.7")]}},
            ["203.0.113.7", "203.0.113.8"],
        ),
        ({"awsApiCallAction": remote(7)}, []),
        (None, []),
        ([], []),
    ],
)
def test_attackers_are_named_each_once(action: object, expected: list[str]) -> None:
    """Whatever kind of action it was; what is no text is no address."""
    assert addresses(action) == expected


def test_hints_are_only_what_the_finding_has() -> None:
    """No empty ones: they would stand in the ledger for nothing."""
    details = Details(
        {"instanceDetails": {"networkInterfaces": [{"networkInterfaceId": "eni-1", "vpcId": "vpc-1"}, 5]}}
    )

    assert details.facts() == {"interfaces": ["eni-1"], "vpc": "vpc-1"}


def test_tags_of_any_resource_are_read() -> None:
    """Tasks, functions, buckets and databases carry them, too."""
    task = {"arn": "t", "tags": [{"key": "Environment", "value": "prod"}, "odd"]}

    assert Details({"ecsClusterDetails": {"taskDetails": task}}).tags == {"Environment": "prod"}


def test_a_credential_is_about_its_holder() -> None:
    """A role's name stands where a user's would."""
    details = Details({"accessKeyDetails": {"userName": "web"}, "instanceDetails": {"instanceId": "i-1"}})

    assert details.identify(Kind.SESSION_THREAT, "000000000000") == ("AWS::IAM::Role", "web")
    assert details.identify(Kind.TRAIL, "000000000000") == ("AWS::::Account", "000000000000")


@pytest.mark.parametrize("odd", [None, 5, "x", [], [5]])
def test_parts_of_another_shape_are_empty(odd: object) -> None:
    """A finding may lack anything."""
    assert first(odd) == {}
    assert Details({"instanceDetails": odd}).tags == {}
