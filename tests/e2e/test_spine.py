"""Real events through EventBridge rules and deployed Lambdas, to live resources, the ledger and Slack."""

import json
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import pytest
from laptop import LocalPlatform, eventually

pytestmark = pytest.mark.e2e

WORLD = "0.0.0.0/0"


def ingress(platform: LocalPlatform, group: str) -> set[tuple[str | None, int]]:
    """Source and port of each ingress rule of a group, as live EC2 has them."""
    filters = [{"Name": "group-id", "Values": [group]}]
    rules = platform.client("ec2").describe_security_group_rules(Filters=filters)["SecurityGroupRules"]
    return {(rule.get("CidrIpv4"), rule["FromPort"]) for rule in rules if not rule["IsEgress"]}


def make_group(platform: LocalPlatform, name: str) -> str:
    """A security group without ingress rules."""
    group: str = platform.client("ec2").create_security_group(GroupName=name, Description=name)["GroupId"]
    return group


def open_group(platform: LocalPlatform, group: str, port: int = 22) -> None:
    """Open a port to the internet by hand, with a neighbour on the same port."""
    ranges = [{"CidrIp": WORLD, "Description": "by hand"}, {"CidrIp": "10.1.0.0/16"}]
    permission = {"IpProtocol": "tcp", "FromPort": port, "ToPort": port, "IpRanges": ranges}
    platform.client("ec2").authorize_security_group_ingress(GroupId=group, IpPermissions=[permission])


def item_about(platform: LocalPlatform, resource: str) -> dict[str, Any] | None:
    """The item about a resource, if there is one."""
    items: list[dict[str, Any]] = platform.json("items")["items"]
    return next((item for item in items if resource in json.dumps(item)), None)


def test_an_open_group_is_closed_told_and_can_be_opened_again(platform: LocalPlatform) -> None:
    """A sample becomes a verified action, one Slack message and a readable trail, and undo puts the rule back."""
    sent = platform.send("cloudtrail/sg-open-ssh.json")

    group, item, action = sent["item"]["resource"]["id"], sent["item"]["id"], sent["action"]["id"]
    assert sent["action"]["state"] == "verified"
    assert (WORLD, 22) not in ingress(platform, group)
    told = eventually(lambda: platform.messages(item))
    assert [message["kind"] for message in told] == ["slack"]
    assert told[0]["payload"]["blocks"][0]["type"] == "header"

    shown = platform.run("show", item)
    assert shown.returncode == 0
    assert "revoke_security_group_ingress" in shown.stdout
    assert re.search(r"\d\d:\d\d:\d\d", shown.stdout)

    undone = platform.run("undo", action, "--yes")
    assert undone.returncode == 0, undone.stderr
    assert (WORLD, 22) in ingress(platform, group)
    assert platform.json("show", item)["item"]["state"] == "acknowledged"


def test_undo_asks_first(platform: LocalPlatform) -> None:
    """Without an answer nothing is put back."""
    sent = platform.send("cloudtrail/sg-open-ipv6.json")

    undone = platform.run("undo", sent["action"]["id"])

    assert undone.returncode != 0
    assert platform.json("show", sent["item"]["id"])["item"]["state"] == "resolved"


def test_a_change_by_hand_is_answered_and_names_who_did_it(platform: LocalPlatform) -> None:
    """CloudTrail is played for calls that anybody makes, and our own answer to them does not loop."""
    group = make_group(platform, "opened-by-hand")

    open_group(platform, group)

    assert eventually(lambda: ingress(platform, group) == {("10.1.0.0/16", 22)})
    item = eventually(lambda: item_about(platform, group))
    assert item
    assert item["actor"]["type"] == "IAMUser"
    assert item["actor"]["name"]
    shown = eventually(lambda: platform.json("show", item["id"]))
    assert [action["state"] for action in shown["actions"]] == ["verified"]


def test_ten_deliveries_act_once(platform: LocalPlatform) -> None:
    """The same event, delivered ten times at once, is one signal, one action and one message."""
    group = make_group(platform, "delivered-ten-times")
    event = json.loads(json.dumps(_authorize_event(group)))
    permission = {"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "IpRanges": [{"CidrIp": WORLD}]}
    scene = platform.client("ec2")
    scene.meta.events.register("before-sign.ec2", _mark_as_scene)
    scene.authorize_security_group_ingress(GroupId=group, IpPermissions=[permission])
    functions = platform.client("lambda")

    def deliver(_: int) -> None:
        functions.invoke(FunctionName="opsplane-dev-remediator", Payload=json.dumps(event), InvocationType="Event")

    with ThreadPoolExecutor(10) as pool:
        list(pool.map(deliver, range(10)))

    assert eventually(lambda: ingress(platform, group) == set())
    item = eventually(lambda: item_about(platform, group))
    assert item
    assert item["signals"] == 1
    assert len(platform.json("show", item["id"])["actions"]) == 1
    assert len(eventually(lambda: platform.messages(item["id"]))) == 1


@pytest.mark.parametrize(
    "sample",
    [
        "cloudtrail/sg-modify-rule-world.json",
        "cloudtrail/s3-bucket-policy-public.json",
        "cloudtrail/s3-bucket-acl-public.json",
        "cloudtrail/s3-public-access-block-deleted.json",
        "config/restricted-ssh-noncompliant.json",
        "config/s3-public-read-noncompliant.json",
        "securityhub/sg-open-ssh.json",
        "accessanalyzer/s3-bucket-public.json",
    ],
)
def test_a_violation_is_put_right(platform: LocalPlatform, sample: str) -> None:
    """Each source that can tell of an open group or bucket leads to a verified action."""
    sent = platform.send(sample)

    assert sent["action"]["state"] == "verified"
    assert sent["item"]["state"] == "resolved"


def test_a_public_bucket_becomes_private_and_undo_restores_its_policy(platform: LocalPlatform) -> None:
    """The old policy is in the record, so that undo gives it back word for word."""
    sent = platform.send("cloudtrail/s3-bucket-policy-public.json")

    bucket, s3 = sent["item"]["resource"]["id"], platform.client("s3")
    block = s3.get_public_access_block(Bucket=bucket)["PublicAccessBlockConfiguration"]
    assert all(block.values())
    kept = next(step for step in sent["action"]["plan"]["steps"] if step["target"] == "policy")["before"]
    assert platform.run("undo", sent["action"]["id"], "--yes").returncode == 0
    assert json.loads(s3.get_bucket_policy(Bucket=bucket)["Policy"]) == kept


@pytest.mark.parametrize(
    "sample",
    [
        "guardduty/iam-root-credential-usage.json",
        "cloudtrail/root-console-login.json",
        "cloudtrail/root-api-call.json",
    ],
)
def test_what_nobody_can_take_back_is_told_as_critical(platform: LocalPlatform, sample: str) -> None:
    """A bad finding and any use of root open a critical item, and people are told at once."""
    sent = platform.send(sample)

    assert sent["item"]["severity"] == "critical"
    assert sent["item"]["state"] == "open"
    assert eventually(lambda: platform.messages(sent["item"]["id"]))


@pytest.mark.parametrize(
    "sample",
    [
        "cloudtrail/sg-open-private.json",
        "cloudtrail/sg-open-https-allowed.json",
        "guardduty/archived-finding.json",
        "guardduty/sample-finding.json",
    ],
)
def test_what_is_in_order_is_left_alone(platform: LocalPlatform, sample: str) -> None:
    """Nothing is changed and nobody is disturbed, and the reason is on record."""
    sent = platform.send(sample)

    assert [record["outcome"] for record in sent["records"]] == ["ignore"]
    assert sent["records"][0]["reason"]
    assert sent["item"] is None


def test_a_refused_attempt_changes_nothing_and_is_counted(platform: LocalPlatform) -> None:
    """The call did not open the group; that somebody tried is an item of its own."""
    sent = platform.send("cloudtrail/sg-open-failed.json")

    assert sorted(record["outcome"] for record in sent["records"]) == ["ignore", "tell"]
    assert sent["action"] is None


def test_a_change_by_terraform_is_asked_about(platform: LocalPlatform) -> None:
    """The next apply would make it again, so a person decides; approving it applies the plan."""
    sent = platform.send("cloudtrail/sg-open-by-terraform.json")

    group, action = sent["item"]["resource"]["id"], sent["action"]["id"]
    assert sent["action"]["state"] == "awaiting_approval"
    assert (WORLD, 22) in ingress(platform, group)
    approved = platform.run("approve", action, "--yes")
    assert approved.returncode == 0, approved.stderr
    assert (WORLD, 22) not in ingress(platform, group)


def _mark_as_scene(request: Any, **_: Any) -> None:
    request.headers["User-Agent"] = "opsplane-scene/1"


def _authorize_event(group: str) -> dict[str, Any]:
    return {
        "version": "0",
        "id": "11111111-2222-3333-4444-555555555555",
        "detail-type": "AWS API Call via CloudTrail",
        "source": "aws.ec2",
        "account": "000000000000",
        "time": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "region": "us-east-1",
        "resources": [],
        "detail": {
            "eventName": "AuthorizeSecurityGroupIngress",
            "eventSource": "ec2.amazonaws.com",
            "userIdentity": {"type": "IAMUser", "userName": "alice", "arn": "arn:aws:iam::000000000000:user/alice"},
            "sourceIPAddress": "203.0.113.7",
            "requestParameters": {"groupId": group},
        },
    }
