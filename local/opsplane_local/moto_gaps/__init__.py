"""What moto 5.2.5 lacks so that the base applies, plans clean and is destroyed on a laptop.

Each gap is one function in the file of its service; each has a test that fails when moto fills it by itself, so that
this package shrinks as moto grows. A clean plan on a resource that needs a gap proves that the gap agrees with the
provider, not that AWS would: keep the gaps small.
"""

from opsplane_local.moto_gaps import (
    access_analyzer,
    application_autoscaling,
    budgets,
    cloudtrail,
    config,
    cost_explorer,
    ec2,
    ec2_settings,
    ecs,
    elasticache_groups,
    elasticache_members,
    guardduty,
    rds,
    secrets_manager,
    security_hub,
)
from opsplane_local.moto_gaps.patch import ForGood, Gap

GAPS: tuple[Gap, ...] = (
    access_analyzer.service,
    application_autoscaling.target_tags,
    budgets.subscribers,
    budgets.tags,
    budgets.update,
    cloudtrail.bucket_elsewhere,
    config.conformance_packs,
    cost_explorer.anomaly_monitors,
    cost_explorer.anomaly_subscriptions,
    ec2.instance_groups_reach_its_interface,
    ec2.interface_groups_reach_its_instance,
    ec2.profiles_elsewhere,
    ec2.rule_descriptions,
    ec2.terminated_is_final,
    ec2_settings.default_key_elsewhere,
    ec2_settings.metadata_defaults,
    ec2_settings.snapshot_block,
    ecs.capacity_providers,
    ecs.grace_period,
    ecs.managed_tags,
    ecs.services_reach_their_count,
    ecs.shell_sessions,
    ecs.tasks_run_until_stopped,
    ecs.zone_rebalancing,
    elasticache_groups.parameter_groups,
    elasticache_groups.subnet_group_deletion,
    elasticache_members.members,
    elasticache_members.replicas,
    elasticache_members.deletion,
    elasticache_members.encryption_in_transit,
    elasticache_members.seeded_address,
    guardduty.features_one_by_one,
    rds.lifecycle_support,
    rds.members_do_not_stop_alone,
    rds.members_follow_their_cluster,
    rds.own_resource_id,
    rds.parameter_source,
    rds.performance_insights,
    rds.secret_key_elsewhere,
    rds.seeded_secret_name,
    secrets_manager.managed_rotation_ends,
    security_hub.configuration,
    security_hub.standards,
)


def install() -> None:
    """Fill every gap in this process, for as long as it lives. Call it once, before moto serves."""
    patch = ForGood()
    for gap in GAPS:
        gap(patch)
