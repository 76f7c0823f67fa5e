"""A small AWS in memory with an environment that can sleep, with the states and refusals that AWS has."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from opsplane.errors import PermanentError, ResourceNotFound
from opsplane.playbooks.plan import Call

type Thing = dict[str, Any]

_CLUSTER = "arn:aws:ecs:us-east-1:000000000000:cluster/app"


@dataclass
class SleepingCloud:
    """Implements `opsplane.playbooks.plan.Api`, as far as the scheduler asks.

    `slow` workloads stay on their way until `settle`; `before` hears every call first, so that a test can raise;
    `calls` are those that took effect, `asked` the reading ones.
    """

    instances: dict[str, Thing] = field(default_factory=dict)
    groups: dict[str, Thing] = field(default_factory=dict)
    services: dict[str, Thing] = field(default_factory=dict)
    bounds: dict[str, Thing] = field(default_factory=dict)
    databases: dict[str, Thing] = field(default_factory=dict)
    clusters: dict[str, Thing] = field(default_factory=dict)
    caches: dict[str, Thing] = field(default_factory=dict)
    alarms: dict[str, Thing] = field(default_factory=dict)
    slow: bool = False
    before: Callable[[Call], None] | None = None
    calls: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    fault: Exception | None = None

    def settle(self) -> None:
        """What is on its way arrives."""
        for each in self.instances.values():
            arrive = {"stopping": "stopped", "pending": "running"}
            each["State"] = {"Name": arrive.get(each["State"]["Name"], each["State"]["Name"])}
        for each in self.services.values():
            each["runningCount"] = each["desiredCount"]
        for each in self.databases.values():
            arrive = {"stopping": "stopped", "starting": "available"}
            each["DBInstanceStatus"] = arrive.get(each["DBInstanceStatus"], each["DBInstanceStatus"])
        for each in self.clusters.values():
            each["Status"] = {"stopping": "stopped", "starting": "available"}.get(each["Status"], each["Status"])
        for each in self.groups.values():
            machine = {"InstanceType": "t3.micro", "LifecycleState": "InService"}
            each["Instances"] = [machine] * each["DesiredCapacity"]

    def picture(self) -> dict[str, Any]:
        """Everything that sleep changes and waking has to put back."""
        return {
            "instances": {name: each["State"]["Name"] for name, each in self.instances.items()},
            "groups": {
                name: (each["MinSize"], each["DesiredCapacity"], each["MaxSize"]) for name, each in self.groups.items()
            },
            "services": {name: each["desiredCount"] for name, each in self.services.items()},
            "bounds": {name: (each["MinCapacity"], each["MaxCapacity"]) for name, each in self.bounds.items()},
            "databases": {name: each["DBInstanceStatus"] for name, each in self.databases.items()},
            "clusters": {name: each["Status"] for name, each in self.clusters.items()},
            "caches": {name: each["CacheNodeType"] for name, each in self.caches.items()},
            "alarms": {name: each["ActionsEnabled"] for name, each in self.alarms.items()},
        }

    def read(self, service: str, operation: str, **parameters: Any) -> dict[str, Any]:
        """Make one reading call."""
        self.asked.append(operation)
        if self.fault:
            raise self.fault
        answer: dict[str, Any] = getattr(self, f"_{operation}")(parameters, service)
        return answer

    def call(self, call: Call) -> dict[str, Any]:
        """Make one changing call."""
        if self.before:
            self.before(call)
        getattr(self, f"_{call.operation}")(dict(call.parameters))
        self.calls.append(call.operation)
        if not self.slow:
            self.settle()
        return {}

    # --- what is there ---

    def _describe_instances(self, asked: Thing, _: str) -> Thing:
        [tag, states] = asked["Filters"]
        found = [
            each
            for each in self.instances.values()
            if {"Key": "Environment", "Value": tag["Values"][0]} in each["Tags"]
            and each["State"]["Name"] in states["Values"]
        ]
        return {"Reservations": [{"Instances": [each]} for each in found]}

    def _describe_auto_scaling_groups(self, asked: Thing, _: str) -> Thing:
        tag = {"Key": "Environment", "Value": asked["Filters"][0]["Values"][0]}
        return {"AutoScalingGroups": [each for each in self.groups.values() if tag in each["Tags"]]}

    def _list_clusters(self, _: Thing, __: str) -> Thing:
        return {"clusterArns": [_CLUSTER] if self.services else []}

    def _list_services(self, _: Thing, __: str) -> Thing:
        return {"serviceArns": list(self.services)}

    def _describe_services(self, asked: Thing, _: str) -> Thing:
        assert len(asked["services"]) <= 10
        return {"services": [self.services[name] for name in asked["services"]]}

    def _describe_task_definition(self, _: Thing, __: str) -> Thing:
        return {"taskDefinition": {"cpu": "256", "memory": "512"}}

    def _describe_scalable_targets(self, _: Thing, __: str) -> Thing:
        return {"ScalableTargets": list(self.bounds.values())}

    def _describe_db_instances(self, _: Thing, __: str) -> Thing:
        return {"DBInstances": list(self.databases.values())}

    def _describe_db_clusters(self, _: Thing, __: str) -> Thing:
        return {"DBClusters": list(self.clusters.values())}

    def _describe_replication_groups(self, _: Thing, __: str) -> Thing:
        return {"ReplicationGroups": list(self.caches.values())}

    def _list_tags_for_resource(self, asked: Thing, _: str) -> Thing:
        return {"TagList": next(each["Tags"] for each in self.caches.values() if each["ARN"] == asked["ResourceName"])}

    def _describe_alarms(self, _: Thing, __: str) -> Thing:
        composite = [each for each in self.alarms.values() if "AlarmRule" in each]
        return {
            "MetricAlarms": [each for each in self.alarms.values() if each not in composite],
            "CompositeAlarms": composite,
        }

    # --- what changes it ---

    def _stop_instances(self, asked: Thing) -> None:
        for each in self._each_instance(asked):
            each["State"] = {"Name": "stopping"}

    def _start_instances(self, asked: Thing) -> None:
        for each in self._each_instance(asked):
            each["State"] = {"Name": "pending"}

    def _each_instance(self, asked: Thing) -> list[Thing]:
        if missing := [name for name in asked["InstanceIds"] if name not in self.instances]:
            message = f"InvalidInstanceID.NotFound: {missing[0]}"
            raise ResourceNotFound(message)
        return [self.instances[name] for name in asked["InstanceIds"]]

    def _update_auto_scaling_group(self, asked: Thing) -> None:
        self.groups[asked.pop("AutoScalingGroupName")].update(asked)

    def _update_service(self, asked: Thing) -> None:
        service = self.services.get(asked["service"])
        if service is None:
            message = "ServiceNotFoundException"
            raise ResourceNotFound(message)
        low = self.bounds.get(f"service/app/{asked['service']}", {}).get("MinCapacity", 0)
        # Application Auto Scaling brings a service back to its minimum.
        service["desiredCount"] = max(asked["desiredCount"], low)

    def _register_scalable_target(self, asked: Thing) -> None:
        self.bounds[asked["ResourceId"]].update(MinCapacity=asked["MinCapacity"], MaxCapacity=asked["MaxCapacity"])

    def _stop_db_instance(self, asked: Thing) -> None:
        self._database(asked, "available")["DBInstanceStatus"] = "stopping"

    def _start_db_instance(self, asked: Thing) -> None:
        self._database(asked, "stopped")["DBInstanceStatus"] = "starting"

    def _database(self, asked: Thing, state: str) -> Thing:
        found = self.databases.get(asked["DBInstanceIdentifier"])
        if found is None:
            message = "DBInstanceNotFound"
            raise ResourceNotFound(message)
        if found["DBInstanceStatus"] != state:
            message = f"InvalidDBInstanceState: it is {found['DBInstanceStatus']}"
            raise PermanentError(message)
        return found

    def _stop_db_cluster(self, asked: Thing) -> None:
        self.clusters[asked["DBClusterIdentifier"]]["Status"] = "stopping"

    def _start_db_cluster(self, asked: Thing) -> None:
        self.clusters[asked["DBClusterIdentifier"]]["Status"] = "starting"

    def _modify_replication_group(self, asked: Thing) -> None:
        self.caches[asked["ReplicationGroupId"]]["CacheNodeType"] = asked["CacheNodeType"]

    def _disable_alarm_actions(self, asked: Thing) -> None:
        for name in asked["AlarmNames"]:
            self.alarms[name]["ActionsEnabled"] = False

    def _enable_alarm_actions(self, asked: Thing) -> None:
        for name in asked["AlarmNames"]:
            self.alarms[name]["ActionsEnabled"] = True

    # --- making things ---

    def add_instance(self, name: str, state: str = "running", environment: str = "dev", **tags: str) -> None:
        """Have an EC2 instance."""
        self.instances[name] = {
            "InstanceId": name,
            "InstanceType": "t3.micro",
            "State": {"Name": state},
            "Tags": _tags(environment, tags),
        }

    def add_group(self, name: str, low: int, desired: int, high: int, environment: str = "dev", **tags: str) -> None:
        """Have an Auto Scaling group."""
        self.groups[name] = {
            "AutoScalingGroupName": name,
            "MinSize": low,
            "DesiredCapacity": desired,
            "MaxSize": high,
            "Instances": [],
            "Tags": _tags(environment, tags),
        }
        self.settle()

    def add_service(
        self, name: str, count: int = 1, bounds: tuple[int, int] | None = None, environment: str = "dev", **tags: str
    ) -> None:
        """Have a Fargate service in the cluster `app`, with scaling bounds or without."""
        self.services[name] = {
            "serviceName": name,
            "desiredCount": count,
            "runningCount": count,
            "status": "ACTIVE",
            "launchType": "FARGATE",
            "taskDefinition": name,
            "loadBalancers": [{"targetGroupArn": f"arn:aws:elasticloadbalancing:us-east-1:0:targetgroup/{name}/1"}],
            "tags": [{"key": tag["Key"], "value": tag["Value"]} for tag in _tags(environment, tags)],
        }
        if bounds:
            resource = f"service/app/{name}"
            self.bounds[resource] = {"ResourceId": resource, "MinCapacity": bounds[0], "MaxCapacity": bounds[1]}

    def add_database(self, name: str, state: str = "available", environment: str = "dev", **more: Any) -> None:
        """Have an RDS instance."""
        tags = _tags(environment, more.pop("tags", {}))
        self.databases[name] = {
            "DBInstanceIdentifier": name,
            "DBInstanceClass": "db.t3.micro",
            "Engine": "postgres",
            "DBInstanceStatus": state,
            "TagList": tags,
            **more,
        }

    def add_cluster(self, name: str, environment: str = "dev", **more: Any) -> None:
        """Have an Aurora cluster."""
        self.clusters[name] = {
            "DBClusterIdentifier": name,
            "Status": "available",
            "TagList": _tags(environment, {}),
            **more,
        }

    def add_cache(self, name: str, node: str = "cache.t3.medium", environment: str = "dev") -> None:
        """Have a replication group of one node."""
        self.caches[name] = {
            "ReplicationGroupId": name,
            "ARN": f"arn:aws:elasticache:us-east-1:0:replicationgroup:{name}",
            "CacheNodeType": node,
            "Status": "available",
            "MemberClusters": [f"{name}-001"],
            "Tags": _tags(environment, {}),
        }

    def add_alarm(self, name: str, enabled: bool = True, rule: str = "", **dimensions: str) -> None:  # noqa: FBT001, FBT002
        """Have an alarm on a metric with dimensions, or a composite one with a rule."""
        watched = (
            {"AlarmRule": rule} if rule else {"Dimensions": [{"Name": k, "Value": v} for k, v in dimensions.items()]}
        )
        self.alarms[name] = {"AlarmName": name, "ActionsEnabled": enabled, **watched}


def _tags(environment: str, tags: dict[str, str]) -> list[dict[str, str]]:
    return [{"Key": key, "Value": value} for key, value in {"Environment": environment, **tags}.items()]


def whole() -> SleepingCloud:
    """An environment with one of everything, two of some."""
    cloud = SleepingCloud()
    cloud.add_service("web", 3, (2, 6))
    cloud.add_service("worker", 1)
    cloud.add_group("batch", 1, 2, 4)
    cloud.add_instance("i-1")
    cloud.add_instance("i-2", "stopped")
    cloud.add_database("orders")
    cloud.add_cluster("events")
    cloud.add_alarm("web-cpu", ServiceName="web", ClusterName="app")
    cloud.add_alarm("web-hosts", TargetGroup="targetgroup/web/1", LoadBalancer="app/web/1")
    cloud.add_alarm("orders-cpu", DBInstanceIdentifier="orders")
    cloud.add_alarm("muted", enabled=False, DBInstanceIdentifier="orders")
    cloud.add_alarm("elsewhere", DBInstanceIdentifier="other")
    cloud.add_alarm("everything", rule='ALARM("web-cpu") OR ALARM("orders-cpu")')
    return cloud
