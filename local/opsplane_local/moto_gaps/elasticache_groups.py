"""Parameter and subnet groups of ElastiCache as of moto 5.2.5."""

from dataclasses import dataclass, field

from moto.core.responses import ActionResult, EmptyResult
from moto.elasticache.exceptions import CacheSubnetGroupNotFound, ElastiCacheException
from moto.elasticache.models import ElastiCacheBackend
from moto.elasticache.responses import ElastiCacheResponse

from opsplane_local.moto_gaps.patch import Patch


class CacheParameterGroupNotFound(ElastiCacheException):
    """No parameter group has this name."""

    code = "CacheParameterGroupNotFound"


class CacheParameterGroupAlreadyExists(ElastiCacheException):
    """A parameter group has this name already."""

    code = "CacheParameterGroupAlreadyExists"


@dataclass
class ParameterGroup:
    """A parameter group and the parameters that its user changed."""

    name: str
    family: str
    description: str
    arn: str
    values: dict[str, str] = field(default_factory=dict)

    def shown(self) -> dict[str, object]:
        """Return the group as the API shows it."""
        return {
            "CacheParameterGroupName": self.name,
            "CacheParameterGroupFamily": self.family,
            "Description": self.description,
            "ARN": self.arn,
            "IsGlobal": False,
        }


def parameter_groups(patch: Patch) -> None:
    """Create, change, show and delete cache parameter groups: moto has none of these calls."""
    list_known_tags = ElastiCacheBackend.list_tags_for_resource

    def list_tags_for_resource(self: ElastiCacheBackend, arn: str) -> dict[str, list[dict[str, str]]]:
        if ":parametergroup:" in arn:
            return self.tagging_service.list_tags_for_resource(arn)
        return list_known_tags(self, arn)

    patch.attribute(ElastiCacheBackend, "list_tags_for_resource", list_tags_for_resource)
    for method in (
        create_cache_parameter_group,
        describe_cache_parameter_groups,
        describe_cache_parameters,
        modify_cache_parameter_group,
        reset_cache_parameter_group,
        delete_cache_parameter_group,
    ):
        patch.attribute(ElastiCacheResponse, method.__name__, method)


def subnet_group_deletion(patch: Patch) -> None:
    """Delete cache subnet groups: moto has no such call, and the group then keeps its subnets and VPC alive."""

    def delete_cache_subnet_group(self: ElastiCacheResponse) -> EmptyResult:
        name = self._get_param("CacheSubnetGroupName")
        if self.elasticache_backend.cache_subnet_groups.pop(name, None) is None:
            raise CacheSubnetGroupNotFound(name)
        return EmptyResult()

    patch.attribute(ElastiCacheResponse, "delete_cache_subnet_group", delete_cache_subnet_group)


def create_cache_parameter_group(self: ElastiCacheResponse) -> ActionResult:
    """Make a group whose parameters are all at their defaults."""
    backend = self.elasticache_backend
    name = self._get_param("CacheParameterGroupName").lower()
    if name in _held(backend):
        message = f"Cache parameter group {name} already exists."
        raise CacheParameterGroupAlreadyExists(message)
    group = ParameterGroup(
        name=name,
        family=self._get_param("CacheParameterGroupFamily"),
        description=self._get_param("Description"),
        arn=f"arn:aws:elasticache:{backend.region_name}:{backend.account_id}:parametergroup:{name}",
    )
    _held(backend)[name] = group
    backend.tagging_service.tag_resource(group.arn, self._get_param("Tags", []))
    return ActionResult({"CacheParameterGroup": group.shown()})


def describe_cache_parameter_groups(self: ElastiCacheResponse) -> ActionResult:
    """Show one group, or all."""
    name = self._get_param("CacheParameterGroupName")
    groups = (
        [_find(self.elasticache_backend, self._get_param("CacheParameterGroupName"))]
        if name
        else list(_held(self.elasticache_backend).values())
    )
    return ActionResult({"CacheParameterGroups": [group.shown() for group in groups]})


def describe_cache_parameters(self: ElastiCacheResponse) -> ActionResult:
    """Show the parameters that the user changed; defaults are not kept here."""
    changed = [
        {"ParameterName": name, "ParameterValue": value, "Source": "user", "IsModifiable": True}
        for name, value in _find(self.elasticache_backend, self._get_param("CacheParameterGroupName")).values.items()
    ]
    return ActionResult({"Parameters": changed})


def modify_cache_parameter_group(self: ElastiCacheResponse) -> ActionResult:
    """Set some parameters."""
    group = _find(self.elasticache_backend, self._get_param("CacheParameterGroupName"))
    for parameter in self._get_param("ParameterNameValues", []):
        group.values[parameter["ParameterName"]] = parameter["ParameterValue"]
    return ActionResult({"CacheParameterGroupName": group.name})


def reset_cache_parameter_group(self: ElastiCacheResponse) -> ActionResult:
    """Put some parameters, or all, back to their defaults."""
    group = _find(self.elasticache_backend, self._get_param("CacheParameterGroupName"))
    named = [p["ParameterName"] for p in self._get_param("ParameterNameValues", [])]
    for name in list(group.values) if self._get_bool_param("ResetAllParameters") else named:
        group.values.pop(name, None)
    return ActionResult({"CacheParameterGroupName": group.name})


def delete_cache_parameter_group(self: ElastiCacheResponse) -> EmptyResult:
    """Delete a group."""
    del _held(self.elasticache_backend)[
        _find(self.elasticache_backend, self._get_param("CacheParameterGroupName")).name
    ]
    return EmptyResult()


def _find(backend: ElastiCacheBackend, asked: str) -> ParameterGroup:
    """Return the group that a request asks for.

    Raises:
        CacheParameterGroupNotFound: there is none of that name.
    """
    name = asked.lower()
    held = _held(backend)
    if name not in held:
        message = f"CacheParameterGroup {name} not found."
        raise CacheParameterGroupNotFound(message)
    return held[name]


def _held(backend: ElastiCacheBackend) -> dict[str, ParameterGroup]:
    """Return the backend's groups by name; a reset of the backend forgets them."""
    groups: dict[str, ParameterGroup] = vars(backend).setdefault("cache_parameter_groups", {})
    return groups
