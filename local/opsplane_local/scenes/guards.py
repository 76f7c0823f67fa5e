"""Scenes with what watches the account: trails, detector, recorder, hub, analyzer, rules."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from opsplane_local.scenes.buckets import ensure_bucket
from opsplane_local.scenes.envelopes import substitute
from opsplane_local.scenes.making import TAGS, request_of, unless_there
from opsplane_local.scenes.scene import Scene

if TYPE_CHECKING:
    from opsplane_local.scenes.envelopes import Event
    from opsplane_local.scenes.stage import Stage


def stop_trail(stage: Stage, name: str, event: Event) -> Scene:
    """Have a trail that was stopped."""
    trail = _ensure_trail(stage, name)
    stage.client("cloudtrail").stop_logging(Name=trail)
    return Scene(_named(event, trail), f"trail {trail}, stopped", (trail,))


def start_trail(stage: Stage, name: str, event: Event) -> Scene:
    """Have a trail that records."""
    trail = _ensure_trail(stage, name)
    return Scene(_named(event, trail), f"trail {trail}, recording", (trail,))


def weaken_trail(stage: Stage, name: str, event: Event) -> Scene:
    """Have a trail of all regions, and then one without validation, of one region, that leaves reading calls out."""
    trail = _ensure_trail(stage, name)

    def weaken() -> None:
        client = stage.client("cloudtrail")
        client.update_trail(Name=trail, IsMultiRegionTrail=False, EnableLogFileValidation=False)
        client.put_event_selectors(TrailName=trail, EventSelectors=[_selector("WriteOnly")])

    return Scene(_named(event, trail), f"trail {trail}, weakened", (trail,), then=weaken)


def delete_trail(stage: Stage, name: str, event: Event) -> Scene:
    """Have a trail, and then none."""
    trail = _ensure_trail(stage, name)

    def delete() -> None:
        stage.client("cloudtrail").delete_trail(Name=trail)

    return Scene(_named(event, trail), f"trail {trail}, deleted", (trail,), then=delete)


def _named(event: Event, trail: str) -> Event:
    request = event["detail"].get("requestParameters") or {}
    said = request.get("name") or request.get("trailName")
    return substitute(event, {said: trail}) if said else event


def _ensure_trail(stage: Stage, name: str) -> str:
    trail, client = f"opsplane-sample-{name}", stage.client("cloudtrail")
    bucket = ensure_bucket(stage, "trails")
    policy = {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Principal": {"Service": "cloudtrail.amazonaws.com"},
                "Action": ["s3:GetBucketAcl", "s3:PutObject"],
                "Resource": [f"arn:aws:s3:::{bucket}", f"arn:aws:s3:::{bucket}/*"],
            }
        ],
    }
    stage.s3.put_bucket_policy(Bucket=bucket, Policy=json.dumps(policy))
    settings: dict[str, Any] = {
        "IsMultiRegionTrail": True,
        "EnableLogFileValidation": True,
        "S3BucketName": bucket,
        "CloudWatchLogsLogGroupArn": "arn:aws:logs:us-east-1:000000000000:log-group:trails:*",
        "CloudWatchLogsRoleArn": "arn:aws:iam::000000000000:role/trails",
    }
    with unless_there("TrailAlreadyExistsException", "TrailAlreadyExists"):
        client.create_trail(Name=trail, TagsList=TAGS, **settings)
    client.update_trail(Name=trail, **settings)
    client.put_event_selectors(TrailName=trail, EventSelectors=[_selector("All")])
    client.start_logging(Name=trail)
    return trail


def _selector(kind: str) -> dict[str, Any]:
    return {"ReadWriteType": kind, "IncludeManagementEvents": True, "DataResources": []}


def suspend_detector(stage: Stage, _: str, event: Event) -> Scene:
    """Have GuardDuty's detector suspended."""
    client, detector = stage.client("guardduty"), _ensure_detector(stage)
    client.update_detector(DetectorId=detector, Enable=False)
    filled = substitute(event, {request_of(event)["detectorId"]: detector})
    return Scene(filled, f"detector {detector}, suspended", (detector,))


def delete_detector(stage: Stage, _: str, event: Event) -> Scene:
    """Have no detector."""
    client, detector = stage.client("guardduty"), _ensure_detector(stage)
    client.delete_detector(DetectorId=detector)
    filled = substitute(event, {request_of(event)["detectorId"]: detector})
    return Scene(filled, f"detector {detector}, deleted", (detector,))


def _ensure_detector(stage: Stage) -> str:
    client = stage.client("guardduty")
    found = client.list_detectors()["DetectorIds"]
    detector: str = found[0] if found else client.create_detector(Enable=True)["DetectorId"]
    return detector


def stop_recorder(stage: Stage, _: str, event: Event) -> Scene:
    """Have AWS Config's recorder stopped."""
    client = stage.client("config")
    found = client.describe_configuration_recorders()["ConfigurationRecorders"]
    name = found[0]["name"] if found else "default"
    if not found:
        bucket = ensure_bucket(stage, "recorder")
        role = f"arn:aws:iam::{stage.account}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig"
        client.put_configuration_recorder(ConfigurationRecorder={"name": name, "roleARN": role})
        client.put_delivery_channel(DeliveryChannel={"name": name, "s3BucketName": bucket})
        client.start_configuration_recorder(ConfigurationRecorderName=name)
    client.stop_configuration_recorder(ConfigurationRecorderName=name)
    filled = substitute(event, {request_of(event)["configurationRecorderName"]: name})
    return Scene(filled, f"recorder {name}, stopped", (name,))


def disable_hub(stage: Stage, _: str, event: Event) -> Scene:
    """Have no Security Hub."""
    with unless_there("InvalidAccessException", "ResourceNotFoundException"):
        stage.client("securityhub").disable_security_hub()
    return Scene(event, f"account {stage.account} without Security Hub", (stage.account,))


def delete_analyzer(stage: Stage, _: str, event: Event) -> Scene:
    """Have no analyzer of the sample's name."""
    name = request_of(event)["analyzerName"]
    with unless_there("ResourceNotFoundException"):
        stage.client("accessanalyzer").delete_analyzer(analyzerName=name)
    return Scene(event, f"analyzer {name}, deleted", (name,))


def disable_rule(stage: Stage, _: str, event: Event) -> Scene:
    """Have a rule of ours that is disabled."""
    client, name = stage.client("events"), request_of(event)["name"]
    client.put_rule(Name=name, EventPattern=json.dumps({"source": ["opsplane.sample"]}), State="ENABLED")
    client.disable_rule(Name=name)
    return Scene(event, f"rule {name}, disabled", (name,))
