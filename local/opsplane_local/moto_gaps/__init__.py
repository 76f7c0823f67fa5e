"""What moto 5.2.5 lacks so that the base applies, plans clean and is destroyed on a laptop.

Each gap is one function in the file of its service; each has a test that fails when moto fills it by itself, so that
this package shrinks as moto grows. A clean plan on a resource that needs a gap proves that the gap agrees with the
provider, not that AWS would: keep the gaps small.
"""

from opsplane_local.moto_gaps import (
    access_analyzer,
    application_autoscaling,
    cloudtrail,
    ec2,
    ecs,
    elasticache_groups,
    elasticache_members,
    rds,
    security_hub,
)
from opsplane_local.moto_gaps.patch import ForGood, Gap

GAPS: tuple[Gap, ...] = (
    access_analyzer.service,
    application_autoscaling.target_tags,
    cloudtrail.bucket_elsewhere,
    ec2.instance_groups_reach_its_interface,
    ec2.interface_groups_reach_its_instance,
    ec2.rule_descriptions,
    ec2.terminated_is_final,
    ecs.grace_period,
    ecs.zone_rebalancing,
    elasticache_groups.parameter_groups,
    elasticache_groups.subnet_group_deletion,
    elasticache_members.members,
    elasticache_members.deletion,
    elasticache_members.seeded_address,
    rds.lifecycle_support,
    rds.own_resource_id,
    rds.parameter_source,
    rds.secret_key_elsewhere,
    rds.seeded_secret_name,
    security_hub.configuration,
    security_hub.standards,
)


def install() -> None:
    """Fill every gap in this process, for as long as it lives. Call it once, before moto serves."""
    patch = ForGood()
    for gap in GAPS:
        gap(patch)
