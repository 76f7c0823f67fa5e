"""A snapshot or image that was shared with everybody, or with accounts that nobody named, is taken back.

Copies that others made meanwhile are theirs and cannot be seen from here.
https://docs.aws.amazon.com/ebs/latest/userguide/ebs-modifying-snapshot-permissions.html
https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ShareSnapshot.html
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from opsplane.model import Json
from opsplane.playbooks.plan import Api, Call, Observation, Step, call, of_type, tags_of
from opsplane.playbooks.playbook import Family, Parameters, Playbook
from opsplane.signals.signal import Subject

_TARGET = "shared with"
_ACCOUNT = "AWS::::Account"
_EVERYBODY = "all"


@dataclass(frozen=True)
class _Kind:
    """How one type of snapshot tells whom it is shared with, and how that is changed."""

    read: Callable[[Api, str], list[str]]
    tags: Callable[[Api, str], dict[str, str]]
    modify: Callable[[str, str, list[str]], Call]


def observe(api: Api, subject: Subject) -> Observation:
    """The accounts that may use it (`all` for everybody), sorted; of an account each public snapshot of its disks."""
    if subject.resource.type == _ACCOUNT:
        return _observe_account(api)
    kind, name = of_type(_KINDS, subject), subject.resource.id
    shared = sorted(kind.read(api, name))
    return Observation(tags=kind.tags(api, name), state={_TARGET: [*shared]}, evidence={_TARGET: [*shared]})


def plan(subject: Subject, found: Observation, parameters: Parameters) -> tuple[Step, ...]:
    """One step for everybody and everyone who is not trusted; trusted accounts keep it."""
    if subject.resource.type == _ACCOUNT:
        opened = ((target, listed) for target, listed in found.state.items() if isinstance(listed, list))
        snapshots = ((target, target.partition(" ")[0], listed) for target, listed in opened)
        steps = (_take_back("AWS::EC2::Snapshot", *each, parameters) for each in snapshots)
        return tuple(step for step in steps if step)
    of_type(_KINDS, subject)
    step = _take_back(subject.resource.type, _TARGET, subject.resource.id, found.state[_TARGET], parameters)
    return (step,) if step else ()


def _observe_account(api: Api) -> Observation:
    """Security Hub's EC2.1 and its rule of AWS Config speak of the whole account."""
    public = api.read("ec2", "describe_snapshots", OwnerIds=["self"], RestorableByUserIds=[_EVERYBODY])["Snapshots"]
    names = sorted(str(each["SnapshotId"]) for each in public)
    state: dict[str, Json] = {f"{name} {_TARGET}": [*sorted(_read_snapshot(api, name))] for name in names}
    return Observation(state=state, evidence=dict(state))


def _take_back(type_name: str, target: str, name: str, listed: Json, parameters: Parameters) -> Step | None:
    named = parameters.get("trusted_accounts")
    trusted = {str(each) for each in named} if isinstance(named, list) else set()
    shared = [str(each) for each in listed] if isinstance(listed, list) else []
    strangers = [each for each in shared if each not in trusted]
    if not strangers:
        return None
    kind = _KINDS[type_name]
    kept: Json = [each for each in shared if each in trusted]
    who = "everybody" if _EVERYBODY in strangers else ", ".join(strangers)
    return Step(
        target=target,
        summary=f"Take {name} back from {who}",
        before=[*shared],
        after=kept,
        apply=(kind.modify(name, "remove", strangers),),
        undo=(kind.modify(name, "add", strangers),),
    )


def _permissions(found: list[dict[str, Any]]) -> list[str]:
    return [_EVERYBODY if each.get("Group") else str(each["UserId"]) for each in found]


def _read_snapshot(api: Api, name: str) -> list[str]:
    asked = {"SnapshotId": name, "Attribute": "createVolumePermission"}
    return _permissions(api.read("ec2", "describe_snapshot_attribute", **asked)["CreateVolumePermissions"])


def _read_image(api: Api, name: str) -> list[str]:
    found = api.read("ec2", "describe_image_attribute", ImageId=name, Attribute="launchPermission")
    return _permissions(found.get("LaunchPermissions", []))


def _restored(found: dict[str, Any]) -> list[str]:
    [attributes] = [found[key] for key in found if key.endswith("AttributesResult")]
    [listed] = [value for key, value in attributes.items() if key.endswith("Attributes")]
    return [value for each in listed if each["AttributeName"] == "restore" for value in each["AttributeValues"]]


def _read_db_snapshot(api: Api, name: str) -> list[str]:
    return _restored(api.read("rds", "describe_db_snapshot_attributes", DBSnapshotIdentifier=name))


def _read_cluster_snapshot(api: Api, name: str) -> list[str]:
    return _restored(api.read("rds", "describe_db_cluster_snapshot_attributes", DBClusterSnapshotIdentifier=name))


_GROUPS = {"modify_snapshot_attribute": "GroupNames", "modify_image_attribute": "UserGroups"}


def _change_ec2(operation: str, key: str, attribute: str) -> Callable[[str, str, list[str]], Call]:
    def modify(name: str, way: str, accounts: list[str]) -> Call:
        groups = [each for each in accounts if each == _EVERYBODY]
        users = [each for each in accounts if each != _EVERYBODY]
        who = {parameter: value for parameter, value in ((_GROUPS[operation], groups), ("UserIds", users)) if value}
        return call("ec2", operation, **{key: name}, Attribute=attribute, OperationType=way, **who)

    return modify


def _change_rds(operation: str, key: str) -> Callable[[str, str, list[str]], Call]:
    def modify(name: str, way: str, accounts: list[str]) -> Call:
        return call("rds", operation, **{key: name, "AttributeName": "restore", f"ValuesTo{way.title()}": accounts})

    return modify


_KINDS = {
    "AWS::EC2::Snapshot": _Kind(
        _read_snapshot,
        lambda api, name: tags_of(
            api.read("ec2", "describe_snapshots", SnapshotIds=[name])["Snapshots"][0].get("Tags"),
        ),
        _change_ec2("modify_snapshot_attribute", "SnapshotId", "createVolumePermission"),
    ),
    "AWS::EC2::Image": _Kind(
        _read_image,
        lambda api, name: tags_of(api.read("ec2", "describe_images", ImageIds=[name])["Images"][0].get("Tags")),
        _change_ec2("modify_image_attribute", "ImageId", "launchPermission"),
    ),
    "AWS::RDS::DBSnapshot": _Kind(
        _read_db_snapshot,
        lambda api, name: tags_of(
            api.read("rds", "describe_db_snapshots", DBSnapshotIdentifier=name)["DBSnapshots"][0].get("TagList"),
        ),
        _change_rds("modify_db_snapshot_attribute", "DBSnapshotIdentifier"),
    ),
    "AWS::RDS::DBClusterSnapshot": _Kind(
        _read_cluster_snapshot,
        lambda _, __: {},
        _change_rds("modify_db_cluster_snapshot_attribute", "DBClusterSnapshotIdentifier"),
    ),
}

PLAYBOOK = Playbook(
    name="snapshot-unshare",
    family=Family.DATA,
    summary="Takes a snapshot or image back from everybody and from accounts that policy does not trust.",
    problem="Snapshot {id} is shared with strangers",
    risk="Copies that others made meanwhile stay theirs and cannot be seen; partners who are not named lose it.",
    rights=(
        "ec2:DescribeImageAttribute",
        "ec2:DescribeImages",
        "ec2:DescribeSnapshotAttribute",
        "ec2:DescribeSnapshots",
        "ec2:ModifyImageAttribute",
        "ec2:ModifySnapshotAttribute",
        "rds:DescribeDBClusterSnapshotAttributes",
        "rds:DescribeDBSnapshotAttributes",
        "rds:DescribeDBSnapshots",
        "rds:ModifyDBClusterSnapshotAttribute",
        "rds:ModifyDBSnapshotAttribute",
    ),
    acts_on=(
        "cloudtrail/snapshot-shared-with-all.json",
        "cloudtrail/image-shared-with-all.json",
        "cloudtrail/rds-snapshot-shared-with-all.json",
        "cloudtrail/rds-cluster-snapshot-shared-with-all.json",
    ),
    leaves=("cloudtrail/snapshot-unshared.json",),
    observe=observe,
    plan=plan,
)
