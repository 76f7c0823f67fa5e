"""The state events of EC2, RDS and ECS on the default bus of the embedded AWS."""

import json
import time
from typing import Any, Protocol

import pytest

pytestmark = pytest.mark.integration

PATIENCE_SECONDS = 10.0
QUIET_SECONDS = 3.0
KINDS = [
    "EC2 Instance State-change Notification",
    "ECS Service Action",
    "RDS DB Cluster Event",
    "RDS DB Instance Event",
]


class Aws(Protocol):
    """What the tests use of the embedded AWS."""

    def start(self) -> None:
        """Start all processes."""

    def stop(self) -> None:
        """Stop all processes cleanly."""

    def client(self, service: str) -> Any:
        """Return a client of the one endpoint."""


@pytest.fixture(scope="module")
def heard(embedded_aws: Aws) -> str:
    """Return the address of a queue that gets every state event of the default bus."""
    sqs, events = embedded_aws.client("sqs"), embedded_aws.client("events")
    url: str = sqs.create_queue(QueueName="heard")["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    events.put_rule(Name="heard", EventPattern=json.dumps({"detail-type": KINDS}))
    events.put_targets(Rule="heard", Targets=[{"Id": "queue", "Arn": arn}])
    return url


def receive(aws: Aws, queue: str, count: int, seconds: float = PATIENCE_SECONDS) -> list[dict[str, Any]]:
    """Return the next `count` events of the queue, or those that came within `seconds`."""
    sqs = aws.client("sqs")
    found: list[dict[str, Any]] = []
    deadline = time.monotonic() + seconds
    while len(found) < count and time.monotonic() < deadline:
        for message in sqs.receive_message(QueueUrl=queue, WaitTimeSeconds=1).get("Messages", []):
            sqs.delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])
            found.append(json.loads(message["Body"]))
    return found


def test_a_stopped_database_is_heard_of(embedded_aws: Aws, heard: str) -> None:
    """A rule for RDS's events gets the envelope as EventBridge fills it in."""
    rds = embedded_aws.client("rds")
    login = {"MasterUsername": "admin", "MasterUserPassword": "long-enough"}
    size = {"DBInstanceClass": "db.t3.micro", "AllocatedStorage": 20}
    rds.create_db_instance(DBInstanceIdentifier="orders", Engine="postgres", **size, **login)

    rds.stop_db_instance(DBInstanceIdentifier="orders")

    [event] = receive(embedded_aws, heard, 1)
    assert (event["source"], event["detail-type"]) == ("aws.rds", "RDS DB Instance Event")
    assert (event["account"], event["region"]) == ("000000000000", "us-east-1")
    assert event["resources"] == ["arn:aws:rds:us-east-1:000000000000:db:orders"]
    assert event["detail"]["EventID"] == "RDS-EVENT-0087"


def test_members_are_heard_of_with_their_cluster(embedded_aws: Aws, heard: str) -> None:
    """All of them stop when the cluster does."""
    rds = embedded_aws.client("rds")
    login = {"MasterUsername": "admin", "MasterUserPassword": "long-enough"}
    rds.create_db_cluster(DBClusterIdentifier="pair", Engine="aurora-postgresql", **login)
    rds.create_db_instance(
        DBInstanceIdentifier="member",
        Engine="aurora-postgresql",
        DBInstanceClass="db.r6g.large",
        DBClusterIdentifier="pair",
    )

    rds.stop_db_cluster(DBClusterIdentifier="pair")

    told = {event["detail"]["SourceIdentifier"]: event["detail"] for event in receive(embedded_aws, heard, 2)}
    assert {name: detail["EventID"] for name, detail in told.items()} == {
        "pair": "RDS-EVENT-0150",
        "member": "RDS-EVENT-0087",
    }


def test_a_steady_service_is_heard_of(embedded_aws: Aws, heard: str) -> None:
    """When it has the tasks that it was created with, and the number that it was changed to."""
    ecs = embedded_aws.client("ecs")
    ecs.create_cluster(clusterName="main")
    ecs.register_task_definition(family="app", containerDefinitions=[{"name": "app", "image": "app", "memory": 128}])
    ecs.create_service(cluster="main", serviceName="app", taskDefinition="app", desiredCount=2)

    ecs.update_service(cluster="main", service="app", desiredCount=0)

    first, second = receive(embedded_aws, heard, 2)
    assert first["resources"] == second["resources"] == ["arn:aws:ecs:us-east-1:000000000000:service/main/app"]
    assert {first["detail"]["eventName"], second["detail"]["eventName"]} == {"SERVICE_STEADY_STATE"}


def test_a_restart_tells_nothing_again(embedded_aws: Aws, heard: str) -> None:
    """What was done before the stop is done again at the start, and heard of once; then the events go on."""
    ec2 = embedded_aws.client("ec2")
    image = ec2.describe_images()["Images"][0]["ImageId"]
    instance = ec2.run_instances(ImageId=image, MinCount=1, MaxCount=1)["Instances"][0]["InstanceId"]
    assert [event["detail"]["state"] for event in receive(embedded_aws, heard, 2)] == ["pending", "running"]

    embedded_aws.stop()
    embedded_aws.start()

    assert receive(embedded_aws, heard, 1, QUIET_SECONDS) == []
    ec2.stop_instances(InstanceIds=[instance])
    events = receive(embedded_aws, heard, 2)
    assert sorted(event["detail"]["state"] for event in events) == ["stopped", "stopping"]
    assert {event["detail"]["instance-id"] for event in events} == {instance}
