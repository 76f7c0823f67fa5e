"""RDS as of moto 5.2.5."""

from collections.abc import Iterable
from typing import Any

from moto.core.responses import ActionResult
from moto.kms.exceptions import NotFoundException
from moto.moto_api._internal import mock_random
from moto.rds import models
from moto.rds.exceptions import InvalidParameterCombination
from moto.rds.models import (
    DBCluster,
    DBInstance,
    DBInstanceClustered,
    DBParameterGroup,
    MasterUserSecret,
    RDSBackend,
)
from moto.rds.responses import RDSResponse

from opsplane_local.moto_gaps.patch import Patch


def parameter_source(patch: Patch) -> None:
    """Say that a changed parameter comes from its user: moto keeps silent, and the provider sees nothing."""
    update_without_source = DBParameterGroup.update_parameters

    def update_parameters(self: DBParameterGroup, new_parameters: Iterable[dict[str, Any]]) -> None:
        update_without_source(self, [{**parameter, "Source": "user"} for parameter in new_parameters])

    patch.attribute(DBParameterGroup, "update_parameters", update_parameters)


def secret_key_elsewhere(patch: Patch) -> None:
    """Name the key of a managed master secret even when KMS lives in the other emulator: moto fails on it."""
    look_up: Any = MasterUserSecret.kms_key_id

    def kms_key_id(self: MasterUserSecret) -> str:
        try:
            found: str = look_up.fget(self)
        except (KeyError, NotFoundException):
            return str(self.secret.kms_key_id)
        return found

    patch.attribute(MasterUserSecret, "kms_key_id", property(kms_key_id))


def own_resource_id(patch: Patch) -> None:
    """Give each instance a resource id of its own: moto gives all the same, and the provider then finds none."""
    start_with_shared_id = DBInstance.__init__

    def start_with_own_id(self: DBInstance, *args: Any, **kwargs: Any) -> None:
        start_with_shared_id(self, *args, **kwargs)
        self.dbi_resource_id = f"db-{mock_random.get_random_string(length=26).upper()}"

    patch.attribute(DBInstance, "__init__", start_with_own_id)


def lifecycle_support(patch: Patch) -> None:
    """Keep an instance's answer to extended support: moto drops it, and the provider then plans it for ever."""
    create_without = RDSResponse.create_db_instance

    def create_db_instance(self: RDSResponse) -> ActionResult:
        answer = create_without(self)
        wish = self.params.get("EngineLifecycleSupport")
        match answer.result:
            case {"DBInstance": instance} if wish:
                vars(instance)["engine_lifecycle_support"] = wish
        return answer

    patch.attribute(RDSResponse, "create_db_instance", create_db_instance)


def performance_insights(patch: Patch) -> None:
    """Keep what an instance was told of Performance Insights: moto drops it, and the provider plans it for ever."""
    start_without = DBInstance.__init__

    def start_with(self: DBInstance, *args: Any, **kwargs: Any) -> None:
        start_without(self, *args, **kwargs)
        vars(self).update({name: value for name, value in kwargs.items() if "_insights" in name})

    def enabled(self: DBInstance) -> bool:
        # A later change arrives under the name of the request, too: moto writes it onto the instance.
        return bool(vars(self).get("enable_performance_insights"))

    patch.attribute(DBInstance, "__init__", start_with)
    patch.attribute(DBInstance, "performance_insights_enabled", property(enabled))


def seeded_secret_name(patch: Patch) -> None:
    """Draw the name of a managed secret from moto's seeded numbers: moto's own differs after each replay."""
    patch.attribute(models, "uuid", mock_random)


def members_follow_their_cluster(patch: Patch) -> None:
    """Stop and start the members of a cluster with it: moto leaves them available."""
    stop_cluster_only, start_cluster_only = RDSBackend.stop_db_cluster, RDSBackend.start_db_cluster

    def stop_db_cluster(self: RDSBackend, cluster_identifier: str) -> DBCluster:
        answer = stop_cluster_only(self, cluster_identifier)
        for member in self.clusters[cluster_identifier].members:
            member.status = "stopped"
        return answer

    def start_db_cluster(self: RDSBackend, cluster_identifier: str) -> DBCluster:
        answer = start_cluster_only(self, cluster_identifier)
        for member in self.clusters[cluster_identifier].members:
            member.status = "available"
        return answer

    patch.attribute(RDSBackend, "stop_db_cluster", stop_db_cluster)
    patch.attribute(RDSBackend, "start_db_cluster", start_db_cluster)


def members_do_not_stop_alone(patch: Patch) -> None:
    """Refuse to stop or start a member of a cluster by itself: moto does it."""
    stop_any, start_any = RDSBackend.stop_db_instance, RDSBackend.start_db_instance

    def refuse_member(instance: DBInstance) -> None:
        if isinstance(instance, DBInstanceClustered):
            message = f"{instance.engine} DB instances are not eligible for stopping and starting."
            raise InvalidParameterCombination(message)

    def stop_db_instance(
        self: RDSBackend, db_instance_identifier: str, db_snapshot_identifier: str | None = None
    ) -> DBInstance:
        refuse_member(self.describe_db_instances(db_instance_identifier)[0])
        return stop_any(self, db_instance_identifier, db_snapshot_identifier)

    def start_db_instance(self: RDSBackend, db_instance_identifier: str) -> DBInstance:
        refuse_member(self.describe_db_instances(db_instance_identifier)[0])
        return start_any(self, db_instance_identifier)

    patch.attribute(RDSBackend, "stop_db_instance", stop_db_instance)
    patch.attribute(RDSBackend, "start_db_instance", start_db_instance)
