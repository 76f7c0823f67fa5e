"""Replication groups of ElastiCache as of moto 5.2.5."""

from typing import Any

from moto.core.responses import ActionResult, PaginatedResult
from moto.elasticache import models
from moto.elasticache.models import ElastiCacheBackend, ReplicationGroup
from moto.elasticache.responses import ElastiCacheResponse
from moto.moto_api._internal import mock_random

from opsplane_local.moto_gaps.patch import Patch


def members(patch: Patch) -> None:
    """Show the members of a replication group as cache clusters: moto names them but cannot describe them."""
    describe_single_clusters = ElastiCacheResponse.describe_cache_clusters

    def describe_cache_clusters(self: ElastiCacheResponse) -> ActionResult:
        asked = self._get_param("CacheClusterId")
        shown = {
            name: _member(self.elasticache_backend, group, name)
            for group in self.elasticache_backend.replication_groups.values()
            for name in group.member_clusters
        }
        if asked in shown:
            return PaginatedResult({"CacheClusters": [shown[asked]]})
        if asked:
            return describe_single_clusters(self)
        single = self.elasticache_backend.describe_cache_clusters()
        return PaginatedResult({"CacheClusters": [*single, *shown.values()]})

    patch.attribute(ElastiCacheResponse, "describe_cache_clusters", describe_cache_clusters)


def replicas(patch: Patch) -> None:
    """Make as many members as a group without shards asks for: moto makes one, and the provider adds one for ever."""
    set_by_replicas_per_shard = ReplicationGroup._set_node_members_clusters_disabled  # noqa: SLF001 - moto has no public way

    def set_members(self: ReplicationGroup, **kwargs: Any) -> None:
        kwargs["replicas_per_node_group"] = kwargs["replicas_per_node_group"] or kwargs["num_cache_clusters"] - 1
        set_by_replicas_per_shard(self, **kwargs)

    patch.attribute(ReplicationGroup, "_set_node_members_clusters_disabled", set_members)


def deletion(patch: Patch) -> None:
    """Let a deleted replication group go: moto shows it as deleting for ever."""
    mark_only = ElastiCacheBackend.delete_replication_group

    def delete_replication_group(
        self: ElastiCacheBackend, replication_group_id: str, **kwargs: Any
    ) -> ReplicationGroup:
        group = mark_only(self, replication_group_id, **kwargs)
        del self.replication_groups[replication_group_id]
        return group

    patch.attribute(ElastiCacheBackend, "delete_replication_group", delete_replication_group)


def encryption_in_transit(patch: Patch) -> None:
    """Let ModifyReplicationGroup switch encryption in transit: moto drops that parameter."""
    modify_without_encryption = ElastiCacheResponse.modify_replication_group

    def modify_replication_group(self: ElastiCacheResponse) -> Any:
        answer = modify_without_encryption(self)
        wanted = self._get_bool_param("TransitEncryptionEnabled", None)
        group = self.elasticache_backend.replication_groups[self._get_param("ReplicationGroupId")]
        if wanted is not None:
            group.transit_encryption_enabled = wanted
        return answer

    patch.attribute(ElastiCacheResponse, "modify_replication_group", modify_replication_group)


def seeded_address(patch: Patch) -> None:
    """Draw a group's host names from moto's seeded numbers: moto's own differ after each replay."""
    patch.attribute(models, "random", mock_random)


def _member(backend: ElastiCacheBackend, group: ReplicationGroup, name: str) -> dict[str, object]:
    """Return one member as the API shows a cache cluster: its settings are those of its group."""
    return {
        "CacheClusterId": name,
        "ReplicationGroupId": group.replication_group_id,
        "ARN": f"arn:aws:elasticache:{backend.region_name}:{backend.account_id}:cluster:{name}",
        "CacheClusterStatus": "available",
        "CacheNodeType": group.cache_node_type,
        "NumCacheNodes": 1,
        "Engine": group.engine,
        "EngineVersion": _full_version(group.engine_version),
        "AutoMinorVersionUpgrade": str(group.auto_minor_version_upgrade).lower() != "false",
        "CacheSubnetGroupName": group.cache_subnet_group_name,
        "CacheParameterGroup": {
            "CacheParameterGroupName": group.cache_parameter_group_name,
            "ParameterApplyStatus": "in-sync",
        },
        "SecurityGroups": [
            {"SecurityGroupId": group_id, "Status": "active"} for group_id in group.security_group_ids or []
        ],
        "PreferredMaintenanceWindow": group.preferred_maintenance_window,
        "SnapshotRetentionLimit": group.snapshot_retention_limit,
        "SnapshotWindow": group.snapshot_window,
        "AtRestEncryptionEnabled": group.at_rest_encryption_enabled,
        "TransitEncryptionEnabled": group.transit_encryption_enabled,
        "TransitEncryptionMode": group.transit_encryption_mode,
        "NetworkType": group.network_type,
        "IpDiscovery": group.ip_discovery,
    }


def _full_version(version: str | None) -> str | None:
    """Return a version of three parts, as ElastiCache shows for the two that people ask for."""
    if version is None or version.count(".") != 1:
        return version
    return f"{version}.0"
