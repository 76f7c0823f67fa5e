"""A bucket that the public can reach is made private, and can be made what it was."""

from typing import Any

import pytest
from builders import Deployment, bucket_opened, config_verdict, signal
from cloud import BUCKET, EVERYBODY, Bucket, Cloud, block, grants, policy, statement
from hypothesis import given
from hypothesis import strategies as st
from opsplane import commands
from opsplane.actions.action import ActionState
from opsplane.decisions.decision import Outcome
from opsplane.errors import AccessDenied
from opsplane.playbooks.s3_public_revert import is_public, observe, plan

SIGNED_IN = "http://acs.amazonaws.com/groups/global/AuthenticatedUsers"
LOGS = "http://acs.amazonaws.com/groups/s3/LogDelivery"
PARTNER = {"AWS": "arn:aws:iam::999999999999:root"}


def targets(bucket: Bucket, call: str = "PutBucketPolicy") -> list[str]:
    """What the playbook would touch."""
    heard = signal(bucket_opened(call))
    return [step.target for step in plan(heard.subject, observe(Cloud().open_bucket(bucket), heard.subject), {})]


@pytest.mark.parametrize(
    "public",
    [
        statement("*"),
        statement({"AWS": "*"}),
        statement({"AWS": ["arn:aws:iam::999999999999:root", "*"]}),
        statement("*", Condition={"Bool": {"aws:SecureTransport": "true"}}),
        statement("*", Condition={"StringEquals": {"aws:UserAgent": "curl"}}),
        statement("*", Condition={"StringLike": {"aws:Referer": "https://example.com/*"}}),
        statement("*", Action="s3:*"),
    ],
)
def test_what_lets_everybody_in_is_public(public: dict[str, Any]) -> None:
    """Any principal, and no condition that narrows it to somebody."""
    assert is_public(public)


@pytest.mark.parametrize(
    "private",
    [
        statement(PARTNER),
        statement({"Service": "cloudtrail.amazonaws.com"}),
        statement({"AWS": ["arn:aws:iam::999999999999:root"]}),
        statement("*", Effect="Deny"),
        statement("*", Condition={"StringEquals": {"aws:PrincipalOrgID": "o-1"}}),
        statement("*", Condition={"StringEquals": {"AWS:SourceVpce": "vpce-1"}}),
        statement("*", Condition={"ArnLike": {"aws:SourceArn": "arn:aws:cloudfront::000000000000:distribution/E1"}}),
    ],
)
def test_what_names_somebody_is_not_public(private: dict[str, Any]) -> None:
    """A partner, a service, an organisation or an endpoint is somebody; a Deny lets nobody in."""
    assert not is_public(private)


@pytest.mark.parametrize("source", ["203.0.113.0/24", ["203.0.113.0/24", "2001:db8::/32"]])
def test_an_office_network_is_not_the_public(source: Any) -> None:
    """S3 does not call a policy public that is limited to a range of addresses: taking it away would be collateral."""
    assert not is_public(statement("*", Condition={"IpAddress": {"aws:SourceIp": source}}))


@pytest.mark.parametrize(
    "condition",
    [
        {"IpAddress": {"aws:SourceIp": "0.0.0.0/0"}},
        {"IpAddress": {"aws:SourceIp": ["203.0.113.0/24", "0.0.0.0/1"]}},
        {"NotIpAddress": {"aws:SourceIp": "203.0.113.0/24"}},
        {"StringLike": {"aws:SourceArn": "*"}},
        {"StringLike": {"aws:SourceArn": ["arn:aws:sns:us-east-1:000000000000:t", "*"]}},
        {"StringNotEquals": {"aws:PrincipalOrgID": "o-1"}},
        {"StringEqualsIfExists": {"aws:SourceVpce": "vpce-1"}},
        {"StringLike": {"aws:userid": "*"}},
        {"StringLike": {"aws:PrincipalOrgID": "o-*"}},
    ],
)
def test_a_condition_that_narrows_nothing_does_not_hide_the_public(condition: dict[str, Any]) -> None:
    """A wildcard value, a negation, or "if it exists" lets everybody in all the same."""
    assert is_public(statement("*", Condition=condition))


@pytest.mark.parametrize(
    "condition",
    [
        {"ArnLike": {"aws:SourceArn": "arn:*"}},
        {"StringLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/*"}},
        {"StringLike": {"aws:PrincipalAccount": "????????????"}},
        {"StringEquals": {"aws:userid": "${aws:userid}"}},
        {"IpAddress": {"aws:SourceIp": "everywhere"}},
    ],
)
def test_a_condition_that_only_looks_narrow_does_not_hide_the_public(condition: dict[str, Any]) -> None:
    """Any account in an ARN, question marks, a variable that is always itself, or no address at all."""
    assert is_public(statement("*", Condition=condition))


def test_everybody_but_one_is_the_public() -> None:
    """Allow with NotPrincipal lets in all the others."""
    everybody_but_one = {**statement(), "NotPrincipal": PARTNER}
    del everybody_but_one["Principal"]

    assert is_public(everybody_but_one)


def test_a_public_policy_is_taken_away_and_the_bucket_blocked() -> None:
    """Two steps, in this order: what is public goes, then nothing public can come back."""
    assert targets(Bucket(policy=policy())) == ["policy", "public access block"]


def test_private_statements_of_a_policy_stay() -> None:
    """A partner who reads the bucket by name goes on reading."""
    cloud = Cloud().open_bucket(Bucket(policy=policy(statement(), statement(PARTNER, Sid="Partner"))))

    Deployment(cloud).receive(bucket_opened())

    assert cloud.buckets[BUCKET].policy == policy(statement(PARTNER, Sid="Partner"))


@pytest.mark.parametrize("group", [EVERYBODY, SIGNED_IN])
def test_public_grants_of_an_acl_go_and_others_stay(group: str) -> None:
    """Everybody, and everybody with any AWS account; the owner and log delivery keep theirs."""
    cloud = Cloud().open_bucket(Bucket(grants=grants(LOGS, group)))

    Deployment(cloud).receive(bucket_opened("PutBucketAcl"))

    assert cloud.buckets[BUCKET].grants == grants(LOGS)
    assert cloud.buckets[BUCKET].block == block()


def test_a_block_that_was_taken_away_is_put_back() -> None:
    """Also when nothing is public yet: the call itself is the risk."""
    assert targets(Bucket(), "DeleteBucketPublicAccessBlock") == ["public access block"]


@pytest.mark.parametrize("call", ["PutBucketPolicy", "PutBucketAcl"])
def test_a_bucket_that_is_not_public_is_left(call: str) -> None:
    """A policy for a partner is nobody else's business."""
    assert targets(Bucket(policy=policy(statement(PARTNER))), call) == []


@pytest.mark.parametrize("call", ["PutBucketPolicy", "PutBucketPublicAccessBlock"])
def test_what_the_block_holds_back_is_left(call: str) -> None:
    """S3 ignores public parts while all four settings are on."""
    assert targets(Bucket(policy=policy(), grants=grants(EVERYBODY), block=block()), call) == []


def test_a_block_with_holes_is_closed() -> None:
    """Three of four settings do not hold a public policy back."""
    assert targets(Bucket(policy=policy(), block=block("BlockPublicAcls"))) == ["policy", "public access block"]


def test_one_statement_that_is_not_in_a_list_is_read() -> None:
    """IAM allows a single statement without brackets."""
    assert targets(Bucket(policy={"Version": "2012-10-17", "Statement": statement()}))[0] == "policy"


def test_a_verdict_of_config_leads_to_the_same_steps() -> None:
    """The event is a hint; live state decides."""
    deployment = Deployment(Cloud().open_bucket())
    event = config_verdict(rule="s3-bucket-public-read-prohibited", resource_type="AWS::S3::Bucket", resource_id=BUCKET)

    record = deployment.receive(event)

    assert record.outcome is Outcome.ACT
    assert deployment.cloud.buckets[BUCKET] == Bucket(block=block())


def test_old_policy_and_acl_are_kept_in_the_record() -> None:
    """Whoever undoes it next year, or investigates, finds them whole."""
    deployment = Deployment(Cloud().open_bucket(Bucket(policy=policy(), grants=grants(EVERYBODY))))

    deployment.receive(bucket_opened())

    evidence = deployment.action.plan.evidence
    assert evidence["policy"] == policy()
    assert evidence["acl"]["Grants"] == grants(EVERYBODY)
    assert evidence["public_access_block"] is None


def test_a_bucket_that_is_gone_is_left() -> None:
    """Its parts answer 404 as parts that were never set do, and it is not taken for one without parts."""
    record = Deployment().receive(bucket_opened())

    assert (record.outcome, record.reason) == (Outcome.IGNORE, f"{BUCKET} does not exist any more")


def test_a_bucket_that_may_not_be_read_is_told_and_not_touched() -> None:
    """A policy with an explicit Deny shuts us out, too: people must look."""
    deployment = Deployment(Cloud().open_bucket())

    def shut_out(operation: str) -> None:
        if operation == "get_bucket_policy":
            text = "s3 get_bucket_policy: AccessDenied"
            raise AccessDenied(text)

    deployment.cloud.before = shut_out
    record = deployment.receive(bucket_opened())

    assert record.outcome is Outcome.TELL
    assert "could not be examined: s3 get_bucket_policy: AccessDenied" in record.reason
    assert deployment.cloud.changes == []


def test_a_policy_that_we_may_not_change_does_not_keep_the_bucket_open() -> None:
    """Somebody denies us PutBucketPolicy; Block Public Access makes the policy worthless all the same."""
    deployment = Deployment(Cloud().open_bucket(Bucket(policy=policy(), grants=grants(EVERYBODY))))

    def shut_out(operation: str) -> None:
        if operation in {"put_bucket_policy", "delete_bucket_policy"}:
            text = "s3 put_bucket_policy: AccessDenied"
            raise AccessDenied(text)

    deployment.cloud.before = shut_out
    deployment.receive(bucket_opened())

    assert deployment.action.state is ActionState.FAILED
    assert str(deployment.action.error).startswith("s3 put_bucket_policy: AccessDenied; done and left so")
    assert deployment.cloud.buckets[BUCKET].block == block()
    assert deployment.cloud.buckets[BUCKET].grants == grants()


def test_every_call_names_the_owner_whom_it_expects() -> None:
    """A bucket of that name that belongs to somebody else by now is not touched."""
    deployment = Deployment(Cloud().open_bucket(Bucket(policy=policy(), grants=grants(EVERYBODY))))

    deployment.receive(bucket_opened())

    assert {call.parameters["ExpectedBucketOwner"] for call in deployment.cloud.changes} == {"000000000000"}


STATEMENTS = st.lists(
    st.sampled_from(
        [
            statement("*", Sid="Everybody"),
            statement(PARTNER, Sid="Partner"),
            statement("*", Sid="Org", Condition={"StringEquals": {"aws:PrincipalOrgID": "o-1"}}),
            statement("*", Sid="NoPlainHttp", Effect="Deny", Condition={"Bool": {"aws:SecureTransport": "false"}}),
        ]
    ),
    max_size=4,
    unique_by=lambda each: each["Sid"],
)
GRANTS = st.lists(st.sampled_from([EVERYBODY, SIGNED_IN, LOGS]), max_size=3, unique=True)
BLOCKS = st.none() | st.sets(st.sampled_from(["IgnorePublicAcls", "RestrictPublicBuckets"]), min_size=1)


@given(STATEMENTS, GRANTS, BLOCKS)
def test_apply_and_undo_restore_exactly(statements: list[Any], uris: list[str], on: set[str] | None) -> None:
    """Whatever the bucket's policy, ACL and block: private after the apply, and all is back after the undo."""
    found = policy(*statements) if statements else None
    cloud = Cloud().open_bucket(Bucket(policy=found, grants=grants(*uris), block=block(*on) if on else None))
    before = cloud.snapshot()
    deployment = Deployment(cloud)

    deployment.receive(bucket_opened("DeleteBucketPublicAccessBlock"))
    closed = cloud.snapshot()[1][BUCKET]
    commands.undo(deployment.action.id, "bob", deployment.ports)
    ended = deployment.carry_out(deployment.action.id)

    assert closed.block == block()
    assert closed.grants == grants(*(uri for uri in uris if uri == LOGS))
    assert (closed.policy or {"Statement": []})["Statement"] == [
        each for each in statements if each["Sid"] != "Everybody"
    ]
    assert ended.state is ActionState.UNDONE
    assert cloud.snapshot() == before


@pytest.mark.parametrize(
    "facts",
    [{"type": "Policy:S3/BucketBlockPublicAccessDisabled"}, {"control": "S3.8"}],
)
def test_a_finding_about_the_block_itself_switches_it_on(facts: dict[str, Any]) -> None:
    """As the call does that switched it off, also while nothing is public yet."""
    about = signal(bucket_opened()).subject.model_copy(update={"facts": facts})

    steps = plan(about, observe(Cloud().open_bucket(Bucket()), about), {})

    assert [step.target for step in steps] == ["public access block"]
