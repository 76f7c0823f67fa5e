"""`events/expected.yaml` says what becomes of each sample, and so it is."""

from typing import Any

import pytest
import yaml
from opsplane.policies.load import default
from opsplane_cli.foresee import foresee
from opsplane_cli.samples import read
from template import ROOT

EVENTS = ROOT / "events"
EXPECTED: dict[str, Any] = yaml.safe_load((EVENTS / "expected.yaml").read_text())
SAMPLES = sorted(path.relative_to(EVENTS).with_suffix("").as_posix() for path in EVENTS.glob("*/*.json"))


def test_every_sample_has_its_line_and_no_other() -> None:
    """A new sample says what it is for."""
    assert sorted(EXPECTED) == SAMPLES


@pytest.mark.parametrize("environment", ["dev", "prod"])
@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_gets_its_policy_and_its_word(name: str, environment: str) -> None:
    """By the shipped policies, at its own time."""
    found = foresee(read(EVENTS / f"{name}.json"), default(), environment, account="000000000000")

    assert (found.policy, found.outcome) == (EXPECTED[name]["policy"], EXPECTED[name][environment])
