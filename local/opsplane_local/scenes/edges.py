"""Scenes at the edge of a network: default groups, flow logs, load balancers, attackers."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from opsplane_local.scenes.envelopes import substitute
from opsplane_local.scenes.instances import run_found_instance
from opsplane_local.scenes.making import TAGS, hub_resource, request_of, unless_there
from opsplane_local.scenes.networks import SAMPLE_TAG
from opsplane_local.scenes.scene import Scene

if TYPE_CHECKING:
    from opsplane_local.scenes.envelopes import Event
    from opsplane_local.scenes.stage import Stage

_BLOCK_LIST = "opsplane-blocked-addresses"


def fill_default_group(stage: Stage, name: str, event: Event) -> Scene:
    """Have a VPC's default group with the rules that AWS gives it."""
    said = hub_resource(event).rsplit("/", 1)[-1] if "findings" in event["detail"] else event["detail"]["resourceId"]
    ec2: Any = stage.ec2
    vpc = ensure_vpc(stage, name)
    named = [{"Name": "vpc-id", "Values": [vpc]}, {"Name": "group-name", "Values": ["default"]}]
    group = ec2.describe_security_groups(Filters=named)["SecurityGroups"][0]["GroupId"]
    inner = {"IpProtocol": "-1", "UserIdGroupPairs": [{"GroupId": group}]}
    outer = {"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}
    for authorize, permission in (
        (ec2.authorize_security_group_ingress, inner),
        (ec2.authorize_security_group_egress, outer),
    ):
        with unless_there("InvalidPermission.Duplicate"):
            authorize(GroupId=group, IpPermissions=[permission])
    return Scene(substitute(event, {said: group}), f"default group {group} of {vpc}, with rules", (group,))


def ensure_vpc(stage: Stage, name: str) -> str:
    """A VPC of the sample's own."""
    ec2: Any = stage.ec2
    found = ec2.describe_vpcs(Filters=[{"Name": f"tag:{SAMPLE_TAG}", "Values": [name]}])["Vpcs"]
    if found:
        return str(found[0]["VpcId"])
    tags = [{"ResourceType": "vpc", "Tags": [{"Key": SAMPLE_TAG, "Value": name}]}]
    return str(ec2.create_vpc(CidrBlock="10.99.0.0/16", TagSpecifications=tags)["Vpc"]["VpcId"])


def attack_without_list(stage: Stage, name: str, event: Event) -> Scene:
    """Have the instance under attack, and no block list of the firewall."""
    _drop_list(stage)
    return run_found_instance(stage, name, event)


def attack_with_list(stage: Stage, name: str, event: Event) -> Scene:
    """Have the instance under attack, and an empty block list of the firewall."""
    _drop_list(stage)
    stage.client("wafv2").create_ip_set(
        Name=_BLOCK_LIST, Scope="REGIONAL", IPAddressVersion="IPV4", Addresses=["192.0.2.1/32"]
    )
    return run_found_instance(stage, name, event)


def _drop_list(stage: Stage) -> None:
    client = stage.client("wafv2")
    for each in client.list_ip_sets(Scope="REGIONAL")["IPSets"]:
        if each["Name"] == _BLOCK_LIST:
            found = client.get_ip_set(Name=_BLOCK_LIST, Scope="REGIONAL", Id=each["Id"])
            client.delete_ip_set(Name=_BLOCK_LIST, Scope="REGIONAL", Id=each["Id"], LockToken=found["LockToken"])


def record_flows(stage: Stage, name: str, event: Event) -> Scene:
    """Have a flow log; for a sample that deletes it, it is then gone."""
    ec2: Any = stage.ec2
    vpc = ensure_vpc(stage, name)
    for each in ec2.describe_flow_logs(Filters=[{"Name": "resource-id", "Values": [vpc]}])["FlowLogs"]:
        ec2.delete_flow_logs(FlowLogIds=[each["FlowLogId"]])
    request: dict[str, Any] = {
        "ResourceIds": [vpc],
        "ResourceType": "VPC",
        "TrafficType": "ALL",
        "LogDestinationType": "cloud-watch-logs",
        "LogGroupName": "/opsplane-sample/flow-logs",
        "DeliverLogsPermissionArn": f"arn:aws:iam::{stage.account}:role/opsplane-sample-flow-logs",
        "TagSpecifications": [{"ResourceType": "vpc-flow-log", "Tags": TAGS}],
    }
    flow_log = ec2.create_flow_logs(**request)["FlowLogIds"][0]
    detail = event["detail"]
    said = json.dumps(detail)
    start = said.index("fl-")
    filled = substitute(event, {said[start : start + 20]: flow_log})

    def delete() -> None:
        ec2.delete_flow_logs(FlowLogIds=[flow_log])

    then = delete if detail["eventName"] == "DeleteFlowLogs" else None
    return Scene(filled, f"flow log {flow_log} of {vpc}{', deleted' if then else ''}", (flow_log,), then=then)


def serve_plainly(stage: Stage, name: str, event: Event) -> Scene:
    """Have a load balancer with HTTPS, whose port 80 does what the sample says."""
    balancer, target_group = _ensure_balancer(stage, name)
    elb = stage.client("elbv2")
    said = event["detail"]["responseElements"]["listeners"][0]
    forward = [{"Type": "forward", "TargetGroupArn": target_group}]
    redirect = [{"Type": "redirect", "RedirectConfig": {"Protocol": "HTTPS", "Port": "443", "StatusCode": "HTTP_301"}}]
    actions = redirect if said["defaultActions"][0]["type"] == "redirect" else forward
    listeners = {each["Port"]: each for each in elb.describe_listeners(LoadBalancerArn=balancer)["Listeners"]}
    elb.modify_listener(ListenerArn=listeners[80]["ListenerArn"], DefaultActions=actions)
    changes = {said["loadBalancerArn"]: balancer, said["listenerArn"]: listeners[80]["ListenerArn"]}
    return Scene(substitute(event, changes), f"load balancer {name}, port 80 changed", (balancer,))


def _ensure_balancer(stage: Stage, name: str) -> tuple[str, str]:
    elb: Any = stage.client("elbv2")
    short = f"opsplane-{name}"[:32].rstrip("-")
    with unless_there("LoadBalancerNotFound"):
        found = elb.describe_load_balancers(Names=[short])["LoadBalancers"][0]["LoadBalancerArn"]
        group = elb.describe_target_groups(LoadBalancerArn=found)["TargetGroups"][0]["TargetGroupArn"]
        return found, group
    vpc = ensure_vpc(stage, name)
    zones = stage.ec2.describe_availability_zones()["AvailabilityZones"][:2]
    subnets = [
        stage.ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.99.{number}.0/24", AvailabilityZone=zone["ZoneName"])
        for number, zone in enumerate(zones)
    ]
    ids = [each["Subnet"]["SubnetId"] for each in subnets]
    balancer = elb.create_load_balancer(Name=short, Subnets=ids, Tags=TAGS)["LoadBalancers"][0]["LoadBalancerArn"]
    group = elb.create_target_group(Name=short, Protocol="HTTP", Port=8000, VpcId=vpc)["TargetGroups"][0]
    forward = [{"Type": "forward", "TargetGroupArn": group["TargetGroupArn"]}]
    certificate = stage.client("acm").request_certificate(DomainName="sample.example.com")["CertificateArn"]
    elb.create_listener(LoadBalancerArn=balancer, Protocol="HTTP", Port=80, DefaultActions=forward)
    elb.create_listener(
        LoadBalancerArn=balancer,
        Protocol="HTTPS",
        Port=443,
        Certificates=[{"CertificateArn": certificate}],
        DefaultActions=forward,
    )
    return balancer, group["TargetGroupArn"]


def take_web_acl_off(stage: Stage, name: str, event: Event) -> Scene:
    """Have a load balancer with a web ACL, and then without one."""
    waf: Any = stage.client("wafv2")
    balancer, _ = _ensure_balancer(stage, name)
    full = f"opsplane-sample-{name}"
    listed = waf.list_web_acls(Scope="REGIONAL")["WebACLs"]
    acl = next((each["ARN"] for each in listed if each["Name"] == full), None) or _make_web_acl(waf, full)
    waf.associate_web_acl(WebACLArn=acl, ResourceArn=balancer)

    def take_off() -> None:
        waf.disassociate_web_acl(ResourceArn=balancer)

    filled = substitute(event, {request_of(event)["resourceArn"]: balancer})
    return Scene(filled, f"load balancer {name}, whose web ACL was taken off", (balancer,), then=take_off)


def _make_web_acl(waf: Any, name: str) -> str:
    visible = {"SampledRequestsEnabled": False, "CloudWatchMetricsEnabled": False, "MetricName": name}
    made = waf.create_web_acl(
        Name=name, Scope="REGIONAL", DefaultAction={"Allow": {}}, VisibilityConfig=visible, Rules=[]
    )
    return str(made["Summary"]["ARN"])
