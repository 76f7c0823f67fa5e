"""What a process must be told."""

import pytest
from builders import settings
from opsplane.errors import InvalidSettings
from opsplane.settings import read_settings

ENVIRON = {
    "OPSPLANE_ENVIRONMENT": "dev",
    "OPSPLANE_ACCOUNT": "000000000000",
    "OPSPLANE_LEDGER_TABLE": "ledger",
    "OPSPLANE_BUS_NAME": "bus",
    "AWS_REGION": "eu-central-1",
}


def test_settings_come_from_the_environment() -> None:
    """Variables of others do not matter."""
    found = read_settings({**ENVIRON, "HOME": "/", "OPSPLANE_UNKNOWN": "x"})

    assert (found.environment, found.region, found.environments) == ("dev", "eu-central-1", "*")


@pytest.mark.parametrize("name", [name for name in ENVIRON if name != "AWS_REGION"])
def test_a_missing_variable_is_named(name: str) -> None:
    """Somebody at night reads what to set."""
    environ = {key: value for key, value in ENVIRON.items() if key != name}

    with pytest.raises(InvalidSettings, match=name):
        read_settings(environ)


@pytest.mark.parametrize(
    ("name", "value"), [("OPSPLANE_ACCOUNT", "12"), ("OPSPLANE_ENVIRONMENT", "Prod!"), ("AWS_REGION", "")]
)
def test_a_wrong_variable_is_named(name: str, value: str) -> None:
    """A wrong account or an empty region is found at the start, not at the first event."""
    with pytest.raises(InvalidSettings, match=name.removeprefix("AWS_")):
        read_settings({**ENVIRON, name: value})


@pytest.mark.parametrize(
    ("environments", "environment", "served"),
    [
        ("*", "prod", True),
        ("dev", "dev", True),
        ("dev", "prod", False),
        ("dev, staging", "staging", True),
        ("", "dev", False),
    ],
)
def test_which_environments_are_served(environments: str, environment: str, *, served: bool) -> None:
    """A list, or all of them."""
    assert settings(environments=environments).serves(environment) is served
