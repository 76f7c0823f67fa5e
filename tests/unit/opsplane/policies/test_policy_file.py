"""Policy files: a whole set, or changes laid over the shipped one."""

from typing import Any

import pytest
from builders import shipped
from opsplane.errors import InvalidPolicy
from opsplane.policies.policy import Mode, PolicySet
from opsplane.policies.policy_file import PolicyFile, resolve

MINE = {"name": "mine", "description": "d", "match": {"kinds": ["finding"]}, "mode": {"default": "observe"}}


def meant(**fields: Any) -> PolicySet:
    """The set that a file with these fields means."""
    return resolve(PolicyFile.model_validate({"version": 1, **fields}), shipped(), "mine.yaml")


def test_a_file_without_a_base_is_the_whole_set() -> None:
    """Nothing of the shipped one is left."""
    found = meant(policies=[MINE], protected_tag="hands-off")

    assert [policy.name for policy in found.policies] == ["mine"]
    assert (found.protected_tag, found.terraform_roles) == ("hands-off", ())


def test_changes_are_laid_over_the_shipped_policies() -> None:
    """What is not named stays: other modes, other parameters, order."""
    change = {"mode": {"prod": "observe"}, "parameters": {"allowable_ports": [443]}, "tell": False}

    found = meant(base="shipped", changes={"sg-world-ingress": change})

    [changed] = [policy for policy in found.policies if policy.name == "sg-world-ingress"]
    assert [policy.name for policy in found.policies] == [policy.name for policy in shipped().policies]
    assert (changed.mode_in("prod"), changed.mode_in("dev"), changed.tell) == (Mode.OBSERVE, Mode.ENFORCE, False)
    assert changed.parameters == {"allow_tag": "opsplane:allow-world-ingress", "allowable_ports": [443]}
    assert found.limits == shipped().limits


def test_policies_of_ones_own_are_asked_first_and_others_can_be_left_out() -> None:
    """A policy of the same name can take the place of one that is left out."""
    own = {**MINE, "name": "findings"}

    found = meant(base="shipped", policies=[own], disabled=["findings", "guardduty-low"], limits={"per_hour": 5})

    names = [policy.name for policy in found.policies]
    assert (names[0], names.count("findings"), "guardduty-low" in names) == ("findings", 1, False)
    assert found.limits.per_hour == 5


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"policies": [MINE, MINE]}, "names more than one policy mine"),
        ({"base": "shipped", "policies": [{**MINE, "name": "findings"}]}, "names more than one policy findings"),
        ({"base": "shipped", "disabled": ["nobody"]}, "the shipped set has no policy nobody"),
        ({"changes": {"findings": {}}}, "without `base: shipped` there is no policy findings"),
        ({"policies": [{**MINE, "playbook": "gone"}]}, "wants playbook gone, which does not exist"),
    ],
)
def test_a_file_that_means_nothing_says_why(fields: dict[str, Any], told: str) -> None:
    """With the name that is wrong."""
    with pytest.raises(InvalidPolicy, match=told):
        meant(**fields)
