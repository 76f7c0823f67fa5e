"""A trail that was stopped, weakened or deleted records again with the settings that it had.

https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-turning-off-logging.html
"""

from typing import Any

from opsplane.errors import PermanentError
from opsplane.model import Json, JsonObject
from opsplane.playbooks.plan import Api, Call, Observation, Step, call, change, part, tags_of
from opsplane.playbooks.playbook import Family, Parameters, Playbook
from opsplane.signals.signal import Subject

_SETTINGS = {
    "S3BucketName": "S3BucketName",
    "S3KeyPrefix": "S3KeyPrefix",
    "IncludeGlobalServiceEvents": "IncludeGlobalServiceEvents",
    "IsMultiRegionTrail": "IsMultiRegionTrail",
    "LogFileValidationEnabled": "EnableLogFileValidation",
    "CloudWatchLogsLogGroupArn": "CloudWatchLogsLogGroupArn",
    "CloudWatchLogsRoleArn": "CloudWatchLogsRoleArn",
    "KmsKeyId": "KmsKeyId",
}
"""What DescribeTrails calls a setting, and what UpdateTrail calls it."""


def observe(api: Api, subject: Subject) -> Observation:
    """The trail that is meant, or all of the account's: whether it records, its settings and its selectors."""
    trails = [each for each in api.read("cloudtrail", "describe_trails")["trailList"] if _is_meant(each, subject)]
    state: dict[str, Json] = {}
    tags: dict[str, str] = {}
    for trail in trails:
        name, arn = trail["Name"], trail["TrailARN"]
        state[f"recording of {name}"] = bool(api.read("cloudtrail", "get_trail_status", Name=arn)["IsLogging"])
        state[f"settings of {name}"] = {key: trail[key] for key in _SETTINGS if trail.get(key) is not None}
        selectors = part(api, "cloudtrail", "get_event_selectors", TrailName=arn).get("EventSelectors")
        state[f"selectors of {name}"] = selectors or []
        listed = api.read("cloudtrail", "list_tags", ResourceIdList=[arn])["ResourceTagList"]
        tags |= tags_of(listed[0]["TagsList"]) if listed else {}
    return Observation(tags=tags, state=state, evidence={"trails": trails})


def _is_meant(trail: dict[str, Any], subject: Subject) -> bool:
    named = subject.resource.id
    return subject.resource.type == "AWS::::Account" or named in {trail["Name"], trail["TrailARN"]}


def plan(subject: Subject, found: Observation, _: Parameters) -> tuple[Step, ...]:
    """Steps for what differs from how it was last seen in order; recording is switched on in any case.

    Raises:
        PermanentError: the trail is gone and nobody knows its settings.
    """
    name = subject.resource.id.rsplit("/", 1)[-1]
    if not found.state and subject.resource.type != "AWS::::Account":
        return _make_again(name, found.former)
    names = [target.removeprefix("recording of ") for target in found.state if target.startswith("recording of ")]
    return tuple(step for each in names for step in _steps(each, found))


def _steps(name: str, found: Observation) -> list[Step]:
    steps = [
        _restore(name, part_name, found.state[f"{part_name} of {name}"], found.former[f"{part_name} of {name}"])
        for part_name in ("settings", "selectors")
        if f"{part_name} of {name}" in found.former
        and found.former[f"{part_name} of {name}"] != found.state[f"{part_name} of {name}"]
    ]
    if not found.state[f"recording of {name}"]:
        steps.append(_start(name))
    return steps


def _restore(name: str, what: str, before: Json, former: Json) -> Step:
    def to(value: Json) -> tuple[Call, ...]:
        if what == "selectors":
            return (call("cloudtrail", "put_event_selectors", TrailName=name, EventSelectors=value),)
        settings = value if isinstance(value, dict) else {}
        named: dict[str, Any] = {_SETTINGS[key]: each for key, each in settings.items()}
        return (call("cloudtrail", "update_trail", Name=name, **named),)

    return change(f"{what} of {name}", f"Give trail {name} back its {what}", before=before, after=former, to=to)


def _start(name: str) -> Step:
    def to(value: Json) -> tuple[Call, ...]:
        return (call("cloudtrail", "start_logging" if value else "stop_logging", Name=name),)

    return change(f"recording of {name}", f"Have trail {name} record again", before=False, after=True, to=to)


def _make_again(name: str, former: JsonObject) -> tuple[Step, ...]:
    settings = former.get(f"settings of {name}")
    if not settings:
        message = f"trail {name} was deleted and never seen in order: nobody knows its settings"
        raise PermanentError(message)
    named: dict[str, Any] = {_SETTINGS[key]: each for key, each in settings.items()}
    making = Step(
        target=f"settings of {name}",
        summary=f"Make trail {name} again",
        before=None,
        after=settings,
        apply=(call("cloudtrail", "create_trail", Name=name, **named),),
        undo=(call("cloudtrail", "delete_trail", Name=name),),
    )
    starting = Step(
        target=f"recording of {name}",
        summary=f"Have trail {name} record again",
        before=None,
        after=True,
        apply=(call("cloudtrail", "start_logging", Name=name),),
        undo=(call("cloudtrail", "stop_logging", Name=name),),
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
