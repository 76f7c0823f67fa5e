"""EC2: how an instance gives out its metadata."""

import re
from collections.abc import Mapping

from opsplane.signals.calls.heard import Heard, Reader, Record, checked, items
from opsplane.signals.signal import Kind

_ID = re.compile(r"i-[0-9a-f]{8,17}")


def read_options(record: Record) -> tuple[Heard, ...]:
    """ModifyInstanceMetadataOptions; one that asks for tokens, or switches the service off, is harmless.

    One that switches the service on again, and says nothing of tokens, is not: live state tells.
    """
    request = record.value("ModifyInstanceMetadataOptionsRequest")
    told = request if isinstance(request, dict) else record.request
    instance = told.get("InstanceId") or told.get("instanceId")
    tokens = told.get("HttpTokens") or told.get("httpTokens")
    switched_on = "enabled" in {told.get("HttpEndpoint"), told.get("httpEndpoint")}
    opens = tokens == "optional" or (switched_on and tokens != "required")
    harmless = None if opens else "the call does not let metadata out without a token"
    return (_heard(record, instance, harmless),)


def read_launch(record: Record) -> tuple[Heard, ...]:
    """RunInstances: each new instance that gives out metadata without a token."""
    launched = items(record.response.get("instancesSet"))
    open_ones = [
        each.get("instanceId")
        for each in launched
        if isinstance(each.get("metadataOptions"), dict) and each["metadataOptions"].get("httpTokens") == "optional"
    ]
    return tuple(_heard(record, each) for each in open_ones)


def _heard(record: Record, found: object, harmless: str | None = None) -> Heard:
    instance = checked(record, found, _ID, "AWS::EC2::Instance")
    return Heard(
        kind=Kind.INSTANCE_METADATA, type="AWS::EC2::Instance", id=instance, harmless=harmless, more=(instance,)
    )


CALLS: Mapping[str, Reader] = {"ModifyInstanceMetadataOptions": read_options, "RunInstances": read_launch}
