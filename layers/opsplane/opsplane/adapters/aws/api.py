"""The AWS API that playbooks read and steps call."""

from typing import Any, Protocol

from opsplane.adapters.aws.clients import client
from opsplane.adapters.aws.faults import translated
from opsplane.playbooks.plan import Call

_NOISE = "ResponseMetadata"


class Connect(Protocol):
    """Makes clients; see `opsplane.adapters.aws.clients.client`."""

    def __call__(self, service: str, region: str, *, whole: bool = False) -> Any:
        """The client of a service in a region."""
        ...


class AwsApi:
    """Implements `opsplane.playbooks.plan.Api` with botocore in one account and region."""

    def __init__(self, region: str, connect: Connect = client) -> None:
        """Calls go to `region`; `connect` makes the client of a service there, by default in our own account."""
        self._region = region
        self._connect = connect

    def call(self, call: Call) -> dict[str, Any]:
        """Make one call; see the port for what it raises."""
        with translated(f"{call.service} {call.operation}"):
            answer: dict[str, Any] = getattr(self._client(call.service, call.operation), call.operation)(
                **call.parameters
            )
        answer.pop(_NOISE, None)
        return answer

    def read(self, service: str, operation: str, **parameters: Any) -> dict[str, Any]:
        """Make one reading call and join its pages; see the port for what it raises."""
        with translated(f"{service} {operation}"):
            reader = self._client(service, operation)
            if reader.can_paginate(operation):
                answer: dict[str, Any] = reader.get_paginator(operation).paginate(**parameters).build_full_result()
            else:
                answer = getattr(reader, operation)(**parameters)
        answer.pop(_NOISE, None)
        return answer

    def _client(self, service: str, operation: str) -> Any:
        """The client of a service; one that knows all operations when the usual one leaves this one out."""
        usual = self._connect(service, self._region)
        known = operation in usual.meta.method_to_api_mapping
        return usual if known else self._connect(service, self._region, whole=True)
