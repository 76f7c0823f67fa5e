"""What a deployment is told, and that no secret is among it."""

import re
import tomllib

import pytest
from template import ROOT, template

CONFIG = tomllib.loads((ROOT / "samconfig.toml").read_text())
ENVIRONMENTS = ("dev", "staging", "prod")
SECRET = re.compile(r"(?i)AKIA|xox[abp]-|hooks\.slack\.com|secret|token|password|api_?key|[A-Za-z0-9+/]{40}|\b\d{12}\b")


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_each_environment_can_be_deployed_by_its_name(environment: str) -> None:
    """The stack's name begins as the role names begin by which we recognise our own changes."""
    told = CONFIG[environment]["deploy"]["parameters"]

    assert told["stack_name"] == f"opsplane-{environment}"
    assert f"Environment={environment}" in told["parameter_overrides"]


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_only_parameters_that_exist_are_set(environment: str) -> None:
    """A typing error would be refused in the middle of a deployment."""
    overrides = CONFIG[environment]["deploy"]["parameters"]["parameter_overrides"]

    names = set(re.findall(r"(\w+)=", overrides))

    assert names <= set(template()["Parameters"])


@pytest.mark.parametrize("environment", ["staging", "prod"])
def test_where_others_depend_on_it_a_person_looks_at_the_changes_first(environment: str) -> None:
    """Also with --config-env in a hurry."""
    assert CONFIG[environment]["deploy"]["parameters"]["confirm_changeset"] is True


def test_no_secret_and_no_account_stands_in_the_settings() -> None:
    """They come from Secrets Manager and from whoever deploys."""
    assert [line for line in (ROOT / "samconfig.toml").read_text().splitlines() if SECRET.search(line)] == []
