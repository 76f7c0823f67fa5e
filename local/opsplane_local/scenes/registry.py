"""Which sample has which scene; the only door into this package."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from opsplane_local.scenes import alarms, buckets, inflation, instances, security_groups
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

SCENES: Final[tuple[tuple[str, Prepare], ...]] = (
    ("cloudtrail/sg-open-failed.json", security_groups.refuse_opening),
    ("cloudtrail/sg-open-*.json", security_groups.open_group),
    ("cloudtrail/sg-modify-rule-world.json", security_groups.widen_rule),
    ("cloudtrail/s3-bucket-policy-public.json", buckets.publish_by_policy),
    ("cloudtrail/s3-bucket-acl-public.json", buckets.publish_by_acl),
    ("cloudtrail/s3-public-access-block-deleted.json", buckets.remove_block),
    ("config/restricted-ssh-noncompliant.json", security_groups.break_compliance),
    ("config/restricted-ssh-compliant.json", security_groups.restore_compliance),
    ("config/s3-public-read-noncompliant.json", buckets.break_compliance),
    ("guardduty/ec2-*.json", instances.run_found_instance),
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
