"""A snapshot or image that was shared with strangers."""

import pytest
from opsplane.errors import PermanentError
from opsplane.playbooks.plan import Observation
from planned import Answers, calls, plan, playbook, subject

KINDS = [
    ("AWS::EC2::Snapshot", "modify_snapshot_attribute"),
    ("AWS::EC2::Image", "modify_image_attribute"),
    ("AWS::RDS::DBSnapshot", "modify_db_snapshot_attribute"),
    ("AWS::RDS::DBClusterSnapshot", "modify_db_cluster_snapshot_attribute"),
]


def seen(*accounts: str) -> Observation:
    """Whom it is shared with."""
    return Observation(state={"shared with": list(accounts)})


@pytest.mark.parametrize(("kind", "operation"), KINDS)
def test_everybody_and_strangers_lose_it(kind: str, operation: str) -> None:
    """Undo gives it back to the same."""
    steps = plan("snapshot-unshare", subject(kind, "s-1"), seen("111122223333", "all"))

    assert (calls(steps), calls(steps, "undo")) == ([operation], [operation])
    assert steps[0].after == []


@pytest.mark.parametrize(("kind", "_"), KINDS)
def test_whom_policy_trusts_keeps_it(kind: str, _: str) -> None:
    """The backup account."""
    [step] = plan(
        "snapshot-unshare", subject(kind, "s-1"), seen("111122223333", "all"), trusted_accounts=["111122223333"]
    )

    assert step.after == ["111122223333"]
    assert "111122223333" not in str(step.apply[0].parameters)


def test_what_is_not_shared_is_left() -> None:
    """Or with the trusted only."""
    snapshot = subject("AWS::EC2::Snapshot", "s-1")

    assert plan("snapshot-unshare", snapshot, seen()) == ()
    assert plan("snapshot-unshare", snapshot, seen("111122223333"), trusted_accounts=["111122223333"]) == ()


def test_everybody_is_a_group_for_ec2_and_a_word_for_rds() -> None:
    """Each service has its own way to say it."""
    [ec2] = plan("snapshot-unshare", subject("AWS::EC2::Snapshot", "s-1"), seen("all", "111122223333"))
    [rds] = plan("snapshot-unshare", subject("AWS::RDS::DBSnapshot", "s-1"), seen("all", "111122223333"))

    assert ec2.apply[0].parameters["GroupNames"] == ["all"]
    assert ec2.apply[0].parameters["UserIds"] == ["111122223333"]
    assert rds.apply[0].parameters["ValuesToRemove"] == ["all", "111122223333"]


def test_rds_lists_its_attributes() -> None:
    """Only `restore` says who may use it."""
    listed = [
        {"AttributeName": "restore", "AttributeValues": ["all"]},
        {"AttributeName": "copy", "AttributeValues": ["x"]},
    ]
    api = Answers(
        describe_db_snapshot_attributes={"DBSnapshotAttributesResult": {"DBSnapshotAttributes": listed}},
        describe_db_snapshots={"DBSnapshots": [{}]},
    )

    found = playbook("snapshot-unshare").observe(api, subject("AWS::RDS::DBSnapshot", "s-1"))

    assert found.state == {"shared with": ["all"]}


def test_a_finding_about_the_account_takes_back_each_public_snapshot() -> None:
    """EC2.1 names no snapshot. One that was taken back meanwhile is left out."""
    account = subject("AWS::::Account", "000000000000")
    api = Answers(
        describe_snapshots={"Snapshots": [{"SnapshotId": "snap-2"}, {"SnapshotId": "snap-1"}]},
        describe_snapshot_attribute={"CreateVolumePermissions": [{"Group": "all"}, {"UserId": "111122223333"}]},
    )

    found = playbook("snapshot-unshare").observe(api, account)
    steps = plan("snapshot-unshare", account, found, trusted_accounts=["111122223333"])

    assert [step.target for step in steps] == ["snap-1 shared with", "snap-2 shared with"]
    assert steps[0].apply[0].parameters["SnapshotId"] == "snap-1"
    assert steps[0].after == ["111122223333"]


@pytest.mark.parametrize("type_name", ["AWS::EC2::Volume", "AwsOther"])
def test_what_is_no_snapshot_is_told(type_name: str) -> None:
    """It is an answer for people, not a crash."""
    with pytest.raises(PermanentError, match="nothing that can be put right here"):
        playbook("snapshot-unshare").observe(Answers(), subject(type_name, "x"))
