"""An environment on the local platform goes to sleep and wakes, and is what it was: seen through boto3."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from laptop import LocalPlatform, eventually

pytestmark = pytest.mark.e2e

NAME = "nap"
TAGS = [{"Key": "Environment", "Value": NAME}]
FILE = """
version: 1
schedules: { always-on: { always: running } }
environments:
  dev: { schedule: always-on }
  prod: { schedule: always-on }
  nap: { schedule: always-on }
"""


class Estate:
    """One service with scaling bounds, one without, a database, a group, an instance, and alarms."""

    def __init__(self, platform: LocalPlatform) -> None:
        """Make it."""
        self._client = platform.client
        ecs, scaling = self._client("ecs"), self._client("application-autoscaling")
        ecs.create_cluster(clusterName=NAME)
        container = {"name": "web", "image": "web", "memory": 128}
        ecs.register_task_definition(family=NAME, cpu="256", memory="512", containerDefinitions=[container])
        tags = [{"key": "Environment", "value": NAME}]
        for service, count in (("web", 3), ("worker", 1)):
            more = {"cluster": NAME, "taskDefinition": NAME, "launchType": "FARGATE", "tags": tags}
            ecs.create_service(serviceName=service, desiredCount=count, **more)
        dimension = {"ServiceNamespace": "ecs", "ScalableDimension": "ecs:service:DesiredCount"}
        scaling.register_scalable_target(ResourceId=f"service/{NAME}/web", MinCapacity=2, MaxCapacity=6, **dimension)
        self._client("rds").create_db_instance(
            DBInstanceIdentifier=NAME,
            DBInstanceClass="db.t3.micro",
            Engine="postgres",
            AllocatedStorage=20,
            MasterUsername="ada",
            MasterUserPassword="not-a-secret-1",
            Tags=TAGS,
        )
        alarms = self._client("cloudwatch")
        for name, enabled in (("nap-cpu", True), ("nap-muted", False)):
            alarms.put_metric_alarm(
                AlarmName=name,
                Namespace="AWS/RDS",
                MetricName="CPUUtilization",
                Dimensions=[{"Name": "DBInstanceIdentifier", "Value": NAME}],
                ComparisonOperator="GreaterThanThreshold",
                Statistic="Average",
                Period=60,
                EvaluationPeriods=1,
                Threshold=80,
                ActionsEnabled=enabled,
            )

    def picture(self) -> dict[str, Any]:
        """Everything that sleep changes, as AWS shows it."""
        services = self._client("ecs").describe_services(cluster=NAME, services=["web", "worker"])["services"]
        targets = self._client("application-autoscaling").describe_scalable_targets(ServiceNamespace="ecs")
        [database] = self._client("rds").describe_db_instances(DBInstanceIdentifier=NAME)["DBInstances"]
        alarms = self._client("cloudwatch").describe_alarms(AlarmNamePrefix="nap-")["MetricAlarms"]
        return {
            "services": {each["serviceName"]: (each["desiredCount"], each["runningCount"]) for each in services},
            "bounds": [
                (each["MinCapacity"], each["MaxCapacity"])
                for each in targets["ScalableTargets"]
                if each["ResourceId"] == f"service/{NAME}/web"
            ],
            "database": database["DBInstanceStatus"],
            "alarms": {each["AlarmName"]: each["ActionsEnabled"] for each in alarms},
        }


@pytest.fixture
def estate(platform: LocalPlatform, tmp_path: Path) -> Iterator[Estate]:
    """The estate of an environment of its own, which the schedules in force know while the test lasts."""
    file = tmp_path / "schedules.yaml"
    file.write_text(FILE)
    platform.json("schedule", "push", str(file), "--yes", "--reason", "a test")
    yield Estate(platform)
    without = tmp_path / "without.yaml"
    without.write_text(FILE.replace("  nap: { schedule: always-on }\n", ""))
    platform.json("schedule", "push", str(without), "--yes", "--reason", "the test is over")


def test_an_environment_sleeps_and_wakes_as_it_was(platform: LocalPlatform, estate: Estate) -> None:
    """Stopped by a command, woken by its end; deployed functions do it, driven by state events."""
    before = estate.picture()

    made = platform.json("env", "stop", NAME, "--hours", "1", "--reason", "a test")
    asleep = eventually(lambda: estate.picture() if estate.picture()["database"] == "stopped" else None, 90)
    platform.json("override", "cancel", made["id"])
    awake = eventually(lambda: estate.picture() == before, 90)

    assert before["services"] == {"web": (3, 3), "worker": (1, 1)}
    assert asleep == {
        "services": {"web": (0, 0), "worker": (0, 0)},
        "bounds": [(0, 0)],
        "database": "stopped",
        "alarms": {"nap-cpu": False, "nap-muted": False},
    }
    assert awake, json.dumps(estate.picture())
    saved = platform.json("savings", "--env", NAME)["environments"][0]
    assert {each["key"] for each in saved["workloads"]} == {"ecs:nap/web", "ecs:nap/worker", f"rds:{NAME}"}
