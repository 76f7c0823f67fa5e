"""ElastiCache: parameter groups, and subnet groups that can be deleted."""

from typing import Any

import pytest
from botocore.exceptions import ClientError
from opsplane_local.moto_gaps import elasticache_groups
from opsplane_local.moto_gaps.patch import Patch

pytestmark = pytest.mark.integration

GROUP = {"CacheParameterGroupName": "lru", "CacheParameterGroupFamily": "valkey8", "Description": "lru"}
LRU = {"ParameterName": "maxmemory-policy", "ParameterValue": "allkeys-lru"}


@pytest.fixture
def client(connect: Any) -> Any:
    """Return an ElastiCache client."""
    return connect("elasticache")


def test_moto_still_lacks_parameter_groups(client: Any) -> None:
    """Fails when moto has grown them: delete the gap then."""
    with pytest.raises(NotImplementedError):
        client.create_cache_parameter_group(**GROUP)


def test_a_parameter_group_keeps_what_its_user_set(client: Any, patch: Patch) -> None:
    """What Terraform writes is what it reads, tags too."""
    elasticache_groups.parameter_groups(patch)

    group = client.create_cache_parameter_group(**GROUP, Tags=[{"Key": "Owner", "Value": "ops"}])["CacheParameterGroup"]
    client.modify_cache_parameter_group(CacheParameterGroupName="lru", ParameterNameValues=[LRU])

    read = client.describe_cache_parameter_groups(CacheParameterGroupName="lru")["CacheParameterGroups"]
    assert [g["CacheParameterGroupFamily"] for g in read] == ["valkey8"]
    parameters = client.describe_cache_parameters(CacheParameterGroupName="lru", Source="user")["Parameters"]
    assert [(p["ParameterName"], p["ParameterValue"]) for p in parameters] == [("maxmemory-policy", "allkeys-lru")]
    tags = client.list_tags_for_resource(ResourceName=group["ARN"])["TagList"]
    assert tags == [{"Key": "Owner", "Value": "ops"}]


def test_parameters_can_be_put_back(client: Any, patch: Patch) -> None:
    """A reset parameter is no longer the user's."""
    elasticache_groups.parameter_groups(patch)
    client.create_cache_parameter_group(**GROUP)
    client.modify_cache_parameter_group(CacheParameterGroupName="lru", ParameterNameValues=[LRU])

    client.reset_cache_parameter_group(CacheParameterGroupName="lru", ParameterNameValues=[LRU])

    assert client.describe_cache_parameters(CacheParameterGroupName="lru")["Parameters"] == []


def test_a_deleted_parameter_group_is_gone(client: Any, patch: Patch) -> None:
    """Terraform waits for exactly this error."""
    elasticache_groups.parameter_groups(patch)
    client.create_cache_parameter_group(**GROUP)

    client.delete_cache_parameter_group(CacheParameterGroupName="lru")

    with pytest.raises(ClientError) as missing:
        client.describe_cache_parameter_groups(CacheParameterGroupName="lru")
    assert missing.value.response["Error"]["Code"] == "CacheParameterGroupNotFound"


def test_a_second_group_of_one_name_is_refused(client: Any, patch: Patch) -> None:
    """Names are unique."""
    elasticache_groups.parameter_groups(patch)
    client.create_cache_parameter_group(**GROUP)

    with pytest.raises(ClientError, match="already exists"):
        client.create_cache_parameter_group(**GROUP)


@pytest.fixture
def subnet(connect: Any) -> str:
    """Return the id of a subnet."""
    return str(connect("ec2").describe_subnets()["Subnets"][0]["SubnetId"])


def make_subnet_group(client: Any, subnet: str) -> None:
    """Create the cache subnet group `data`."""
    client.create_cache_subnet_group(
        CacheSubnetGroupName="data", CacheSubnetGroupDescription="data", SubnetIds=[subnet]
    )


def test_moto_still_keeps_subnet_groups_for_ever(client: Any, subnet: str) -> None:
    """Fails when moto has grown DeleteCacheSubnetGroup: delete the gap then."""
    make_subnet_group(client, subnet)

    with pytest.raises(NotImplementedError):
        client.delete_cache_subnet_group(CacheSubnetGroupName="data")


def test_a_subnet_group_can_be_deleted_once(client: Any, subnet: str, patch: Patch) -> None:
    """The second deletion finds nothing."""
    elasticache_groups.subnet_group_deletion(patch)
    make_subnet_group(client, subnet)

    client.delete_cache_subnet_group(CacheSubnetGroupName="data")

    with pytest.raises(ClientError):
        client.delete_cache_subnet_group(CacheSubnetGroupName="data")
