"""A trail that was stopped, weakened or deleted records again with the settings that it had.

https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-turning-off-logging.html
"""

from typing import Any

from opsplane.errors import PermanentError, ResourceNotFound
from opsplane.model import Json, JsonObject
from opsplane.playbooks.plan import Api, Call, Observation, Step, call, change, live, part, tags_of
from opsplane.playbooks.playbook import Family, Parameters, Playbook
from opsplane.signals.signal import Resource, Subject

_SETTINGS = {
    "S3BucketName": "S3BucketName",
    "S3KeyPrefix": "S3KeyPrefix",
    "SnsTopicARN": "SnsTopicName",
    "IncludeGlobalServiceEvents": "IncludeGlobalServiceEvents",
    "IsMultiRegionTrail": "IsMultiRegionTrail",
    "IsOrganizationTrail": "IsOrganizationTrail",
    "LogFileValidationEnabled": "EnableLogFileValidation",
    "CloudWatchLogsLogGroupArn": "CloudWatchLogsLogGroupArn",
    "CloudWatchLogsRoleArn": "CloudWatchLogsRoleArn",
    "KmsKeyId": "KmsKeyId",
}
"""What DescribeTrails calls a setting, and what UpdateTrail calls it."""

_TOGETHER = frozenset({"CloudWatchLogsLogGroupArn", "CloudWatchLogsRoleArn"})
"""Settings that UpdateTrail takes only together."""

_ORGANIZATION = "IsOrganizationTrail"
_CHANGES = frozenset({"PutEventSelectors", "UpdateTrail"})
_ACCOUNT = "AWS::::Account"


def observe(api: Api, subject: Subject) -> Observation:
    """The trail that is meant, or all of the account's: whether it records, its settings and its selectors.

    A trail is changed in its account and home region alone; others that are listed here stand in the evidence.
    """
    listed = [each for each in api.read("cloudtrail", "describe_trails")["trailList"] if _is_meant(each, subject)]
    trails = [each for each in listed if _is_here(each, subject.resource)]
    elsewhere = [each["TrailARN"] for each in listed if each not in trails]
    state: dict[str, Json] = {}
    tags: dict[str, str] = {}
    undelivered: dict[str, Json] = {}
    for trail in trails:
        try:
            status = api.read("cloudtrail", "get_trail_status", Name=trail["TrailARN"])
            state |= _state(api, trail, recording=bool(status["IsLogging"]))
            tags |= _tags(api, trail["TrailARN"])
        except ResourceNotFound:
            # It was deleted, and is listed for a moment yet.
            state = {target: value for target, value in state.items() if not target.endswith(f" {trail['Name']}")}
            continue
        if fault := status.get("LatestDeliveryError"):
            undelivered[trail["Name"]] = fault
    arns: dict[str, Json] = {f"arn of {trail['Name']}": trail["TrailARN"] for trail in trails}
    evidence = {"trails": trails, "elsewhere": elsewhere, "undelivered": undelivered}
    return Observation(tags=tags, state=state, evidence=evidence, handles=arns)


def _state(api: Api, trail: dict[str, Any], *, recording: bool) -> dict[str, Json]:
    name = trail["Name"]
    found = part(api, "cloudtrail", "get_event_selectors", TrailName=trail["TrailARN"])
    settings: Json = {key: trail[key] for key in _SETTINGS if trail.get(key) not in {None, ""}}
    selectors: Json = found.get("AdvancedEventSelectors") or found.get("EventSelectors") or []
    return {
        f"recording of {name}": recording,
        f"settings of {name}": settings,
        f"selectors of {name}": selectors,
        f"trail {name}": {"settings": settings, "selectors": selectors},
    }


def _tags(api: Api, arn: str) -> dict[str, str]:
    listed = api.read("cloudtrail", "list_tags", ResourceIdList=[arn])["ResourceTagList"]
    return tags_of(listed[0]["TagsList"]) if listed else {}


def _is_here(trail: dict[str, Any], resource: Resource) -> bool:
    """Whether it can be changed from here: neither the shadow of another region's trail nor the organization's.

    https://docs.aws.amazon.com/awscloudtrail/latest/userguide/creating-trail-organization.html
    """
    home = trail.get("HomeRegion", resource.region)
    return bool(home == resource.region and trail["TrailARN"].split(":")[4] == resource.account)


def _is_meant(trail: dict[str, Any], subject: Subject) -> bool:
    named = subject.resource.id
    return subject.resource.type == _ACCOUNT or named in {trail["Name"], trail["TrailARN"]}


def plan(subject: Subject, found: Observation, _: Parameters) -> tuple[Step, ...]:
    """Steps for what differs from how it was last seen in order; recording is switched on in any case.

    Raises:
        PermanentError: the trail is gone or was changed and nobody knows how it was, it belongs elsewhere, or what it
            records does not arrive.
    """
    name = subject.resource.id.rsplit("/", 1)[-1]
    if not found.state and (elsewhere := found.evidence.get("elsewhere")):
        message = f"it can be changed only in its own account and home region: {', '.join(elsewhere)}"
        raise PermanentError(message)
    if not found.state and subject.resource.type == _ACCOUNT:
        message = "no trail of this account has its home in this region: nobody knows what it should be"
        raise PermanentError(message)
    if not found.state:
        return _make_again(name, found.former)
    names = [target.removeprefix("recording of ") for target in found.state if target.startswith("recording of ")]
    steps = tuple(step for each in names for step in _steps(each, found))
    if not steps and (fault := _fault(subject, found)):
        raise PermanentError(fault)
    return steps


def _fault(subject: Subject, found: Observation) -> str | None:
    """What is wrong, or may be, although there is nothing to put back."""
    if undelivered := found.evidence.get("undelivered"):
        faults = ", ".join(f"trail {name}: {fault}" for name, fault in undelivered.items())
        return f"it records, but nothing arrives in its bucket: {faults}"
    if subject.facts.get("call", "UpdateTrail") not in _CHANGES:
        return None
    unknown = (each for each in found.evidence["trails"] if f"settings of {each['Name']}" not in found.former)
    weak = [each["Name"] for each in unknown if _is_weak(each, found.state.get(f"selectors of {each['Name']}"))]
    if not weak:
        return None
    return f"never seen in order, and records less than it could or without validation: {', '.join(weak)}"


def _is_weak(trail: dict[str, Any], selectors: Json) -> bool:
    """Whether a trail that nobody knew may have been weakened: then it must not become the model either."""
    if not (trail.get("LogFileValidationEnabled") and trail.get("IncludeGlobalServiceEvents")):
        return True
    listed = [each for each in selectors if isinstance(each, dict)] if isinstance(selectors, list) else []
    managing = (
        "'Management'" in str(each.get("FieldSelectors"))
        or (each.get("IncludeManagementEvents") and each.get("ReadWriteType", "All") == "All")
        for each in listed
    )
    return bool(listed) and not any(managing)


def _steps(name: str, found: Observation) -> list[Step]:
    steps = [
        _restore(name, part_name, found.state[f"{part_name} of {name}"], found.former[f"{part_name} of {name}"])
        for part_name in _PARTS
        if f"{part_name} of {name}" in found.former
        and found.former[f"{part_name} of {name}"] != found.state[f"{part_name} of {name}"]
    ]
    if not found.state[f"recording of {name}"]:
        steps.append(_start(name))
    return steps


def _restore(name: str, what: str, before: Json, former: Json) -> Step:
    def to(value: Json) -> tuple[Call, ...]:
        if what == "selectors":
            return (_select(name, value),)
        return (_update(name, before if value is former else former, value),)

    return change(f"{what} of {name}", f"Give trail {name} back its {what}", before=before, after=former, to=to)


def _select(trail: Json, value: Json) -> Call:
    """The call for selectors of either kind; each replaces those of the other."""
    first = value[0] if isinstance(value, list) and value else {}
    kind = "AdvancedEventSelectors" if isinstance(first, dict) and "FieldSelectors" in first else "EventSelectors"
    selectors: dict[str, Any] = {kind: value}
    return call("cloudtrail", "put_event_selectors", TrailName=trail, **selectors)


def _update(name: str, present: Json, wanted: Json) -> Call:
    """The call for the settings that differ; what a trail shall not have is set to nothing.

    UpdateTrail leaves alone what it is not told, e.g. the key of somebody else with which the logs are encrypted.
    """
    now, then = (each if isinstance(each, dict) else {} for each in (present, wanted))
    differing = {key for key in _SETTINGS if now.get(key) != then.get(key)}
    told = differing | (_TOGETHER if differing & _TOGETHER else frozenset())
    named: dict[str, Any] = {_SETTINGS[key]: then.get(key, "") for key in _SETTINGS if key in told}
    return call("cloudtrail", "update_trail", Name=name, **named)


def _start(name: str) -> Step:
    def to(value: Json) -> tuple[Call, ...]:
        return (call("cloudtrail", "start_logging" if value else "stop_logging", Name=name),)

    return change(f"recording of {name}", f"Have trail {name} record again", before=False, after=True, to=to)


def _make_again(name: str, former: JsonObject) -> tuple[Step, ...]:
    settings, selectors = former.get(f"settings of {name}"), former.get(f"selectors of {name}")
    if not settings or selectors is None:
        message = f"trail {name} was deleted and never seen in order: nobody knows its settings"
        raise PermanentError(message)
    # Only the management account of an organization may say anything of it.
    named: dict[str, Any] = {_SETTINGS[key]: each for key, each in settings.items() if each or key != _ORGANIZATION}
    choosing = (_select(name, selectors),) if selectors else ()
    making = Step(
        target=f"trail {name}",
        summary=f"Make trail {name} again",
        before=None,
        after={"settings": settings, "selectors": selectors},
        apply=(call("cloudtrail", "create_trail", Name=name, **named), *choosing),
        undo=(call("cloudtrail", "delete_trail", Name=name),),
    )
    starting = Step(
        target=f"recording of {name}",
        summary=f"Have trail {name} record again",
        before=False,
        after=True,
        apply=(call("cloudtrail", "start_logging", Name=live(f"arn of {name}")),),
        final="it ends with the trail",
    )
    return (making, starting)


def remember(found: Observation, _: Parameters) -> JsonObject:
    """Settings and selectors of every trail that records; of one that does not, what was known before."""
    recording = [
        target.removeprefix("recording of ")
        for target, value in found.state.items()
        if target.startswith("recording of ") and value
    ]
    seen = {f"{what} of {name}": found.state[f"{what} of {name}"] for name in recording for what in _PARTS}
    return {**found.former, **{key: value for key, value in seen.items() if key not in found.former}}


_PARTS = ("settings", "selectors")

PLAYBOOK = Playbook(
    name="cloudtrail-restore",
    family=Family.DETECTION,
    summary="Has a trail record again, with the settings and selectors that it had.",
    problem="Trail {id} no longer records what it should",
    risk="A trail that was replaced on purpose records, and costs, twice.",
    rights=(
        "cloudtrail:CreateTrail",
        "cloudtrail:DeleteTrail",
        "cloudtrail:DescribeTrails",
        "cloudtrail:GetEventSelectors",
        "cloudtrail:GetTrailStatus",
        "cloudtrail:ListTags",
        "cloudtrail:PutEventSelectors",
        "cloudtrail:StartLogging",
        "cloudtrail:StopLogging",
        "cloudtrail:UpdateTrail",
        "iam:PassRole",
    ),
    acts_on=(
        "cloudtrail/trail-stopped.json",
        "cloudtrail/trail-weakened.json",
        "cloudtrail/trail-deleted.json",
        "guardduty/trail-logging-disabled.json",
    ),
    leaves=("cloudtrail/trail-started.json",),
    observe=observe,
    plan=plan,
    remember=remember,
    rolls_back=False,
)
