"""AWS Config rule compliance changes."""

import pytest
from builders import config_verdict, signal
from cloud import GROUP
from opsplane.signals.signal import Kind, Severity


@pytest.mark.parametrize(
    ("rule", "kind"),
    [
        ("restricted-ssh", Kind.SECURITY_GROUP_INGRESS),
        ("restricted-common-ports", Kind.SECURITY_GROUP_INGRESS),
        ("securityhub-restricted-ssh-1a2b3c4d", Kind.SECURITY_GROUP_INGRESS),
        ("s3-bucket-public-read-prohibited", Kind.BUCKET_EXPOSURE),
        ("acme-s3-bucket-public-write-prohibited", Kind.BUCKET_EXPOSURE),
        ("s3-bucket-level-public-access-prohibited", Kind.BUCKET_EXPOSURE),
        ("rds-storage-encrypted", Kind.COMPLIANCE),
    ],
)
def test_the_rule_says_what_it_is_about(rule: str, kind: Kind) -> None:
    """Also when Security Hub or an owner's prefix made its name longer."""
    assert signal(config_verdict(rule=rule)).kind is kind


def test_a_verdict_shares_its_item_with_the_change_that_led_to_it() -> None:
    """CloudTrail and Config speak of one group."""
    found = signal(config_verdict())

    assert found.dedupe_key == f"security-group-ingress:000000000000:us-east-1:{GROUP}"
    assert (found.severity, found.actor) == (Severity.HIGH, None)


def test_two_other_rules_on_one_resource_are_two_items() -> None:
    """Each rule that no playbook treats is a trouble of its own."""
    keys = {signal(config_verdict(rule=rule)).dedupe_key for rule in ("rds-encrypted", "rds-backup")}

    assert len(keys) == 2


@pytest.mark.parametrize(
    ("verdict", "dismissed", "clears"),
    [("NON_COMPLIANT", False, False), ("COMPLIANT", True, True), ("NOT_APPLICABLE", True, False)],
)
def test_only_non_compliance_is_news(verdict: str, *, dismissed: bool, clears: bool) -> None:
    """Compliant says that it is over; a rule that does not apply says nothing."""
    found = signal(config_verdict(verdict))

    assert (found.dismissal is not None, found.clears) == (dismissed, clears)


def test_a_rule_that_does_not_apply_is_not_called_compliant() -> None:
    """The reason is read by people: NOT_APPLICABLE, as for a deleted group, is not compliance."""
    assert "back to compliant" not in str(signal(config_verdict("NOT_APPLICABLE")).dismissal)
