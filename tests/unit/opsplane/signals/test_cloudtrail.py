"""CloudTrail management events."""

from typing import Any

import pytest
from builders import ALICE, ROOT, bucket_opened, call, group_opened, role, signal
from cloud import ACCOUNT, BUCKET, GROUP
from opsplane import signals
from opsplane.errors import UnhandledEvent
from opsplane.signals.signal import Kind, Severity

ANSWERED = {"securityGroupRuleSet": {"items": [{"groupId": GROUP}]}}


def test_an_opened_group_is_a_signal_about_the_group() -> None:
    """What, where, who, and which key makes it one item with its repetitions."""
    found = signal(group_opened())

    assert (found.kind, found.severity) == (Kind.SECURITY_GROUP_INGRESS, Severity.HIGH)
    assert (found.resource.type, found.resource.id) == ("AWS::EC2::SecurityGroup", GROUP)
    assert found.title == f"AuthorizeSecurityGroupIngress on {GROUP}"
    assert found.id == "event-1:security-group-ingress"
    assert found.dismissal is None


@pytest.mark.parametrize(
    "event",
    [
        call("ec2", "ModifySecurityGroupRules", {"ModifySecurityGroupRulesRequest": {"GroupId": GROUP}}),
        call("ec2", "AuthorizeSecurityGroupIngress", {"groupName": "default"}, response=ANSWERED),
    ],
)
def test_the_group_is_found_wherever_the_call_names_it(event: dict[str, Any]) -> None:
    """A modified rule names it inside; a default-VPC group is named by its answer."""
    assert signal(event).resource.id == GROUP


@pytest.mark.parametrize(
    "name", ["PutBucketPolicy", "PutBucketAcl", "DeleteBucketPublicAccessBlock", "PutBucketPublicAccessBlock"]
)
def test_each_call_that_can_expose_a_bucket_is_read(name: str) -> None:
    """The four calls lead to one item per bucket."""
    found = signal(bucket_opened(name))

    assert (found.kind, found.resource.id, found.facts["call"]) == (Kind.BUCKET_EXPOSURE, BUCKET, name)
    assert found.dedupe_key == f"bucket-exposure:{ACCOUNT}:us-east-1:{BUCKET}"


@pytest.mark.parametrize(
    "request_parameters",
    [
        None,
        {},
        {"groupId": None},
        {"groupId": 7},
        {"groupId": "i-0123456789abcdef0"},
        {"groupId": "sg-1 OR 1=1"},
        {"groupId": "sg-" + "0" * 80},
        {"groupId": "sg-0\n"},
    ],
)
def test_a_group_that_is_not_named_is_a_refusal(request_parameters: Any) -> None:
    """Nothing that is not a group's id reaches an API call."""
    with pytest.raises(UnhandledEvent, match=r"does not say which AWS::EC2::SecurityGroup"):
        signals.parse(call("ec2", "AuthorizeSecurityGroupIngress", request_parameters), ACCOUNT)


@pytest.mark.parametrize("name", ["../../etc", "a", "x" * 64, "bucket name", "Reports/../../x"])
def test_a_bucket_with_an_impossible_name_is_a_refusal(name: str) -> None:
    """S3's own grammar is the limit."""
    with pytest.raises(UnhandledEvent, match=r"does not say which AWS::S3::Bucket"):
        signals.parse(bucket_opened(bucket=name), ACCOUNT)


def test_a_call_that_aws_refused_is_dismissed() -> None:
    """The reason names the error."""
    found = signal(group_opened(error="Client.InvalidPermission.Duplicate"))

    assert found.dismissal == "the call failed with Client.InvalidPermission.Duplicate: nothing was changed"


@pytest.mark.parametrize(
    ("identity", "name", "role_name"),
    [
        (ALICE, "alice", ""),
        (role("deploy-terraform", "ci-42"), "ci-42", "deploy-terraform"),
        ({"type": "AWSService", "invokedBy": "config.amazonaws.com"}, "config.amazonaws.com", ""),
        ({"type": "SAMLUser", "principalId": "AROA:eve"}, "AROA:eve", ""),
        ({"type": "Unknown"}, "Unknown", ""),
    ],
)
def test_the_actor_is_whoever_the_identity_names_best(identity: dict[str, Any], name: str, role_name: str) -> None:
    """A user's name, a session's name, a service, or whatever is left."""
    actor = signal(group_opened(identity=identity)).actor

    assert actor is not None
    assert (actor.name, actor.role) == (name, role_name)


def test_root_calling_an_api_is_critical() -> None:
    """One item a day, whatever root calls."""
    morning = signal(call("iam", "CreateUser", {}, ROOT))
    evening = signal(call("ec2", "RunInstances", {}, ROOT, id="event-2", time="2026-11-22T22:00:00Z"))
    tomorrow = signal(call("iam", "CreateUser", {}, ROOT, time="2026-11-23T00:00:00Z"))

    assert (morning.kind, morning.severity) == (Kind.ROOT_ACTIVITY, Severity.CRITICAL)
    assert morning.dedupe_key == evening.dedupe_key != tomorrow.dedupe_key


def test_root_signing_in_is_root_activity() -> None:
    """The console's events have detail types of their own."""
    event = {**call("signin", "ConsoleLogin", None, ROOT), "detail-type": "AWS Console Sign In via CloudTrail"}

    assert signal(event).title == "The root user called ConsoleLogin"


def test_a_service_that_acts_for_root_is_not_root() -> None:
    """AWS services sometimes act under the root identity; nobody used it."""
    found = signal(call("iam", "CreateUser", {}, {**ROOT, "invokedBy": "AWS Internal"}))

    assert found.dismissal == "AWS Internal acted in the name of the root user"


def test_a_failed_call_of_root_is_still_root() -> None:
    """Somebody has the root credentials: that is the news."""
    found = signal(call("iam", "CreateUser", {}, ROOT, error="AccessDenied"))

    assert found.dismissal is None
    assert found.facts["error"] == "AccessDenied"


def test_root_opening_a_group_is_two_signals() -> None:
    """What was changed, and that root did it."""
    found = signals.parse(group_opened(identity=ROOT), ACCOUNT)

    assert [each.kind for each in found] == [Kind.SECURITY_GROUP_INGRESS, Kind.ROOT_ACTIVITY]
    assert len({each.id for each in found}) == 2


@pytest.mark.parametrize(
    ("identity", "oneself"),
    [
        (ALICE, True),
        (role("developer", "alice"), False),
        ({**ALICE, "type": "FederatedUser"}, False),
    ],
)
def test_only_a_user_can_make_a_credential_for_themselves(identity: Any, *, oneself: bool) -> None:
    """The name of a session is the caller's to choose: it vouches for nobody."""
    request = {"userName": "alice"}
    made = {"accessKey": {"accessKeyId": "AKIAI44QH8DHBEXAMPLE", "userName": "alice"}}

    heard = signal(call("iam", "CreateAccessKey", request, identity, response=made))

    assert (heard.dismissal == "the user did it for themselves") is oneself


def test_a_call_that_failed_need_not_tell_what_it_would_have_made() -> None:
    """The ARN of a task definition stands in the answer, and a refused call has none; that it was refused is told."""
    [denied] = signals.parse(call("ecs", "RegisterTaskDefinition", {"family": "web"}, error="AccessDenied"), ACCOUNT)

    assert denied.kind is Kind.UNAUTHORIZED_CALL
    assert signals.parse(call("ecs", "RegisterTaskDefinition", {}, error="ClientException"), ACCOUNT) == ()


def test_a_call_that_worked_must_tell_what_it_made() -> None:
    """Else nobody could judge it, and it is kept whole."""
    with pytest.raises(UnhandledEvent, match="does not say which AWS::ECS::TaskDefinition"):
        signals.parse(call("ecs", "RegisterTaskDefinition", {"family": "web"}), ACCOUNT)
