"""EC2's three ways of writing a call."""

from collections.abc import Callable
from typing import Any

from opsplane_local.gateway.call import Request
from opsplane_local.gateway.trail.ec2_shapes import ec2_request, nest
from opsplane_local.gateway.trail.operations import read_parameters, resolve


def shaped(request: Request) -> dict[str, Any]:
    """Return `requestParameters` of a request."""
    operation = resolve(request, "ec2")
    assert operation is not None
    return ec2_request(request, operation, read_parameters(request, operation))


def test_opened_security_group_has_the_classic_shape(write: Callable[..., Request]) -> None:
    """Lists are items, and all four kinds of source are named."""
    permission = {
        "IpProtocol": "tcp",
        "FromPort": 22,
        "ToPort": 22,
        "IpRanges": [{"CidrIp": "0.0.0.0/0", "Description": "ssh"}],
    }

    parameters = shaped(write("ec2", "authorize_security_group_ingress", GroupId="sg-1", IpPermissions=[permission]))

    assert parameters == {
        "groupId": "sg-1",
        "ipPermissions": {
            "items": [
                {
                    "ipProtocol": "tcp",
                    "fromPort": 22,
                    "toPort": 22,
                    "groups": {},
                    "ipRanges": {"items": [{"cidrIp": "0.0.0.0/0", "description": "ssh"}]},
                    "ipv6Ranges": {},
                    "prefixListIds": {},
                }
            ]
        },
    }


def test_modified_rule_stands_under_its_request(write: Callable[..., Request]) -> None:
    """Newer calls are as the client wrote them, with a tag for the position."""
    rule = {"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "CidrIpv4": "0.0.0.0/0"}
    update = {"SecurityGroupRuleId": "sgr-1", "SecurityGroupRule": rule}

    parameters = shaped(write("ec2", "modify_security_group_rules", GroupId="sg-1", SecurityGroupRules=[update]))

    assert parameters == {"ModifySecurityGroupRulesRequest": {"GroupId": "sg-1", "SecurityGroupRule": update | {
        "tag": 1,
    }}}  # fmt: skip


def test_revoked_rules_are_named_by_id(write: Callable[..., Request]) -> None:
    """Ids are items with a name."""
    request = write("ec2", "revoke_security_group_ingress", GroupId="sg-1", SecurityGroupRuleIds=["sgr-1"])

    parameters = shaped(request)

    assert parameters == {
        "groupId": "sg-1",
        "securityGroupRuleIds": {"items": [{"securityGroupRuleId": "sgr-1"}]},
    }


def test_instances_and_tags_are_sets(write: Callable[..., Request]) -> None:
    """A few calls name their lists differently from the API."""
    stopped = shaped(write("ec2", "stop_instances", InstanceIds=["i-1"], Force=True))
    tagged = shaped(write("ec2", "create_tags", Resources=["i-1"], Tags=[{"Key": "Environment", "Value": "dev"}]))

    assert stopped == {"instancesSet": {"items": [{"instanceId": "i-1"}]}, "force": True}
    assert tagged == {
        "resourcesSet": {"items": [{"resourceId": "i-1"}]},
        "tagSet": {"items": [{"key": "Environment", "value": "dev"}]},
    }


def test_nested_fields_fold_into_objects_and_lists() -> None:
    """A list of one is an object, a longer one a list; plain texts get a content."""
    fields = {"FlowLogId.1": "fl-1", "Tag.1.Key": "a", "Tag.2.Key": "b", "DryRun": "false", "Count": "3"}

    nested = nest(fields)

    assert nested == {
        "FlowLogId": {"content": "fl-1", "tag": 1},
        "Tag": [{"Key": "a", "tag": 1}, {"Key": "b", "tag": 2}],
        "DryRun": False,
        "Count": 3,
    }
