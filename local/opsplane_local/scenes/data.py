"""Scenes with databases, snapshots, keys, secrets and caches."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from opsplane_local.scenes.envelopes import substitute
from opsplane_local.scenes.making import TAGS, finding_of, request_of, unless_there
from opsplane_local.scenes.scene import Scene
from opsplane_local.scenes.security_groups import ensure_group

if TYPE_CHECKING:
    from opsplane_local.scenes.envelopes import Event
    from opsplane_local.scenes.stage import Stage


def publish_database(stage: Stage, name: str, event: Event) -> Scene:
    """Have the sample's database with a public address."""
    database = f"opsplane-sample-{name}"
    instance = ensure_database(stage, database)
    stage.client("rds").modify_db_instance(
        DBInstanceIdentifier=database, PubliclyAccessible=True, ApplyImmediately=True
    )
    if event["source"] == "aws.config":
        event = substitute(event, {event["detail"]["resourceId"]: instance["DbiResourceId"]})
    return Scene(event, f"database {database} with a public address", (database,))


def ensure_database(stage: Stage, database: str, *groups: str) -> dict[str, Any]:
    """A small database instance of that name, in these security groups."""
    rds = stage.client("rds")
    with unless_there("DBInstanceAlreadyExists", "DBInstanceAlreadyExistsFault"):
        rds.create_db_instance(
            DBInstanceIdentifier=database,
            DBInstanceClass="db.t4g.micro",
            Engine="postgres",
            AllocatedStorage=20,
            MasterUsername="postgres",
            MasterUserPassword="sample-only",
            VpcSecurityGroupIds=list(groups),
            Tags=TAGS,
        )
    found: dict[str, Any] = rds.describe_db_instances(DBInstanceIdentifier=database)["DBInstances"][0]
    return found


def share_snapshot(stage: Stage, name: str, event: Event) -> Scene:
    """Share a snapshot with everybody."""
    ec2, said = stage.ec2, request_of(event)["snapshotId"]
    mark = [{"Name": "tag:opsplane:sample", "Values": [name]}]
    found = ec2.describe_snapshots(OwnerIds=["self"], Filters=mark)["Snapshots"]  # type: ignore[arg-type]
    snapshot = found[0]["SnapshotId"] if found else _make_snapshot(stage, name)
    ec2.modify_snapshot_attribute(
        SnapshotId=snapshot, Attribute="createVolumePermission", OperationType="add", GroupNames=["all"]
    )
    return Scene(substitute(event, {said: snapshot}), f"snapshot {snapshot}, shared with everybody", (snapshot,))


def _make_snapshot(stage: Stage, name: str) -> str:
    ec2: Any = stage.ec2
    zone = ec2.describe_availability_zones()["AvailabilityZones"][0]["ZoneName"]
    volume = ec2.create_volume(AvailabilityZone=zone, Size=1)["VolumeId"]
    tags = [{"ResourceType": "snapshot", "Tags": [*TAGS, {"Key": "opsplane:sample", "Value": name}]}]
    snapshot: str = ec2.create_snapshot(VolumeId=volume, TagSpecifications=tags)["SnapshotId"]
    return snapshot


def share_image(stage: Stage, name: str, event: Event) -> Scene:
    """Share an image with everybody."""
    ec2: Any = stage.ec2
    said = request_of(event)["imageId"]
    full = f"opsplane-sample-{name}"
    found = ec2.describe_images(Owners=["self"], Filters=[{"Name": "name", "Values": [full]}])["Images"]
    if found:
        image = found[0]["ImageId"]
    else:
        device = {"DeviceName": "/dev/xvda", "Ebs": {"SnapshotId": _make_snapshot(stage, name)}}
        image = ec2.register_image(Name=full, RootDeviceName="/dev/xvda", BlockDeviceMappings=[device])["ImageId"]
    ec2.modify_image_attribute(ImageId=image, LaunchPermission={"Add": [{"Group": "all"}]})
    return Scene(substitute(event, {said: image}), f"image {image}, shared with everybody", (image,))


def share_database_snapshot(stage: Stage, name: str, event: Event) -> Scene:
    """Share a snapshot of a database with everybody."""
    rds, snapshot = stage.client("rds"), request_of(event)["dBSnapshotIdentifier"]
    database = f"opsplane-sample-{name}"[:60]
    ensure_database(stage, database)
    with unless_there("DBSnapshotAlreadyExists"):
        rds.create_db_snapshot(DBSnapshotIdentifier=snapshot, DBInstanceIdentifier=database)
    rds.modify_db_snapshot_attribute(DBSnapshotIdentifier=snapshot, AttributeName="restore", ValuesToAdd=["all"])
    return Scene(event, f"database snapshot {snapshot}, shared with everybody", (snapshot,))


def share_cluster_snapshot(stage: Stage, name: str, event: Event) -> Scene:
    """Share a snapshot of a cluster with everybody."""
    rds, snapshot = stage.client("rds"), request_of(event)["dBClusterSnapshotIdentifier"]
    cluster = f"opsplane-sample-{name}"[:60]
    with unless_there("DBClusterAlreadyExistsFault", "DBClusterAlreadyExists"):
        rds.create_db_cluster(
            DBClusterIdentifier=cluster,
            Engine="aurora-postgresql",
            MasterUsername="postgres",
            MasterUserPassword="sample-only",
        )
    with unless_there("DBClusterSnapshotAlreadyExistsFault", "DBClusterSnapshotAlreadyExists"):
        rds.create_db_cluster_snapshot(DBClusterSnapshotIdentifier=snapshot, DBClusterIdentifier=cluster)
    rds.modify_db_cluster_snapshot_attribute(
        DBClusterSnapshotIdentifier=snapshot, AttributeName="restore", ValuesToAdd=["all"]
    )
    return Scene(event, f"cluster snapshot {snapshot}, shared with everybody", (snapshot,))


def harm_key(stage: Stage, name: str, event: Event) -> Scene:
    """Have a key that is to be deleted, is disabled, or is open to everybody, as the sample says."""
    kms, said = stage.client("kms"), request_of(event)["keyId"]
    alias = f"alias/opsplane-sample-{name}"
    known = {each["AliasName"]: each.get("TargetKeyId") for each in kms.list_aliases()["Aliases"]}
    key = known.get(alias)
    if not key:
        tags = [{"TagKey": each["Key"], "TagValue": each["Value"]} for each in TAGS]
        key = kms.create_key(Tags=tags)["KeyMetadata"]["KeyId"]
        kms.create_alias(AliasName=alias, TargetKeyId=key)
    if kms.describe_key(KeyId=key)["KeyMetadata"]["KeyState"] == "PendingDeletion":
        kms.cancel_key_deletion(KeyId=key)
    kms.enable_key(KeyId=key)
    match event["detail"]["eventName"]:
        case "ScheduleKeyDeletion":
            kms.schedule_key_deletion(KeyId=key, PendingWindowInDays=7)
        case "DisableKey":
            kms.disable_key(KeyId=key)
        case _:
            kms.put_key_policy(KeyId=key, PolicyName="default", Policy=request_of(event)["policy"])
    return Scene(substitute(event, {said: key}), f"key {key}, harmed", (key,))


def expose_secret(stage: Stage, _: str, event: Event) -> Scene:
    """Give a secret the sample's policy."""
    client, name = stage.client("secretsmanager"), request_of(event)["secretId"]
    with unless_there("ResourceExistsException"):
        client.create_secret(Name=name, SecretString=json.dumps({"sample": "only"}), Tags=TAGS)
    client.put_resource_policy(SecretId=name, ResourcePolicy=request_of(event)["resourcePolicy"])
    return Scene(event, f"secret {name}, open to everybody", (name,))


def strip_cache(stage: Stage, _: str, event: Event) -> Scene:
    """Have a cache without encryption in transit."""
    client, name = stage.client("elasticache"), request_of(event)["replicationGroupId"]
    with unless_there("ReplicationGroupAlreadyExists", "ReplicationGroupAlreadyExistsFault"):
        client.create_replication_group(
            ReplicationGroupId=name,
            ReplicationGroupDescription="a sample",
            CacheNodeType="cache.t4g.micro",
            Engine="redis",
            NumCacheClusters=1,
            TransitEncryptionEnabled=False,
            Tags=TAGS,
        )
    client.modify_replication_group(ReplicationGroupId=name, TransitEncryptionEnabled=False, ApplyImmediately=True)
    return Scene(event, f"cache {name} without encryption in transit", (name,))


def log_in_to_database(stage: Stage, name: str, event: Event) -> Scene:
    """Have a database whose group lets in the attacker's address by itself, and an office network."""
    said = finding_of(event)["rdsDbInstanceDetails"]["dbInstanceIdentifier"]
    group = ensure_group(stage, name)
    ensure_database(stage, said, group)
    action = event["detail"]["service"]["action"]["rdsLoginAttemptAction"]
    address = f"{action['remoteIpDetails']['ipAddressV4']}/32"
    for cidr in (address, "198.51.100.0/24"):
        permission: Any = {"IpProtocol": "tcp", "FromPort": 5432, "ToPort": 5432, "IpRanges": [{"CidrIp": cidr}]}
        tags: Any = [{"ResourceType": "security-group-rule", "Tags": TAGS}]
        with unless_there("InvalidPermission.Duplicate"):
            stage.ec2.authorize_security_group_ingress(
                GroupId=group, IpPermissions=[permission], TagSpecifications=tags
            )
    return Scene(event, f"database {said}, whose group {group} lets in {address}", (said,))
