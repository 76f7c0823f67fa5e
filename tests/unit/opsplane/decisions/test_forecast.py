"""What would become of a signal, without asking AWS."""

import json
from pathlib import Path

import pytest
from builders import NOW, config_verdict, group_opened, guardduty, shipped, signal
from cloud import ACCOUNT
from opsplane import signals
from opsplane.decisions.decision import Outcome
from opsplane.decisions.forecast import forecast
from opsplane.playbooks import catalogue
from opsplane.policies.policy import Mode

EVENTS = Path(__file__).parents[4] / "events"
CASES = [(playbook.name, sample) for playbook in catalogue() for sample in playbook.acts_on]


@pytest.mark.parametrize(("playbook", "sample"), CASES)
def test_each_sample_of_a_playbook_leads_to_it(playbook: str, sample: str) -> None:
    """By the shipped policies, and something would come of it."""
    event = json.loads((EVENTS / sample).read_text())

    found = [forecast(each, shipped(), "dev", each.time) for each in signals.parse(event, ACCOUNT)]

    assert playbook in {each.playbook for each in found if each.outcome is not Outcome.IGNORE}


def test_what_the_event_dismisses_is_left() -> None:
    """With its own reason."""
    found = forecast(signal(config_verdict("COMPLIANT")), shipped(), "dev", NOW)

    assert found.outcome is Outcome.IGNORE


def test_the_environment_of_the_resource_counts() -> None:
    """A tag in the event wins over where opsplane runs."""
    tags = [{"key": "Environment", "value": "prod"}]
    instance = {"instanceDetails": {"instanceId": "i-0123456789abcdef0", "tags": tags}}
    heard = signal(guardduty(type="CryptoCurrency:EC2/BitcoinTool.B", resource=instance))

    found = forecast(heard, shipped(), "dev", NOW)

    assert (found.environment, found.outcome) == ("prod", Outcome.ASK)


def test_what_is_told_only_says_so() -> None:
    """Nothing could be changed."""
    found = forecast(signal(guardduty()), shipped(), "dev", NOW)

    assert found.outcome is Outcome.TELL
    assert "nothing to change" in found.reason


def test_no_policy_is_an_answer_too() -> None:
    """It would be recorded."""
    empty = shipped().model_copy(update={"policies": ()})

    found = forecast(signal(group_opened()), empty, "dev", NOW)

    assert (found.outcome, found.policy, found.reason) == (Outcome.RECORD, None, "no policy matches")


def test_the_mode_of_the_environment_decides() -> None:
    """As it would with live state."""
    [policy] = [each for each in shipped().policies if each.name == "sg-world-ingress"]
    asking = policy.model_copy(update={"mode": {"prod": Mode.APPROVE}})
    policies = shipped().model_copy(update={"policies": (asking,)})

    outcomes = {place: forecast(signal(group_opened()), policies, place, NOW).outcome for place in ("prod", "dev")}

    assert outcomes == {"prod": Outcome.ASK, "dev": Outcome.TELL}
