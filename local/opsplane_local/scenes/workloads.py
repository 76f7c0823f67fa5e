"""Scenes with what runs: metadata of instances, an infected instance in a group, tasks, images."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from opsplane_local.scenes.envelopes import substitute
from opsplane_local.scenes.instances import ensure_running, run_found_instance
from opsplane_local.scenes.making import TAGS, finding_of, hub_resource, request_of, unless_there
from opsplane_local.scenes.networks import choose_subnet, choose_vpc
from opsplane_local.scenes.scene import Scene
from opsplane_local.scenes.security_groups import ensure_group

if TYPE_CHECKING:
    from opsplane_local.scenes.envelopes import Event
    from opsplane_local.scenes.stage import Stage

_LOGS = "/opsplane-sample/tasks"


def give_out_metadata(stage: Stage, name: str, event: Event) -> Scene:
    """Have an instance that gives out metadata without a token."""
    live = ensure_running(stage, name)["InstanceId"]
    stage.ec2.modify_instance_metadata_options(InstanceId=live, HttpTokens="optional")
    match event["source"]:
        case "aws.config":
            said = event["detail"]["resourceId"]
        case "aws.securityhub":
            said = hub_resource(event).rsplit("/", 1)[-1]
        case _:
            said = request_of(event)["ModifyInstanceMetadataOptionsRequest"]["InstanceId"]
    return Scene(substitute(event, {said: live}), f"instance {live} gives out metadata without a token", (live,))


def infect_instance(stage: Stage, name: str, event: Event) -> Scene:
    """Have the finding's instance in an Auto Scaling group and a target group, with an instance profile."""
    scene = run_found_instance(stage, name, event)
    [instance] = scene.resources
    _give_profile(stage, instance)
    _join_target_group(stage, name, instance)
    _join_scaling_group(stage, name, instance)
    _misuse_isolation_group(stage)
    return scene


def _misuse_isolation_group(stage: Stage) -> None:
    """Have the isolation group with rules, as if somebody had used it for something else."""
    ec2: Any = stage.ec2
    vpc, name = choose_vpc(stage.ec2), "opsplane-isolation"
    with unless_there("InvalidGroup.Duplicate"):
        ec2.create_security_group(GroupName=name, Description="opsplane: nothing in, nothing out", VpcId=vpc)
    named = [{"Name": "vpc-id", "Values": [vpc]}, {"Name": "group-name", "Values": [name]}]
    group = ec2.describe_security_groups(Filters=named)["SecurityGroups"][0]["GroupId"]
    inward = {"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "IpRanges": [{"CidrIp": "10.0.0.0/8"}]}
    with unless_there("InvalidPermission.Duplicate"):
        ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[inward])
    with unless_there("InvalidPermission.Duplicate"):
        everywhere = {"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}
        ec2.authorize_security_group_egress(GroupId=group, IpPermissions=[everywhere])


def _give_profile(stage: Stage, instance: str) -> None:
    iam, profile = stage.client("iam"), "opsplane-sample-profile"
    with unless_there("EntityAlreadyExists"):
        iam.create_instance_profile(InstanceProfileName=profile)
    arn = f"arn:aws:iam::{stage.account}:instance-profile/{profile}"
    with unless_there("IncorrectState"):
        stage.ec2.associate_iam_instance_profile(InstanceId=instance, IamInstanceProfile={"Arn": arn, "Name": profile})


def _join_target_group(stage: Stage, name: str, instance: str) -> None:
    elb: Any = stage.client("elbv2")
    short, vpc = f"opsplane-{name}"[:32].rstrip("-"), choose_vpc(stage.ec2)
    with unless_there("DuplicateTargetGroupName"):
        elb.create_target_group(Name=short, Protocol="HTTP", Port=80, VpcId=vpc)
    arn = elb.describe_target_groups(Names=[short])["TargetGroups"][0]["TargetGroupArn"]
    elb.register_targets(TargetGroupArn=arn, Targets=[{"Id": instance, "Port": 80}])


def _join_scaling_group(stage: Stage, name: str, instance: str) -> None:
    scaling: Any = stage.client("autoscaling")
    group = f"opsplane-sample-{name}"
    with unless_there("AlreadyExists"):
        scaling.create_launch_configuration(
            LaunchConfigurationName=group, ImageId="ami-01bcdef1234567890", InstanceType="t3.micro"
        )
    with unless_there("AlreadyExists"):
        scaling.create_auto_scaling_group(
            AutoScalingGroupName=group,
            LaunchConfigurationName=group,
            MinSize=0,
            MaxSize=10,
            DesiredCapacity=0,
            VPCZoneIdentifier=choose_subnet(stage.ec2, choose_vpc(stage.ec2)),
        )
    if not scaling.describe_auto_scaling_instances(InstanceIds=[instance])["AutoScalingInstances"]:
        scaling.attach_instances(InstanceIds=[instance], AutoScalingGroupName=group)


def run_task(stage: Stage, name: str, event: Event) -> Scene:
    """Have the finding's task running; for a finding that repeats, as one of a service on a host of the cluster."""
    said = finding_of(event)["ecsClusterDetails"]
    ecs: Any = stage.client("ecs")
    cluster = ecs.create_cluster(clusterName="opsplane-sample")["cluster"]["clusterArn"]
    repeated = said["taskDetails"]["group"].startswith("service:")
    definition = _define(stage, name, ["EC2"] if repeated else ["FARGATE"])
    task = _run_on_host(stage, cluster, definition, name) if repeated else _run_on_fargate(stage, cluster, definition)
    changes = {said["arn"]: cluster, said["taskDetails"]["arn"]: task, said["taskDetails"]["definitionArn"]: definition}
    if repeated:
        changes[said["taskDetails"]["group"]] = f"service:opsplane-sample-{name}"
    return Scene(substitute(event, changes), f"task {task.rsplit('/', 1)[-1]}, running", (task,))


def _define(stage: Stage, name: str, compatible: list[str]) -> str:
    with unless_there("ResourceAlreadyExistsException"):
        stage.client("logs").create_log_group(logGroupName=_LOGS)
    options = {"awslogs-group": _LOGS, "awslogs-region": stage.region, "awslogs-stream-prefix": "web"}
    container = {
        "name": "web",
        "image": "opsplane-sample/web:1",
        "cpu": 256,
        "memory": 512,
        "essential": True,
        "logConfiguration": {"logDriver": "awslogs", "options": options},
    }
    registered = stage.client("ecs").register_task_definition(
        family=f"opsplane-sample-{name}",
        networkMode="awsvpc" if "FARGATE" in compatible else "bridge",
        requiresCompatibilities=compatible,
        cpu="256",
        memory="512",
        containerDefinitions=[container],
    )
    arn: str = registered["taskDefinition"]["taskDefinitionArn"]
    return arn


def _run_on_fargate(stage: Stage, cluster: str, definition: str) -> str:
    subnet, group = choose_subnet(stage.ec2, choose_vpc(stage.ec2)), ensure_group(stage, "tasks")
    started = stage.client("ecs").run_task(
        cluster=cluster,
        taskDefinition=definition,
        launchType="FARGATE",
        networkConfiguration={"awsvpcConfiguration": {"subnets": [subnet], "securityGroups": [group]}},
        tags=[{"key": "Environment", "value": "dev"}],
    )
    arn: str = started["tasks"][0]["taskArn"]
    return arn


def _run_on_host(stage: Stage, cluster: str, definition: str, name: str) -> str:
    """A service of one task, and a task of its group on a host that takes tasks again."""
    ecs: Any = stage.client("ecs")
    host = _ensure_host(stage, cluster, name)
    service = f"opsplane-sample-{name}"
    found = ecs.describe_services(cluster=cluster, services=[service])["services"]
    if any(each["status"] == "ACTIVE" for each in found):
        ecs.update_service(cluster=cluster, service=service, desiredCount=1)
    else:
        ecs.create_service(cluster=cluster, serviceName=service, taskDefinition=definition, desiredCount=1)
    _let_scale(stage, cluster, service)
    started = ecs.start_task(
        cluster=cluster, taskDefinition=definition, containerInstances=[host], group=f"service:{service}"
    )
    arn: str = started["tasks"][0]["taskArn"]
    return arn


def _let_scale(stage: Stage, cluster: str, service: str) -> None:
    """Have a service whose number of tasks follows its load."""
    stage.client("application-autoscaling").register_scalable_target(
        ServiceNamespace="ecs",
        ResourceId=f"service/{cluster.rsplit('/', 1)[-1]}/{service}",
        ScalableDimension="ecs:service:DesiredCount",
        MinCapacity=1,
        MaxCapacity=4,
    )


def _ensure_host(stage: Stage, cluster: str, name: str) -> str:
    ecs: Any = stage.client("ecs")
    hosts = ecs.list_container_instances(cluster=cluster)["containerInstanceArns"]
    if not hosts:
        instance = ensure_running(stage, name)["InstanceId"]
        document = json.dumps({"instanceId": instance, "region": stage.region, "accountId": stage.account})
        made = ecs.register_container_instance(cluster=cluster, instanceIdentityDocument=document)
        hosts = [made["containerInstance"]["containerInstanceArn"]]
    ecs.update_container_instances_state(cluster=cluster, containerInstances=hosts[:1], status="ACTIVE")
    host: str = hosts[0]
    return host


def define_privileged(stage: Stage, name: str, event: Event) -> Scene:
    """Register a task definition with a privileged container, which nothing uses."""
    registered = stage.client("ecs").register_task_definition(
        family=f"opsplane-sample-{name}",
        networkMode="bridge",
        taskRoleArn=f"arn:aws:iam::{stage.account}:role/agent",
        containerDefinitions=[
            {
                "name": "agent",
                "image": "opsplane-sample/agent:1",
                "cpu": 128,
                "memory": 128,
                "essential": True,
                "privileged": True,
            }
        ],
    )
    arn = registered["taskDefinition"]["taskDefinitionArn"]
    _run_something_else(stage)
    if event["source"] == "aws.securityhub":
        said = hub_resource(event)
    else:
        said = event["detail"]["responseElements"]["taskDefinition"]["taskDefinitionArn"]
    return Scene(substitute(event, {said: arn}), f"task definition {arn.rsplit('/', 1)[-1]}, privileged", (arn,))


def _run_something_else(stage: Stage) -> None:
    """A service that uses another definition: whoever looks for users has to look at it."""
    ecs: Any = stage.client("ecs")
    cluster = ecs.create_cluster(clusterName="opsplane-sample")["cluster"]["clusterArn"]
    found = ecs.describe_services(cluster=cluster, services=["opsplane-sample-other"])["services"]
    if not any(each["status"] == "ACTIVE" for each in found):
        definition = _define(stage, "other", ["EC2"])
        ecs.create_service(
            cluster=cluster, serviceName="opsplane-sample-other", taskDefinition=definition, desiredCount=0
        )


def push_image(stage: Stage, _: str, event: Event) -> Scene:
    """Push an image without the mark into the finding's repository."""
    ecr: Any = stage.client("ecr")
    said = event["detail"]["resources"][0]["id"]
    repository, old = said.split("repository/", 1)[1].rsplit("/", 1)
    with unless_there("RepositoryAlreadyExistsException"):
        ecr.create_repository(repositoryName=repository, tags=TAGS)
    manifest = {
        "schemaVersion": 2,
        "mediaType": "application/vnd.docker.distribution.manifest.v2+json",
        "config": {
            "mediaType": "application/vnd.docker.container.image.v1+json",
            "size": 2,
            "digest": "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a",
        },
        "layers": [],
    }
    with unless_there("ImageAlreadyExistsException"):
        ecr.put_image(repositoryName=repository, imageManifest=json.dumps(manifest), imageTag="sample")
    image = ecr.batch_get_image(repositoryName=repository, imageIds=[{"imageTag": "sample"}])["images"][0]
    digest = image["imageId"]["imageDigest"]
    mark = f"opsplane-deny-{digest.removeprefix('sha256:')[:12]}"
    ecr.batch_delete_image(repositoryName=repository, imageIds=[{"imageTag": mark}])
    return Scene(substitute(event, {old: digest}), f"image {repository}@{digest[:19]}", (digest,))
