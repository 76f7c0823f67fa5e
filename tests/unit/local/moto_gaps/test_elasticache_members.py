"""ElastiCache: members of a replication group, and its end."""

from typing import Any

import pytest
from botocore.exceptions import ClientError
from moto.moto_api._internal import mock_random
from opsplane_local.moto_gaps import elasticache_members
from opsplane_local.moto_gaps.patch import Patch

pytestmark = pytest.mark.integration


@pytest.fixture
def client(connect: Any) -> Any:
    """Return an ElastiCache client with the replication group `cache`."""
    client: Any = connect("elasticache")
    client.create_replication_group(
        ReplicationGroupId="cache",
        ReplicationGroupDescription="cache",
        Engine="valkey",
        EngineVersion="8.0",
        CacheNodeType="cache.t4g.micro",
        CacheParameterGroupName="lru",
        SecurityGroupIds=["sg-1"],
        TransitEncryptionEnabled=True,
    )
    return client


def test_moto_still_cannot_describe_members(client: Any) -> None:
    """Fails when moto describes them: delete the gap then."""
    with pytest.raises(ClientError, match="not found"):
        client.describe_cache_clusters(CacheClusterId="cache-001")


def test_a_member_shows_the_settings_of_its_group(client: Any, patch: Patch) -> None:
    """Terraform reads version, groups and parameters from the first member."""
    elasticache_members.members(patch)

    member = client.describe_cache_clusters(CacheClusterId="cache-001", ShowCacheNodeInfo=True)["CacheClusters"][0]

    assert (member["ReplicationGroupId"], member["EngineVersion"]) == ("cache", "8.0.0")
    assert member["CacheParameterGroup"]["CacheParameterGroupName"] == "lru"
    assert [g["SecurityGroupId"] for g in member["SecurityGroups"]] == ["sg-1"]


def test_members_and_single_clusters_are_listed_together(client: Any, patch: Patch) -> None:
    """A cluster outside a group is still there, found by name too."""
    elasticache_members.members(patch)
    client.create_cache_cluster(
        CacheClusterId="alone", Engine="redis", CacheNodeType="cache.t4g.micro", NumCacheNodes=1
    )

    listed = {c["CacheClusterId"] for c in client.describe_cache_clusters()["CacheClusters"]}

    assert listed == {"alone", "cache-001"}
    assert client.describe_cache_clusters(CacheClusterId="alone")["CacheClusters"]


def make_pair(client: Any) -> list[str]:
    """Create a group of a primary and a replica and return its members."""
    group = client.create_replication_group(
        ReplicationGroupId="pair", ReplicationGroupDescription="pair", NumCacheClusters=2
    )["ReplicationGroup"]
    members: list[str] = group["MemberClusters"]
    return members


def test_moto_still_makes_one_member_of_two(client: Any) -> None:
    """Fails when moto makes both: delete the gap then."""
    assert make_pair(client) == ["pair-001"]


def test_a_group_has_as_many_members_as_it_asked_for(client: Any, patch: Patch) -> None:
    """Terraform counts them, and makes more when one is missing."""
    elasticache_members.replicas(patch)

    assert make_pair(client) == ["pair-001", "pair-002"]
    assert client.describe_replication_groups(ReplicationGroupId="cache")["ReplicationGroups"][0]["MemberClusters"]


def test_moto_still_shows_deleted_groups(client: Any) -> None:
    """Fails when moto forgets a deleted group: delete the gap then."""
    client.delete_replication_group(ReplicationGroupId="cache")

    groups = client.describe_replication_groups(ReplicationGroupId="cache")["ReplicationGroups"]
    assert [g["Status"] for g in groups] == ["deleting"]


def test_a_deleted_group_is_gone(client: Any, patch: Patch) -> None:
    """Terraform waits for exactly this error."""
    elasticache_members.deletion(patch)

    answer = client.delete_replication_group(ReplicationGroupId="cache")

    assert answer["ReplicationGroup"]["Status"] == "deleting"
    with pytest.raises(client.exceptions.ReplicationGroupNotFoundFault):
        client.describe_replication_groups(ReplicationGroupId="cache")


def addresses_after_one_seed(client: Any) -> set[str]:
    """Create two groups, each after the same seed, and return the random parts of their host names."""
    for name in ("one", "two"):
        mock_random.seed(7)
        client.create_replication_group(ReplicationGroupId=name, ReplicationGroupDescription=name)
    named = [client.describe_replication_groups(ReplicationGroupId=name) for name in ("one", "two")]
    nodes = [answer["ReplicationGroups"][0]["NodeGroups"][0] for answer in named]
    return {node["PrimaryEndpoint"]["Address"].split(".")[2] for node in nodes}


def test_moto_still_draws_host_names_without_seed(client: Any) -> None:
    """Fails when a seed decides them in moto: delete the gap then."""
    assert len(addresses_after_one_seed(client)) == 2


def test_a_seed_decides_host_names(client: Any, patch: Patch) -> None:
    """A replayed group has the address that Terraform knows."""
    elasticache_members.seeded_address(patch)

    assert len(addresses_after_one_seed(client)) == 1
