"""The survey against the real shapes of EC2, ECS and RDS."""

from inprocess import Account
from opsplane.schedules.estate import WorkloadKind, survey


def test_an_environment_is_surveyed_page_by_page(aws: Account) -> None:
    """More services than one answer holds, and what belongs to others is left out."""
    ec2, ecs, rds = (aws.client(name) for name in ("ec2", "ecs", "rds"))
    image = ec2.describe_images()["Images"][0]["ImageId"]
    for environment in ("dev", "prod"):
        tags = [{"Key": "Environment", "Value": environment}]
        specification = [{"ResourceType": "instance", "Tags": tags}]
        ec2.run_instances(ImageId=image, MinCount=2, MaxCount=2, TagSpecifications=specification)
        rds.create_db_instance(
            DBInstanceIdentifier=f"db-{environment}",
            DBInstanceClass="db.t3.micro",
            Engine="postgres",
            MasterUsername="admin",
            MasterUserPassword="example-1",
            AllocatedStorage=20,
            Tags=tags,
        )
    ecs.create_cluster(clusterName="app")
    ecs.register_task_definition(family="web", containerDefinitions=[{"name": "web", "image": "web", "memory": 128}])
    for number in range(12):
        ecs.create_service(
            cluster="app",
            serviceName=f"web-{number}",
            taskDefinition="web",
            desiredCount=number,
            tags=[{"key": "Environment", "value": "dev"}],
        )

    found = survey(aws.ports().api, "dev", "opsplane:protected")

    assert [each.kind for each in found].count(WorkloadKind.INSTANCE) == 2
    assert sum(each.size for each in found if each.kind is WorkloadKind.SERVICE) == 66
    assert [each.id for each in found if each.kind is WorkloadKind.DATABASE] == ["db-dev"]
    assert [each.id for each in found if each.stopped] == ["app/web-0"]
