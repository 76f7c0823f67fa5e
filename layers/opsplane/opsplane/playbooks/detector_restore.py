"""A detector, recorder, hub, analyzer or rule of ours that was switched off is switched on again.

https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_suspend-disable.html and the pages of the other services.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from opsplane.errors import PermanentError
from opsplane.model import Json
from opsplane.playbooks.plan import Api, Call, Observation, Step, call, change, live, part
from opsplane.playbooks.playbook import Family, Parameters, Playbook
from opsplane.signals.signal import Subject

_ON, _OFF = "on", "off"
_TARGET = "state"


class _Guard(NamedTuple):
    """How one type of guard tells whether it is on, and how it is brought from one value to another."""

    word: str
    read: Callable[[Api, str], Observation]
    to: Callable[[str, Json, Json], tuple[Call, ...]]


def observe(api: Api, subject: Subject) -> Observation:
    """`on`, `off`, or absent."""
    return _GUARDS[subject.resource.type].read(api, subject.resource.id)


def plan(subject: Subject, found: Observation, _: Parameters) -> tuple[Step, ...]:
    """One step, unless it is on.

    Raises:
        PermanentError: a rule of ours is gone; the next deployment makes it again.
    """
    name, guard = subject.resource.id, _GUARDS[subject.resource.type]
    before = found.state.get(_TARGET)
    if before == _ON:
        return ()
    if before is None and guard.word == "rule":
        message = f"rule {name} is gone: deploy the fleet again"
        raise PermanentError(message)

    def to(value: Json) -> tuple[Call, ...]:
        return guard.to(name, before, value)

    return (change(_TARGET, f"Switch {guard.word} {name} on again", before=before, after=_ON, to=to),)


def _read_detector(api: Api, _: str) -> Observation:
    """The account's only detector, whatever its id: one that is made again has another."""
    found = api.read("guardduty", "list_detectors")["DetectorIds"]
    if not found:
        return Observation()
    detector = api.read("guardduty", "get_detector", DetectorId=found[0])
    state = _ON if detector["Status"] == "ENABLED" else _OFF
    return Observation(state={_TARGET: state}, handles={"detector": found[0]}, evidence={"detector": found[0]})


def _detector(_: str, former: Json, value: Json) -> tuple[Call, ...]:
    if value is None:
        return (call("guardduty", "delete_detector", DetectorId=live("detector")),)
    if former is None:
        return (call("guardduty", "create_detector", Enable=True),)
    return (call("guardduty", "update_detector", DetectorId=live("detector"), Enable=value == _ON),)


def _read_recorder(api: Api, name: str) -> Observation:
    found = api.read("config", "describe_configuration_recorder_status", ConfigurationRecorderNames=[name])
    [recorder] = found["ConfigurationRecordersStatus"]
    return Observation(state={_TARGET: _ON if recorder["recording"] else _OFF}, evidence={"recorder": recorder})


def _recorder(name: str, _: Json, value: Json) -> tuple[Call, ...]:
    way = "start" if value == _ON else "stop"
    return (call("config", f"{way}_configuration_recorder", ConfigurationRecorderName=name),)


def _read_hub(api: Api, _: str) -> Observation:
    try:
        found = api.read("securityhub", "describe_hub")
    except PermanentError:
        # An account without Security Hub answers with an error of its own.
        return Observation()
    return Observation(state={_TARGET: _ON}, evidence={"hub": found.get("HubArn")})


def _hub(_: str, __: Json, value: Json) -> tuple[Call, ...]:
    return (call("securityhub", "enable_security_hub" if value == _ON else "disable_security_hub"),)


def _read_analyzer(api: Api, name: str) -> Observation:
    found = part(api, "accessanalyzer", "get_analyzer", analyzerName=name).get("analyzer")
    return Observation(state={_TARGET: _ON}, evidence={"analyzer": found["arn"]}) if found else Observation()


def _analyzer(name: str, _: Json, value: Json) -> tuple[Call, ...]:
    if value is None:
        return (call("accessanalyzer", "delete_analyzer", analyzerName=name),)
    return (call("accessanalyzer", "create_analyzer", analyzerName=name, type="ACCOUNT"),)


def _read_rule(api: Api, name: str) -> Observation:
    found: dict[str, Any] = part(api, "events", "describe_rule", Name=name)
    if not found:
        return Observation()
    return Observation(state={_TARGET: _ON if found["State"] != "DISABLED" else _OFF}, evidence={"rule": found["Arn"]})


def _rule(name: str, _: Json, value: Json) -> tuple[Call, ...]:
    return (call("events", "enable_rule" if value == _ON else "disable_rule", Name=name),)


_GUARDS = {
    "AWS::GuardDuty::Detector": _Guard("detector", _read_detector, _detector),
    "AWS::Config::ConfigurationRecorder": _Guard("recorder", _read_recorder, _recorder),
    "AWS::SecurityHub::Hub": _Guard("Security Hub of", _read_hub, _hub),
    "AWS::AccessAnalyzer::Analyzer": _Guard("analyzer", _read_analyzer, _analyzer),
    "AWS::Events::Rule": _Guard("rule", _read_rule, _rule),
}

PLAYBOOK = Playbook(
    name="detector-restore",
    family=Family.DETECTION,
    summary="Switches GuardDuty, Config, Security Hub, Access Analyzer or a rule of ours on again.",
    problem="{id} no longer watches",
    risk="A detector or analyzer that is made again starts without its former findings, filters and members.",
    rights=(
        "access-analyzer:CreateAnalyzer",
        "access-analyzer:DeleteAnalyzer",
        "access-analyzer:GetAnalyzer",
        "config:DescribeConfigurationRecorderStatus",
        "config:StartConfigurationRecorder",
        "config:StopConfigurationRecorder",
        "events:DescribeRule",
        "events:DisableRule",
        "events:EnableRule",
        "guardduty:CreateDetector",
        "guardduty:DeleteDetector",
        "guardduty:GetDetector",
        "guardduty:ListDetectors",
        "guardduty:UpdateDetector",
        "securityhub:DescribeHub",
        "securityhub:DisableSecurityHub",
        "securityhub:EnableSecurityHub",
    ),
    acts_on=(
        "cloudtrail/guardduty-suspended.json",
        "cloudtrail/guardduty-deleted.json",
        "cloudtrail/config-recorder-stopped.json",
        "cloudtrail/security-hub-disabled.json",
        "cloudtrail/analyzer-deleted.json",
        "cloudtrail/own-rule-disabled.json",
    ),
    leaves=("cloudtrail/foreign-rule-disabled.json",),
    observe=observe,
    plan=plan,
)
