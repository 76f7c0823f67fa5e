"""A detector, recorder, hub, analyzer or rule of ours that was switched off is switched on again.

https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_suspend-disable.html and the pages of the other services.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from opsplane.errors import PermanentError, ResourceNotFound
from opsplane.model import Json, JsonObject
from opsplane.playbooks.plan import Api, Call, Observation, Step, call, change, live, part
from opsplane.playbooks.playbook import Family, Parameters, Playbook
from opsplane.signals.signal import Subject

_ON, _OFF = "on", "off"
_TARGET = "state"
_KIND = "kind of analyzer"


class _Guard(NamedTuple):
    """How one type of guard tells whether it is on, and how it is brought from one value to another."""

    word: str
    read: Callable[[Api, Subject], Observation]
    to: Callable[[Subject, Observation, Json], tuple[Call, ...]]
    gone: str = ""
    """What to do about one that is gone, where it cannot be made again; empty where it can."""
    anew: str = ""
    """What one that is made again lacks."""


def observe(api: Api, subject: Subject) -> Observation:
    """`on`, `off`, or absent."""
    return _GUARDS[subject.resource.type].read(api, subject)


def plan(subject: Subject, found: Observation, _: Parameters) -> tuple[Step, ...]:
    """One step, unless it is on, and one for each feature of a detector that was on when it was last seen in order.

    Raises:
        PermanentError: a recorder or a rule of ours is gone, a rule sends nothing to anybody any more, or nobody knows
            whether a feature was on.
    """
    name, guard = subject.resource.id, _GUARDS[subject.resource.type]
    before = found.state.get(_TARGET)
    if before == _ON and found.evidence.get("targets") == []:
        message = f"rule {name} is on, but its targets were taken away: deploy the fleet again"
        raise PermanentError(message)
    if before == _ON:
        return _features(subject, found)
    if before is None and guard.gone:
        message = f"{guard.word} {name} is gone: {guard.gone}"
        raise PermanentError(message)

    def to(value: Json) -> tuple[Call, ...]:
        return guard.to(subject, found, value)

    how = f" ({guard.anew})" if before is None and guard.anew and not found.former else ""
    summary = f"Switch {guard.word} {name} on again{how}"
    return (change(_TARGET, summary, before=before, after=_ON, to=to), *_features(subject, found))


def _features(subject: Subject, found: Observation) -> tuple[Step, ...]:
    """The features of a detector that is there which were on, and are off."""
    lost = {
        target: former
        for target, former in found.former.items()
        if target in found.state and _is_on(former) and not _is_on(found.state[target])
    }
    disabled = subject.facts.get("disabled")
    unknown = [each for each in disabled if f"feature {each}" not in found.former] if disabled else []
    if not lost and unknown and found.state.get(_TARGET) == _ON:
        message = f"never seen in order: nobody knows whether these were on: {', '.join(unknown)}"
        raise PermanentError(message)
    return tuple(_feature(target, found.state[target], former) for target, former in lost.items())


def _feature(target: str, before: Json, former: Json) -> Step:
    name = target.removeprefix("feature ")

    def to(value: Json) -> tuple[Call, ...]:
        features = [_told(name, value)]
        return (call("guardduty", "update_detector", DetectorId=live("detector"), Features=features),)

    return change(target, f"Switch feature {name} of the detector on again", before=before, after=former, to=to)


def _told(name: str, value: Json) -> JsonObject:
    return {"Name": name, **(value if isinstance(value, dict) else {})}


def _is_on(feature: Json) -> bool:
    return isinstance(feature, dict) and feature.get("Status") == "ENABLED"


def remember(found: Observation, _: Parameters) -> JsonObject:
    """What an analyzer is, and the features of a detector that is on which are on; else what was known before."""
    features = {target: value for target, value in found.state.items() if target.startswith("feature ")}
    seen = features if found.state.get(_TARGET) == _ON else {}
    analyzer = {_KIND: kind} if (kind := found.evidence.get(_KIND)) else {}
    return {**found.former, **{target: value for target, value in seen.items() if _is_on(value)}, **analyzer}


def _read_detector(api: Api, _: Subject) -> Observation:
    """The account's only detector, whatever its id: one that is made again has another."""
    found = api.read("guardduty", "list_detectors")["DetectorIds"]
    if not found:
        return Observation()
    detector = api.read("guardduty", "get_detector", DetectorId=found[0])
    state: dict[str, Json] = {_TARGET: _ON if detector["Status"] == "ENABLED" else _OFF}
    listed = (each for each in detector.get("Features", []) if each["Name"] not in _ALWAYS)
    state |= {f"feature {each['Name']}": _settings(each) for each in listed}
    return Observation(
        tags=detector.get("Tags", {}), state=state, handles={"detector": found[0]}, evidence={"detector": found[0]}
    )


_ALWAYS = frozenset({"CLOUD_TRAIL", "DNS_LOGS", "FLOW_LOGS"})
"""What GuardDuty lists among the features of a detector, and nobody can switch."""


def _settings(feature: dict[str, Any]) -> Json:
    more = [{"Name": each["Name"], "Status": each["Status"]} for each in feature.get("AdditionalConfiguration") or []]
    return {"Status": feature["Status"], **({"AdditionalConfiguration": more} if more else {})}


def _detector(_: Subject, found: Observation, value: Json) -> tuple[Call, ...]:
    if value is None:
        return (call("guardduty", "delete_detector", DetectorId=live("detector")),)
    if _TARGET not in found.state:
        features = [_told(target.removeprefix("feature "), former) for target, former in found.former.items()]
        known: dict[str, Any] = {"Features": features} if features else {}
        return (call("guardduty", "create_detector", Enable=True, **known),)
    return (call("guardduty", "update_detector", DetectorId=live("detector"), Enable=value == _ON),)


def _read_recorder(api: Api, subject: Subject) -> Observation:
    asked = {"ConfigurationRecorderNames": [subject.resource.id]}
    listed = part(api, "config", "describe_configuration_recorder_status", **asked).get("ConfigurationRecordersStatus")
    if not listed:
        return Observation()
    return Observation(state={_TARGET: _ON if listed[0]["recording"] else _OFF}, evidence={"recorder": listed[0]})


def _recorder(subject: Subject, _: Observation, value: Json) -> tuple[Call, ...]:
    way = "start" if value == _ON else "stop"
    return (call("config", f"{way}_configuration_recorder", ConfigurationRecorderName=subject.resource.id),)


def _read_hub(api: Api, _: Subject) -> Observation:
    try:
        found = api.read("securityhub", "describe_hub")
    except ResourceNotFound:
        return Observation()
    except PermanentError as error:
        # An account without Security Hub answers with an error of its own; a refusal is another matter.
        if "InvalidAccessException" not in str(error):
            raise
        return Observation()
    return Observation(state={_TARGET: _ON}, evidence={"hub": found.get("HubArn")})


def _hub(_: Subject, __: Observation, value: Json) -> tuple[Call, ...]:
    return (call("securityhub", "enable_security_hub" if value == _ON else "disable_security_hub"),)


def _read_analyzer(api: Api, subject: Subject) -> Observation:
    found = part(api, "accessanalyzer", "get_analyzer", analyzerName=subject.resource.id).get("analyzer")
    if not found:
        return Observation()
    kind = {key: found[key] for key in ("type", "configuration") if found.get(key)}
    evidence = {"analyzer": found["arn"], _KIND: kind}
    return Observation(tags=found.get("tags") or {}, state={_TARGET: _ON}, evidence=evidence)


def _analyzer(subject: Subject, found: Observation, value: Json) -> tuple[Call, ...]:
    name = subject.resource.id
    if value is None:
        return (call("accessanalyzer", "delete_analyzer", analyzerName=name),)
    kind: dict[str, Any] = found.former.get(_KIND) or {"type": "ACCOUNT"}
    return (call("accessanalyzer", "create_analyzer", analyzerName=name, **kind),)


def _read_rule(api: Api, subject: Subject) -> Observation:
    where = _bus(subject)
    found: dict[str, Any] = part(api, "events", "describe_rule", Name=subject.resource.id, **where)
    if not found:
        return Observation()
    targets = part(api, "events", "list_targets_by_rule", Rule=subject.resource.id, **where).get("Targets", [])
    return Observation(
        state={_TARGET: _ON if found["State"] != "DISABLED" else _OFF},
        evidence={"rule": found["Arn"], "targets": [each["Arn"] for each in targets]},
    )


def _bus(subject: Subject) -> dict[str, Any]:
    """The bus of a rule, where it is not the account's own one."""
    bus = subject.facts.get("bus")
    return {"EventBusName": bus} if bus else {}


def _rule(subject: Subject, _: Observation, value: Json) -> tuple[Call, ...]:
    way = "enable_rule" if value == _ON else "disable_rule"
    return (call("events", way, Name=subject.resource.id, **_bus(subject)),)


_GUARDS = {
    "AWS::GuardDuty::Detector": _Guard("detector", _read_detector, _detector, anew="with GuardDuty's usual features"),
    "AWS::Config::ConfigurationRecorder": _Guard(
        "recorder", _read_recorder, _recorder, gone="make it again with its role and what it recorded"
    ),
    "AWS::SecurityHub::Hub": _Guard("Security Hub of", _read_hub, _hub, anew="with its default standards"),
    "AWS::AccessAnalyzer::Analyzer": _Guard(
        "analyzer", _read_analyzer, _analyzer, anew="as one of the account, for external access, without archive rules"
    ),
    "AWS::Events::Rule": _Guard("rule", _read_rule, _rule, gone="deploy the fleet again"),
}

PLAYBOOK = Playbook(
    name="detector-restore",
    family=Family.DETECTION,
    summary="Switches GuardDuty with its features, Config, Security Hub, Access Analyzer or a rule of ours on again.",
    problem="{id} no longer watches",
    risk="What is made again starts without its former findings, filters, members, standards and archive rules.",
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
        "events:ListTargetsByRule",
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
    remember=remember,
)
