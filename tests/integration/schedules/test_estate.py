"""An environment against the real shapes of EC2, ECS, RDS, scaling, ElastiCache and CloudWatch."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cloud import ACCOUNT
from inprocess import LEDGER, Account
from moto.cloudwatch.models import cloudwatch_backends
from opsplane.adapters.aws.schedule_store import DynamoScheduleStore
from opsplane.schedules import book
from opsplane.schedules.book import Desk
from opsplane.schedules.estate import alarms, survey
from opsplane.schedules.reconcile import reconcile
from opsplane.schedules.schedule_file import Environment, understand
from opsplane.schedules.workload import Workload, WorkloadKind

TAGS = [{"Key": "Environment", "Value": "dev"}]
FILE = {
    "version": 1,
    "schedules": {"office": {"periods": [{"days": "mon-fri", "start": "08:00", "end": "20:00"}]}},
    "environments": {"dev": {"schedule": "office", "cache": "scale", "cache_node_type": "cache.t4g.micro"}},
}
TARGETS = f"arn:aws:elasticloadbalancing:us-east-1:{ACCOUNT}:targetgroup/web/0123456789abcdef"
THRESHOLD = {"ComparisonOperator": "GreaterThanThreshold", "EvaluationPeriods": 1, "Threshold": 80}
EVENING = datetime(2026, 11, 25, 1, tzinfo=UTC)


@pytest.fixture
def environment(aws: Account) -> Account:
    """One of everything, and more services than one answer holds."""
    image = machines(aws)
    group(aws, image)
    services(aws)
    databases(aws)
    aws.client("elasticache").create_replication_group(
        ReplicationGroupId="sessions",
        ReplicationGroupDescription="x",
        CacheNodeType="cache.t3.medium",
        Engine="redis",
        NumCacheClusters=1,
        Tags=TAGS,
    )
    watch(aws)
    return aws


def machines(aws: Account) -> str:
    """Two instances that run, one that was stopped before; their image."""
    ec2 = aws.client("ec2")
    image: str = next(each for each in ec2.describe_images()["Images"] if "Platform" not in each)["ImageId"]
    specification = [{"ResourceType": "instance", "Tags": TAGS}]
    run = ec2.run_instances(
        ImageId=image, MinCount=3, MaxCount=3, InstanceType="t3.micro", TagSpecifications=specification
    )
    ec2.stop_instances(InstanceIds=[run["Instances"][2]["InstanceId"]])
    return image


def group(aws: Account, image: str) -> None:
    """An Auto Scaling group of two, whose instances carry the environment's tag as well."""
    scaling = aws.client("autoscaling")
    scaling.create_launch_configuration(LaunchConfigurationName="batch", ImageId=image, InstanceType="t3.micro")
    tag = {"ResourceId": "batch", "ResourceType": "auto-scaling-group", "PropagateAtLaunch": True, **TAGS[0]}
    scaling.create_auto_scaling_group(
        AutoScalingGroupName="batch",
        LaunchConfigurationName="batch",
        MinSize=1,
        DesiredCapacity=2,
        MaxSize=4,
        AvailabilityZones=["us-east-1a"],
        Tags=[tag],
    )


def services(aws: Account) -> None:
    """Twelve services with as many tasks as their number says, one of them with bounds, and one of another team."""
    ecs = aws.client("ecs")
    ecs.create_cluster(clusterName="app")
    container = {"name": "web", "image": "web", "memory": 128, "portMappings": [{"containerPort": 80}]}
    ecs.register_task_definition(family="web", cpu="256", memory="512", containerDefinitions=[container])
    more = {"cluster": "app", "taskDefinition": "web", "launchType": "FARGATE"}
    balanced = {"loadBalancers": [{"targetGroupArn": TARGETS, "containerName": "web", "containerPort": 80}]}
    for number in range(12):
        tags = [{"key": "Environment", "value": "dev"}]
        behind = balanced if number == 3 else {}
        ecs.create_service(serviceName=f"web-{number}", desiredCount=number, tags=tags, **more, **behind)
        ecs.update_service(cluster="app", service=f"web-{number}", desiredCount=number)
    ecs.create_service(serviceName="untagged", desiredCount=1, **more)
    dimension = {"ServiceNamespace": "ecs", "ScalableDimension": "ecs:service:DesiredCount"}
    scaling = aws.client("application-autoscaling")
    scaling.register_scalable_target(ResourceId="service/app/web-3", MinCapacity=2, MaxCapacity=6, **dimension)


def databases(aws: Account) -> None:
    """A database, an Aurora cluster with two members, and a Multi-AZ cluster, which RDS does not stop."""
    rds = aws.client("rds")
    login = {"MasterUsername": "ada", "MasterUserPassword": "example-1", "Tags": TAGS}
    instance = {"DBInstanceClass": "db.t3.micro", "Engine": "postgres", "AllocatedStorage": 20}
    rds.create_db_instance(DBInstanceIdentifier="orders", **instance, **login)
    rds.create_db_cluster(DBClusterIdentifier="events", Engine="aurora-postgresql", **login)
    member = {"DBClusterIdentifier": "events", "Engine": "aurora-postgresql", "DBInstanceClass": "db.r6g.large"}
    for name in ("events-1", "events-2"):
        rds.create_db_instance(DBInstanceIdentifier=name, Tags=TAGS, **member)
    provisioned = {"DBClusterInstanceClass": "db.m6gd.large", "AllocatedStorage": 100, "StorageType": "io1"}
    rds.create_db_cluster(DBClusterIdentifier="three", Engine="postgres", Iops=1000, **provisioned, **login)


def watch(aws: Account) -> None:
    """Alarms on a database, a member, a target group, by metric math, by another alarm; and one that is muted."""
    alarm(aws, "orders-cpu", {"DBInstanceIdentifier": "orders"})
    alarm(aws, "orders-muted", {"DBInstanceIdentifier": "orders"}, enabled=False)
    alarm(aws, "writer-cpu", {"DBInstanceIdentifier": "events-1"})
    alarm(aws, "hosts", {"TargetGroup": "targetgroup/web/0123456789abcdef", "LoadBalancer": "app/web/1"})
    alarm(aws, "elsewhere", {"DBInstanceIdentifier": "payments"})
    dimensions = [{"Name": "ServiceName", "Value": "web-3"}, {"Name": "ClusterName", "Value": "app"}]
    metric = {"Namespace": "AWS/ECS", "MetricName": "CPUUtilization", "Dimensions": dimensions}
    stat = {"Metric": metric, "Period": 60, "Stat": "Average"}
    math = [{"Id": "m1", "MetricStat": stat, "ReturnData": False}, {"Id": "e1", "Expression": "m1*2"}]
    aws.client("cloudwatch").put_metric_alarm(AlarmName="ratio", Metrics=math, **THRESHOLD)
    alarm(aws, "anything", {"Unknown": "x"})
    # moto shows composite alarms, and has no call that makes one.
    cloudwatch_backends[ACCOUNT]["us-east-1"].alarms["anything"].rule = 'ALARM("orders-cpu") OR ALARM("writer-cpu")'


def alarm(aws: Account, name: str, dimensions: dict[str, str], *, enabled: bool = True) -> None:
    """An alarm on a metric."""
    aws.client("cloudwatch").put_metric_alarm(
        AlarmName=name,
        Namespace="AWS/Any",
        MetricName="CPUUtilization",
        Dimensions=[{"Name": key, "Value": value} for key, value in dimensions.items()],
        Statistic="Average",
        Period=60,
        ActionsEnabled=enabled,
        **THRESHOLD,
    )


def picture(aws: Account) -> dict[str, Any]:
    """Everything that sleep changes, as boto3 shows it."""
    ecs, rds, ec2 = aws.client("ecs"), aws.client("rds"), aws.client("ec2")
    names = [f"web-{number}" for number in range(12)]
    found = [each for some in (names[:6], names[6:]) for each in _services(ecs, [*some, "untagged"])]
    single = [{"Name": "tag:Environment", "Values": ["dev"]}]
    instances = [each for some in ec2.describe_instances(Filters=single)["Reservations"] for each in some["Instances"]]
    [batch] = aws.client("autoscaling").describe_auto_scaling_groups()["AutoScalingGroups"]
    targets = aws.client("application-autoscaling").describe_scalable_targets(ServiceNamespace="ecs")
    shown = aws.client("cloudwatch").describe_alarms(AlarmTypes=["MetricAlarm", "CompositeAlarm"])
    caches = aws.client("elasticache").describe_replication_groups()["ReplicationGroups"]
    return {
        "services": {each["serviceName"]: each["desiredCount"] for each in found},
        "bounds": [(each["MinCapacity"], each["MaxCapacity"]) for each in targets["ScalableTargets"]],
        "instances": {each["InstanceId"]: each["State"]["Name"] for each in instances if not _in_group(each)},
        "group": [batch["MinSize"], batch["DesiredCapacity"], batch["MaxSize"], len(batch["Instances"])],
        "databases": {each["DBInstanceIdentifier"]: each["DBInstanceStatus"] for each in _databases(rds)},
        "clusters": {each["DBClusterIdentifier"]: each["Status"] for each in rds.describe_db_clusters()["DBClusters"]},
        "alarms": {
            each["AlarmName"]: each["ActionsEnabled"] for each in shown["MetricAlarms"] + shown["CompositeAlarms"]
        },
        "caches": [each["CacheNodeType"] for each in caches],
    }


def _services(ecs: Any, names: list[str]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = ecs.describe_services(cluster="app", services=names)["services"]
    return found


def _databases(rds: Any) -> list[dict[str, Any]]:
    """Those that are no members: moto leaves these as they are when their cluster stops."""
    every: list[dict[str, Any]] = rds.describe_db_instances()["DBInstances"]
    return [each for each in every if not each.get("DBClusterIdentifier")]


def _in_group(instance: dict[str, Any]) -> bool:
    return any(tag["Key"] == "aws:autoscaling:groupName" for tag in instance["Tags"])


def test_an_environment_is_surveyed_page_by_page(environment: Account) -> None:
    """With sizes, bounds and prices; and what belongs to others is left out."""
    by_key = {each.key: each for each in surveyed(environment)}

    assert [each.kind for each in by_key.values()].count(WorkloadKind.SERVICE) == 12
    assert by_key["ecs:app/web-3"].size == {"desired": 3, "min": 2, "max": 6}
    assert by_key["ecs:app/web-3"].hourly == pytest.approx(3 * 0.0123425)
    assert by_key["rds:orders"].hourly == pytest.approx(0.018)
    assert by_key["cache:sessions"].size == {"node_type": "cache.t3.medium", "small": "cache.t4g.micro"}


def test_what_lies_in_groups_and_clusters_is_no_workload_of_its_own(environment: Account) -> None:
    """Instances of a group are left to it; members of a cluster sleep with it."""
    found = surveyed(environment)
    by_key = {each.key: each for each in found}
    machines = [each for each in found if each.kind is WorkloadKind.INSTANCE]

    assert sorted(each.hindrance for each in machines) == [
        "",
        "",
        "",
        *["Auto Scaling group batch would replace it"] * 2,
    ]
    assert by_key["asg:batch"].size == {"min": 1, "desired": 2, "max": 4}
    assert by_key["asg:batch"].hourly == pytest.approx(2 * 0.0104)
    assert by_key["aurora:events"].hourly == pytest.approx(2 * 0.26)
    assert [each.id for each in found if each.kind is WorkloadKind.DATABASE] == ["orders"]
    assert by_key["aurora:three"].hindrance == "it is a Multi-AZ DB cluster, which RDS does not stop"


def test_alarms_are_found_by_all_that_they_name(environment: Account) -> None:
    """A database, a member of a cluster, a target group, a part of metric math, another alarm."""
    found = alarms.read(environment.ports().api, surveyed(environment))

    assert {each.id: each.watches for each in found} == {
        "orders-cpu": {"rds:orders"},
        "orders-muted": {"rds:orders"},
        "writer-cpu": {"aurora:events"},
        "hosts": {"ecs:app/web-3"},
        "ratio": {"ecs:app/web-3"},
        "anything": {"rds:orders", "aurora:events"},
    }


def surveyed(aws: Account) -> tuple[Workload, ...]:
    """The environment as the scheduler sees it."""
    scaled = Environment(schedule="office", cache="scale", cache_node_type="cache.t4g.micro")
    return survey(aws.ports().api, "dev", scaled, "Schedule", "opsplane:protected")


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

    assert {name for name, count in asleep["services"].items() if count} == {"untagged"}
    assert (asleep["bounds"], asleep["group"]) == ([(0, 0)], [0, 0, 0, 0])
    assert set(asleep["instances"].values()) == {"stopped"}
    assert (asleep["databases"], asleep["clusters"]) == (
        {"orders": "stopped"},
        {"events": "stopped", "three": "available"},
    )
    assert {name for name, enabled in asleep["alarms"].items() if enabled} == {"elsewhere"}
    assert asleep["caches"] == ["cache.t4g.micro"]
    assert picture(environment) == before
    assert sorted(before["instances"].values()) == ["running", "running", "stopped"]
    assert desk.store.sleeps("dev") == ()


def test_what_is_on_record_afterwards_is_each_that_slept(environment: Account) -> None:
    """With its size and price; what was down before, or cannot be stopped, is not among them."""
    at = [EVENING]
    desk = Desk(replace(environment.ports(), now=lambda: at[0], function="scheduler"), DynamoScheduleStore(LEDGER))
    book.push(understand(FILE, "test"), "", "ada", "test", desk)
    for hours in (0, 12.1):
        at[0] = EVENING + timedelta(hours=hours)
        for _ in range(8):
            reconcile("dev", desk)
            at[0] += timedelta(minutes=5)

    ended = {each.key: each for each in desk.store.ended("dev", EVENING)}
    kinds = Counter(key.partition(":")[0] for key in ended)

    assert kinds == {"ecs": 11, "ec2": 2, "asg": 1, "rds": 1, "aurora": 1, "cache": 1, "alarm": 5}
    assert "ecs:app/web-0" not in ended
    assert ended["asg:batch"].saved == {"min": 1, "desired": 2, "max": 4}
    assert ended["aurora:events"].hourly == pytest.approx(0.52)
    assert all(each.reached_at and each.ended_at for each in ended.values())
