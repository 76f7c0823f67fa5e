"""A small AWS in memory: security groups and buckets, as far as our playbooks use them, with AWS's refusals."""

import copy
import itertools
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from opsplane.errors import AccessDenied, PermanentError, ResourceNotFound
from opsplane.playbooks.plan import Call

ACCOUNT = "000000000000"
REGION = "us-east-1"
GROUP = "sg-0123456789abcdef0"
BUCKET = "reports-archive"
EVERYBODY = "http://acs.amazonaws.com/groups/global/AllUsers"
OWNER = {"ID": "owner-1"}
_BLOCK = ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets")

type Rule = dict[str, Any]


def rule(port: int | None = 22, cidr: str = "0.0.0.0/0", protocol: str = "tcp", **more: Any) -> Rule:
    """One ingress rule as DescribeSecurityGroupRules shows it; `to` is the upper port when it differs."""
    upper = more.pop("to", port)
    ports = {} if port is None else {"FromPort": port, "ToPort": upper}
    version = "CidrIpv6" if ":" in cidr else "CidrIpv4"
    return {"IsEgress": False, "IpProtocol": protocol, **ports, version: cidr, **more}


def statement(principal: Any = "*", **more: Any) -> dict[str, Any]:
    """One statement of a bucket policy that lets somebody read."""
    return {"Effect": "Allow", "Principal": principal, "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*", **more}


def policy(*statements: dict[str, Any]) -> dict[str, Any]:
    """A bucket policy."""
    return {"Version": "2012-10-17", "Statement": list(statements or [statement()])}


def grants(*uris: str) -> list[dict[str, Any]]:
    """The owner's own grant, and READ for each group."""
    own = {"Grantee": {"Type": "CanonicalUser", **OWNER}, "Permission": "FULL_CONTROL"}
    return [own, *({"Grantee": {"Type": "Group", "URI": uri}, "Permission": "READ"} for uri in uris)]


def block(*on: str) -> dict[str, bool]:
    """Block Public Access with some settings on; without names, with all."""
    return {key: key in (on or _BLOCK) for key in _BLOCK}


@dataclass
class Bucket:
    """One bucket; a part that was never set is None."""

    block: dict[str, bool] | None = None
    policy: dict[str, Any] | None = None
    grants: list[dict[str, Any]] = field(default_factory=grants)
    tags: dict[str, str] = field(default_factory=dict)


@dataclass
class Group:
    """One security group."""

    rules: list[Rule] = field(default_factory=list)
    tags: dict[str, str] = field(default_factory=dict)


@dataclass
class Cloud:
    """Implements `opsplane.playbooks.plan.Api`.

    `before` and `after` hear the name of every operation, so that a test can raise, or change the world, in between;
    `changes` are the calls that took effect.
    """

    groups: dict[str, Group] = field(default_factory=dict)
    buckets: dict[str, Bucket] = field(default_factory=dict)
    changes: list[Call] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=itertools.count)
    before: Callable[[str], None] = lambda _: None
    after: Callable[[str], None] = lambda _: None

    def open_group(self, *rules: Rule, group: str = GROUP, **tags: str) -> "Cloud":
        """Have a group with these rules; tag names come without the prefix `opsplane:`."""
        named = {name if name[0].isupper() else f"opsplane:{name.replace('_', '-')}": tags[name] for name in tags}
        self.groups[group] = Group(tags=named)
        self.add_rules(*(rules or [rule()]), group=group)
        return self

    def add_rules(self, *rules: Rule, group: str = GROUP) -> None:
        """Have more rules in a group, each with an id of its own."""
        self.groups[group].rules += [{"SecurityGroupRuleId": f"sgr-{next(self.numbers)}", **each} for each in rules]

    def rules(self, group: str = GROUP) -> list[Rule]:
        """The rules of a group without their ids, in a fixed order; AWS gives a rule that comes back a new id."""
        bare = [{key: each[key] for key in each if key != "SecurityGroupRuleId"} for each in self.groups[group].rules]
        return sorted(bare, key=lambda each: json.dumps(each, sort_keys=True))

    def open_bucket(self, bucket: Bucket | None = None, name: str = BUCKET) -> "Cloud":
        """Have a bucket, public by its policy unless it is given."""
        self.buckets[name] = bucket or Bucket(policy=policy())
        return self

    def snapshot(self) -> tuple[Any, ...]:
        """All state, for comparing."""
        return {name: (self.rules(name), self.groups[name].tags) for name in self.groups}, copy.deepcopy(self.buckets)

    def call(self, call: Call) -> dict[str, Any]:
        """Make one call."""
        answer = self._do(call.operation, call.parameters)
        self.changes.append(call)
        self.after(call.operation)
        return answer

    def read(self, service: str, operation: str, **parameters: Any) -> dict[str, Any]:  # noqa: ARG002 - as the port
        """Make one reading call."""
        answer = self._do(operation, parameters)
        self.after(operation)
        return answer

    def _do(self, operation: str, parameters: dict[str, Any]) -> dict[str, Any]:
        self.before(operation)
        found: dict[str, Any] = copy.deepcopy(getattr(self, f"_{operation}")(copy.deepcopy(parameters)) or {})
        return found

    def _group(self, name: str) -> Group:
        if name not in self.groups:
            text = f"ec2: InvalidGroup.NotFound: The security group '{name}' does not exist"
            raise ResourceNotFound(text)
        return self.groups[name]

    def _describe_security_groups(self, asked: dict[str, Any]) -> dict[str, Any]:
        group = self._group(asked["GroupIds"][0])
        tags = [{"Key": key, "Value": value} for key, value in group.tags.items()]
        return {"SecurityGroups": [{"GroupName": "web", "VpcId": "vpc-1", "Tags": tags}]}

    def _describe_security_group_rules(self, asked: dict[str, Any]) -> dict[str, Any]:
        egress = {"IsEgress": True, "IpProtocol": "-1", "CidrIpv4": "0.0.0.0/0"}
        return {"SecurityGroupRules": [egress, *self._group(asked["Filters"][0]["Values"][0]).rules]}

    def _describe_network_interfaces(self, _: dict[str, Any]) -> dict[str, Any]:
        return {"NetworkInterfaces": [{"NetworkInterfaceId": "eni-1"}]}

    def _revoke_security_group_ingress(self, asked: dict[str, Any]) -> None:
        rules = self._group(asked["GroupId"]).rules
        for wanted in map(_key, _rules(asked)):
            found = [each for each in rules if _key(each) == wanted]
            if not found:
                text = "ec2: InvalidPermission.NotFound: The specified rule does not exist in this security group."
                raise ResourceNotFound(text)
            rules.remove(found[0])

    def _authorize_security_group_ingress(self, asked: dict[str, Any]) -> None:
        for wanted in _rules(asked):
            if _key(wanted) in map(_key, self._group(asked["GroupId"]).rules):
                text = "ec2: InvalidPermission.Duplicate: the specified rule already exists"
                raise PermanentError(text)
            self.add_rules(wanted, group=asked["GroupId"])

    def _bucket(self, asked: dict[str, Any]) -> Bucket:
        if asked["ExpectedBucketOwner"] != ACCOUNT:
            text = "s3: AccessDenied: the bucket belongs to another account"
            raise AccessDenied(text)
        if asked["Bucket"] not in self.buckets:
            text = "s3: NoSuchBucket: The specified bucket does not exist"
            raise ResourceNotFound(text)
        return self.buckets[asked["Bucket"]]

    def _get_public_access_block(self, asked: dict[str, Any]) -> dict[str, Any]:
        return _part("PublicAccessBlockConfiguration", self._bucket(asked).block)

    def _get_bucket_policy(self, asked: dict[str, Any]) -> dict[str, Any]:
        found = self._bucket(asked).policy
        return _part("Policy", json.dumps(found) if found else None)

    def _get_bucket_acl(self, asked: dict[str, Any]) -> dict[str, Any]:
        return {"Owner": OWNER, "Grants": self._bucket(asked).grants}

    def _get_bucket_tagging(self, asked: dict[str, Any]) -> dict[str, Any]:
        tags = self._bucket(asked).tags
        return _part("TagSet", [{"Key": key, "Value": value} for key, value in tags.items()] or None)

    def _put_public_access_block(self, asked: dict[str, Any]) -> None:
        self._bucket(asked).block = asked["PublicAccessBlockConfiguration"]

    def _delete_public_access_block(self, asked: dict[str, Any]) -> None:
        self._bucket(asked).block = None

    def _put_bucket_policy(self, asked: dict[str, Any]) -> None:
        bucket, wanted = self._bucket(asked), json.loads(asked["Policy"])
        public = any(each["Principal"] == "*" and "Condition" not in each for each in wanted["Statement"])
        _refuse_public(bucket, "BlockPublicPolicy", public=public)
        bucket.policy = wanted

    def _delete_bucket_policy(self, asked: dict[str, Any]) -> None:
        self._bucket(asked).policy = None

    def _put_bucket_acl(self, asked: dict[str, Any]) -> None:
        bucket, wanted = self._bucket(asked), asked["AccessControlPolicy"]["Grants"]
        _refuse_public(bucket, "BlockPublicAcls", public=any("URI" in each["Grantee"] for each in wanted))
        bucket.grants = wanted


def _part(name: str, value: Any) -> dict[str, Any]:
    if value is None:
        text = f"s3: NoSuch{name}: it was never set"
        raise ResourceNotFound(text)
    return {name: value}


def _refuse_public(bucket: Bucket, setting: str, *, public: bool) -> None:
    if public and (bucket.block or {}).get(setting):
        text = f"s3: AccessDenied: {setting} is on"
        raise AccessDenied(text)


def _rules(asked: dict[str, Any]) -> list[Rule]:
    """The rules that a call's IpPermissions describe."""
    tags = [tag for spec in asked.get("TagSpecifications", []) for tag in spec["Tags"]]
    found: list[Rule] = []
    for permission in asked["IpPermissions"]:
        ports = {key: permission[key] for key in ("FromPort", "ToPort") if key in permission}
        for entry in [*permission.get("IpRanges", []), *permission.get("Ipv6Ranges", [])]:
            version = "CidrIpv6" if "CidrIpv6" in entry else "CidrIpv4"
            each: Rule = {"IsEgress": False, "IpProtocol": permission["IpProtocol"], **ports}
            each[version] = entry.get("CidrIpv6") or entry["CidrIp"]
            extra = {"Description": entry.get("Description"), "Tags": tags}
            found.append({**each, **{key: value for key, value in extra.items() if value}})
    return found


def _key(each: Rule) -> tuple[Any, ...]:
    """What makes a rule the same rule to AWS: description and tags do not count."""
    return tuple(each.get(key) for key in ("IpProtocol", "FromPort", "ToPort", "CidrIpv4", "CidrIpv6"))
