"""What ministack 1.5.33 lacks for our fleet: one file per gap, each as small as the gap.

A test next to each gap fails when ministack has grown the feature by itself; the file is deleted then.
"""

from collections.abc import Callable
from types import MappingProxyType

from opsplane_local.emulators.ministack_gaps import (
    archive_resources,
    asynchronous_delivery,
    aws_event_sources,
    bus_policies,
    empty_secrets,
    evaluated_resources,
    fleet_alarms,
    function_properties,
    loopback_transport,
    one_time_schedules,
    policy_versions,
    saved_queries,
    schedule_resources,
    schedule_zones,
    table_properties,
    vault_locks,
)

GAPS: MappingProxyType[str, Callable[[], None]] = MappingProxyType(
    {
        "archive_resources": archive_resources.install,
        "asynchronous_delivery": asynchronous_delivery.install,
        "aws_event_sources": aws_event_sources.install,
        "bus_policies": bus_policies.install,
        "empty_secrets": empty_secrets.install,
        "evaluated_resources": evaluated_resources.install,
        "fleet_alarms": fleet_alarms.install,
        "function_properties": function_properties.install,
        "loopback_transport": loopback_transport.install,
        "one_time_schedules": one_time_schedules.install,
        "policy_versions": policy_versions.install,
        "saved_queries": saved_queries.install,
        "schedule_resources": schedule_resources.install,
        "schedule_zones": schedule_zones.install,
        "table_properties": table_properties.install,
        "vault_locks": vault_locks.install,
    }
)
"""Every gap by name with the function that fills it."""


def install() -> None:
    """Fill all gaps, once, before ministack answers its first request."""
    for fill in GAPS.values():
        fill()
