"""The AWS API that playbooks read and steps call."""

from collections.abc import Callable
from typing import Any

from opsplane.adapters.aws.clients import client
from opsplane.adapters.aws.faults import translated
from opsplane.playbooks.plan import Call

_NOISE = "ResponseMetadata"


class AwsApi:
    """Implements `opsplane.playbooks.plan.Api` with boto3 in one account and region."""

    def __init__(self, region: str, connect: Callable[[str, str], Any] = client) -> None:
        """Calls go to `region`; `connect` makes the client of a service there, by default in our own account."""
        self._region = region
        self._connect = connect

    def call(self, call: Call) -> dict[str, Any]:
        """Make one call; see the port for what it raises."""
        with translated(f"{call.service} {call.operation}"):
            answer: dict[str, Any] = getattr(self._connect(call.service, self._region), call.operation)(
                **call.parameters
            )
        answer.pop(_NOISE, None)
        return answer

    def read(self, service: str, operation: str, **parameters: Any) -> dict[str, Any]:
        """Make one reading call and join its pages; see the port for what it raises."""
        with translated(f"{service} {operation}"):
            reader = self._connect(service, self._region)
            if reader.can_paginate(operation):
                answer: dict[str, Any] = reader.get_paginator(operation).paginate(**parameters).build_full_result()
            else:
                answer = getattr(reader, operation)(**parameters)
        answer.pop(_NOISE, None)
        return answer
