"""An environment against the real shapes of EC2, ECS, RDS, scaling, ElastiCache and CloudWatch."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from inprocess import LEDGER, Account
from opsplane.adapters.aws.schedule_store import DynamoScheduleStore
from opsplane.schedules import book
from opsplane.schedules.book import Desk
from opsplane.schedules.estate import alarms, survey
from opsplane.schedules.reconcile import reconcile
from opsplane.schedules.schedule_file import Environment, understand
from opsplane.schedules.workload import WorkloadKind

TAGS = [{"Key": "Environment", "Value": "dev"}]
FILE = {
    "version": 1,
    "schedules": {"office": {"periods": [{"days": "mon-fri", "start": "08:00", "end": "20:00"}]}},
    "environments": {"dev": {"schedule": "office", "cache": "scale", "cache_node_type": "cache.t4g.micro"}},
}
EVENING = datetime(2026, 11, 25, 1, tzinfo=UTC)


@pytest.fixture
def environment(aws: Account) -> Account:
    """One of everything, and more services than one answer holds."""
    ec2, ecs, rds = (aws.client(name) for name in ("ec2", "ecs", "rds"))
    image = ec2.describe_images()["Images"][0]["ImageId"]
    specification = [{"ResourceType": "instance", "Tags": TAGS}]
    ec2.run_instances(ImageId=image, MinCount=2, MaxCount=2, InstanceType="t3.micro", TagSpecifications=specification)
    ecs.create_cluster(clusterName="app")
    container = {"name": "web", "image": "web", "memory": 128}
    ecs.register_task_definition(family="web", cpu="256", memory="512", containerDefinitions=[container])
    for number in range(12):
        more = {"cluster": "app", "taskDefinition": "web", "launchType": "FARGATE"}
        tags = [{"key": "Environment", "value": "dev"}]
        ecs.create_service(serviceName=f"web-{number}", desiredCount=number, tags=tags, **more)
        ecs.update_service(cluster="app", service=f"web-{number}", desiredCount=number)
    dimension = {"ServiceNamespace": "ecs", "ScalableDimension": "ecs:service:DesiredCount"}
    scaling = aws.client("application-autoscaling")
    scaling.register_scalable_target(ResourceId="service/app/web-3", MinCapacity=2, MaxCapacity=6, **dimension)
    login = {"MasterUsername": "ada", "MasterUserPassword": "example-1", "Tags": TAGS}
    instance = {"DBInstanceClass": "db.t3.micro", "Engine": "postgres", "AllocatedStorage": 20}
    rds.create_db_instance(DBInstanceIdentifier="orders", **instance, **login)
    rds.create_db_cluster(DBClusterIdentifier="events", Engine="aurora-postgresql", **login)
    aws.client("elasticache").create_replication_group(
        ReplicationGroupId="sessions",
        ReplicationGroupDescription="x",
        CacheNodeType="cache.t3.medium",
        Engine="redis",
        NumCacheClusters=1,
        Tags=TAGS,
    )
    aws.client("cloudwatch").put_metric_alarm(
        AlarmName="orders-cpu",
        Namespace="AWS/RDS",
        MetricName="CPUUtilization",
        Dimensions=[{"Name": "DBInstanceIdentifier", "Value": "orders"}],
        ComparisonOperator="GreaterThanThreshold",
        Statistic="Average",
        Period=60,
        EvaluationPeriods=1,
        Threshold=80,
    )
    return aws


def picture(aws: Account) -> dict[str, Any]:
    """Everything that sleep changes, as boto3 shows it."""
    names = [f"web-{number}" for number in range(12)]
    ecs = aws.client("ecs")
    services = [each for some in (names[:6], names[6:]) for each in _services(ecs, some)]
    reservations = aws.client("ec2").describe_instances()["Reservations"]
    targets = aws.client("application-autoscaling").describe_scalable_targets(ServiceNamespace="ecs")
    return {
        "services": {each["serviceName"]: each["desiredCount"] for each in services},
        "bounds": [(each["MinCapacity"], each["MaxCapacity"]) for each in targets["ScalableTargets"]],
        "instances": [each["State"]["Name"] for some in reservations for each in some["Instances"]],
        "databases": [each["DBInstanceStatus"] for each in aws.client("rds").describe_db_instances()["DBInstances"]],
        "clusters": [each["Status"] for each in aws.client("rds").describe_db_clusters()["DBClusters"]],
        "alarms": [each["ActionsEnabled"] for each in aws.client("cloudwatch").describe_alarms()["MetricAlarms"]],
        "caches": [
            each["CacheNodeType"]
            for each in aws.client("elasticache").describe_replication_groups()["ReplicationGroups"]
        ],
    }


def _services(ecs: Any, names: list[str]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = ecs.describe_services(cluster="app", services=names)["services"]
    return found


def test_an_environment_is_surveyed_page_by_page(environment: Account) -> None:
    """With sizes, bounds and prices; and what belongs to others is left out."""
    scaled = Environment(schedule="office", cache="scale", cache_node_type="cache.t4g.micro")
    found = survey(environment.ports().api, "dev", scaled, "Schedule", "opsplane:protected")
    by_key = {each.key: each for each in found}

    assert [each.kind for each in found].count(WorkloadKind.SERVICE) == 12
    assert by_key["ecs:app/web-3"].size == {"desired": 3, "min": 2, "max": 6}
    assert by_key["ecs:app/web-3"].hourly == pytest.approx(3 * 0.0123425)
    assert by_key["rds:orders"].hourly == pytest.approx(0.018)
    assert by_key["cache:sessions"].size == {"node_type": "cache.t3.medium", "small": "cache.t4g.micro"}
    assert "aurora:events" in by_key
    assert [each.watches for each in alarms.read(environment.ports().api, found)] == [frozenset({"rds:orders"})]


def test_an_environment_sleeps_and_wakes_as_it_was(environment: Account) -> None:
    """Through the real adapters, with the records in DynamoDB."""
    at = [EVENING]
    ports = replace(environment.ports(), now=lambda: at[0], function="scheduler")
    desk = Desk(ports, DynamoScheduleStore(LEDGER))
    book.push(understand(FILE, "test"), "", "ada", "test", desk)
    before = picture(environment)

    for _ in range(6):
        reconcile("dev", desk)
        at[0] += timedelta(minutes=5)
    asleep = picture(environment)
    at[0] = EVENING + timedelta(hours=12, minutes=1)
    for _ in range(8):
        reconcile("dev", desk)
        at[0] += timedelta(minutes=5)

    assert set(asleep["services"].values()) == {0}
    assert (asleep["bounds"], asleep["instances"]) == ([(0, 0)], ["stopped", "stopped"])
    assert (asleep["databases"], asleep["clusters"]) == (["stopped"], ["stopped"])
    assert (asleep["alarms"], asleep["caches"]) == ([False], ["cache.t4g.micro"])
    assert picture(environment) == before
    assert desk.store.sleeps("dev") == ()
    assert len(desk.store.ended("dev", EVENING)) == 17
