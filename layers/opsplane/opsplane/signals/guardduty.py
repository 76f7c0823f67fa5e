"""GuardDuty findings.

https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings_eventbridge.html
EventBridge sends camelCase; the GetFindings API's PascalCase never comes this way.
"""

import re
from typing import Any

from pydantic import Field

from opsplane.signals.envelope import AccountId, Envelope, Region, Wire, parse_wire
from opsplane.signals.guardduty_details import Details, addresses
from opsplane.signals.guardduty_kinds import kind_of
from opsplane.signals.signal import Kind, Resource, Severity, Signal, dedupe_key

DETAIL_TYPE = "GuardDuty Finding"

_ONE_FOR_EACH_RESOURCE = frozenset(
    {Kind.BUCKET_EXPOSURE, Kind.ACCOUNT_PUBLIC_ACCESS, Kind.BUCKET_PROTECTION, Kind.TRAIL, Kind.PRIVILEGED_TASK}
)
"""Configurations, which other sources tell of too: they share one item. An attack has an item for each finding."""


class Service(Wire):
    """What GuardDuty says of its own finding."""

    archived: bool = False
    count: int = 1
    resource_role: str = Field("", alias="resourceRole")
    additional: dict[str, Any] | None = Field(None, alias="additionalInfo")
    action: dict[str, Any] | None = None


class Detail(Wire):
    """The part of a finding that we read."""

    id: str = Field(min_length=1, max_length=128)
    type: str = Field(min_length=1, max_length=256)
    score: float = Field(alias="severity", ge=0, le=10)
    title: str = ""
    account: AccountId = Field(alias="accountId")
    region: Region
    resource: dict[str, Any] = Field(default_factory=dict)
    service: Service = Field(default_factory=Service)


def severity(score: float) -> Severity:
    """GuardDuty's number as a level: 1 to 3.9 low, to 6.9 medium, to 8.9 high, from 9 critical."""
    levels = ((9.0, Severity.CRITICAL), (7.0, Severity.HIGH), (4.0, Severity.MEDIUM), (1.0, Severity.LOW))
    return next((level for floor, level in levels if score >= floor), Severity.INFO)


def parse(envelope: Envelope) -> tuple[Signal, ...]:
    """The one signal of a finding; repeats of a finding share their item.

    Raises:
        UnhandledEvent: a field is missing or wrong.
    """
    detail = parse_wire(Detail, envelope.detail, "GuardDuty finding")
    kind = kind_of(detail.type, detail.service.resource_role, detail.resource)
    details = Details(detail.resource)
    type_name, name = details.identify(kind, detail.account)
    resource = Resource(type=type_name, id=name, account=detail.account, region=detail.region)
    occurrence = [] if kind in _ONE_FOR_EACH_RESOURCE else [detail.id]
    return (
        Signal(
            id=f"{envelope.id}:{kind.value}",
            kind=kind,
            source=envelope.source,
            severity=severity(detail.score),
            title=detail.title or f"{detail.type} on {resource.id}",
            resource=resource,
            time=envelope.time,
            dedupe_key=dedupe_key(kind, resource, *occurrence),
            environment=details.tags.get("Environment"),
            facts={**_facts(detail), **details.facts()},
            dismissal=_dismissal(detail),
            tags=details.tags,
        ),
    )


def _facts(detail: Detail) -> dict[str, Any]:
    return {
        "type": detail.type,
        "score": detail.score,
        "count": detail.service.count,
        "side": detail.service.resource_role,
        "finding": detail.id,
        "addresses": addresses(detail.service.action),
    }


def _dismissal(detail: Detail) -> str | None:
    if detail.service.archived:
        return "the finding is archived in GuardDuty"
    told = detail.service.additional or {}
    if told.get("sample") is True or _SAMPLE.search(str(told.get("value", ""))):
        return "a sample finding of GuardDuty"
    return None


_SAMPLE = re.compile(r'"sample"\s*:\s*true\b')
"""In some findings the mark stands only in the JSON text that `additionalInfo.value` is."""
