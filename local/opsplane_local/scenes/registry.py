"""Which sample has which scene; the only door into this package."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from opsplane_local.scenes import (
    alarms,
    applications,
    bucket_protections,
    buckets,
    data,
    edges,
    guards,
    identities,
    inflation,
    instances,
    security_groups,
    workloads,
)
from opsplane_local.scenes.refreshing import refresh, renew_envelope_id
from opsplane_local.scenes.scene import Scene
from opsplane_local.scenes.stage import Stage

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import boto3

    from opsplane_local.scenes.envelopes import Event

type Prepare = Callable[[Stage, str, Event], Scene]
"""Takes the stage, the sample's name (its file name without `.json`) and the refreshed event."""


def leave(_: Stage, __: str, event: Event) -> Scene:
    """Nothing to put in place for a sample whose neighbours have scenes."""
    return Scene(event, "nothing to put in place: sent as it is")


SCENES: Final[tuple[tuple[str, Prepare], ...]] = (
    ("cloudtrail/sg-open-failed.json", security_groups.refuse_opening),
    ("cloudtrail/sg-open-*.json", security_groups.open_group),
    ("cloudtrail/sg-modify-rule-world.json", security_groups.widen_rule),
    ("cloudtrail/s3-bucket-policy-public.json", buckets.publish_by_policy),
    ("cloudtrail/s3-bucket-acl-public.json", buckets.publish_by_acl),
    ("cloudtrail/s3-public-access-block-deleted.json", buckets.remove_block),
    ("cloudtrail/s3-account-block-on.json", leave),
    ("cloudtrail/s3-account-block-*.json", bucket_protections.open_account),
    ("cloudtrail/s3-block-on.json", bucket_protections.keep_block),
    ("cloudtrail/s3-versioning-*.json", bucket_protections.set_versioning),
    ("cloudtrail/s3-encryption-deleted.json", bucket_protections.drop_encryption),
    ("cloudtrail/s3-logging-off.json", bucket_protections.stop_logging),
    ("cloudtrail/s3-lifecycle-shortened.json", bucket_protections.shorten_lifecycle),
    ("cloudtrail/s3-replication-deleted.json", bucket_protections.stop_replication),
    ("cloudtrail/trail-stopped.json", guards.stop_trail),
    ("cloudtrail/trail-started.json", guards.start_trail),
    ("cloudtrail/trail-weakened.json", guards.weaken_trail),
    ("cloudtrail/trail-deleted.json", guards.delete_trail),
    ("cloudtrail/guardduty-suspended.json", guards.suspend_detector),
    ("cloudtrail/guardduty-deleted.json", guards.delete_detector),
    ("cloudtrail/config-recorder-stopped.json", guards.stop_recorder),
    ("cloudtrail/security-hub-disabled.json", guards.disable_hub),
    ("cloudtrail/analyzer-deleted.json", guards.delete_analyzer),
    ("cloudtrail/own-rule-disabled.json", guards.disable_rule),
    ("cloudtrail/iam-admin-attached-to-*.json", identities.attach_administrator),
    ("cloudtrail/iam-admin-inline-*.json", identities.put_administrator),
    ("cloudtrail/iam-admin-policy-version.json", identities.add_policy_version),
    ("cloudtrail/iam-admin-default-version.json", identities.add_policy_version),
    ("cloudtrail/iam-admin-own-policy-attached.json", identities.attach_administrator),
    ("cloudtrail/iam-*group-joined.json", identities.join_group),
    ("cloudtrail/iam-trust-*.json", identities.change_trust),
    ("cloudtrail/iam-key-for-another-user.json", identities.make_key),
    ("cloudtrail/iam-password-for-another-user.json", identities.make_password),
    ("cloudtrail/rds-made-public.json", data.publish_database),
    ("cloudtrail/snapshot-shared-with-all.json", data.share_snapshot),
    ("cloudtrail/image-shared-with-all.json", data.share_image),
    ("cloudtrail/rds-snapshot-shared-with-all.json", data.share_database_snapshot),
    ("cloudtrail/rds-cluster-snapshot-shared-with-all.json", data.share_cluster_snapshot),
    ("cloudtrail/kms-policy-private.json", leave),
    ("cloudtrail/kms-*.json", data.harm_key),
    ("cloudtrail/secret-policy-*public.json", data.expose_secret),
    ("cloudtrail/redis-encryption-off.json", data.strip_cache),
    ("cloudtrail/lambda-invoked-by-everybody.json", applications.open_function),
    ("cloudtrail/ecr-policy-public.json", applications.open_repository),
    ("cloudtrail/sqs-policy-public.json", applications.open_queue),
    ("cloudtrail/sns-policy-public.json", applications.open_topic),
    ("cloudtrail/flow-logs-*.json", edges.record_flows),
    ("cloudtrail/alb-listener-*.json", edges.serve_plainly),
    ("cloudtrail/alb-web-acl-taken-off.json", edges.take_web_acl_off),
    ("cloudtrail/imds-v1-allowed.json", workloads.give_out_metadata),
    ("cloudtrail/ecs-privileged-registered.json", workloads.define_privileged),
    ("config/default-group-noncompliant.json", edges.fill_default_group),
    ("config/iam-unused-noncompliant.json", identities.leave_key_unused),
    ("config/imdsv2-noncompliant.json", workloads.give_out_metadata),
    ("config/rds-public-noncompliant.json", data.publish_database),
    ("config/restricted-ssh-noncompliant.json", security_groups.break_compliance),
    ("config/restricted-ssh-compliant.json", security_groups.restore_compliance),
    ("config/s3-public-read-noncompliant.json", buckets.break_compliance),
    ("guardduty/ec2-command-and-control.json", workloads.infect_instance),
    ("guardduty/ec2-port-probe.json", edges.attack_with_list),
    ("guardduty/ec2-ssh-brute-force-target.json", edges.attack_without_list),
    ("guardduty/ec2-*.json", instances.run_found_instance),
    ("guardduty/ecs-new-binary.json", leave),
    ("guardduty/ecs-*.json", workloads.run_task),
    ("guardduty/iam-key-malicious-ip.json", identities.steal_key),
    ("guardduty/instance-credentials-outside.json", identities.steal_session),
    ("guardduty/lambda-command-and-control.json", applications.infect_function),
    ("guardduty/rds-login-succeeded.json", data.log_in_to_database),
    ("guardduty/trail-logging-disabled.json", guards.stop_trail),
    ("health/access-key-exposed.json", identities.steal_key),
    ("inspector/ecr-image-critical-cve.json", workloads.push_image),
    ("securityhub/default-group-open.json", edges.fill_default_group),
    ("securityhub/ecs-privileged.json", workloads.define_privileged),
    ("securityhub/iam-unused.json", identities.leave_key_unused),
    ("securityhub/imds-v1.json", workloads.give_out_metadata),
    ("securityhub/lambda-public.json", applications.open_function),
    ("securityhub/rds-public.json", data.publish_database),
    ("guardduty/archived-finding.json", instances.run_found_instance),
    ("guardduty/s3-bucket-public-access-granted.json", buckets.publish_found_bucket),
    ("securityhub/sg-open-ssh.json", security_groups.open_found_group),
    ("accessanalyzer/s3-bucket-public.json", buckets.publish_analyzed_bucket),
    ("cloudwatch/alarm-*.json", alarms.ring),
    ("schedule/environment-down.json", instances.wake_environment),
)
"""Path pattern of samples and the scene for them; the first that matches is taken."""

_BROKEN: Final = "broken/*.json"


def prepare(sample: Path, event: Event, session: boto3.Session) -> Scene:
    """Put the resource that `sample` describes into the state that it describes and return what to send.

    `event` is the sample's parsed content. Preparing the same sample again makes the same resource bad again. A sample
    without a scene is refreshed and sent; one in `broken/` keeps every flaw and gets only a new envelope id.

    Raises:
        NotEmulatedError: `session` leads to another account than the emulated one.
        botocore.exceptions.ClientError: the emulated AWS refused a call.
    """
    stage = Stage.open(session)
    if sample.match("broken/huge-text.json"):
        return Scene(
            renew_envelope_id(inflation.inflate(event)), "nothing to put in place; its text was grown to 250 KB"
        )
    if sample.match(_BROKEN):
        return Scene(renew_envelope_id(event), "nothing to put in place: broken on purpose and sent as it is")
    fresh = refresh(event, account=stage.account, region=stage.region)
    for pattern, act in SCENES:
        if sample.match(pattern):
            return act(stage, sample.stem, fresh)
    return Scene(fresh, "nothing to put in place: sent as it is")
