"""Put entries on the default bus, signed as the person at the laptop: roles may not use `aws.*` sources."""

import asyncio
import json
import logging
from typing import Any

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from opsplane_local.gateway.call import Request, Response
from opsplane_local.gateway.forwarding import EmulatorDownError, Forwarder

BATCH = 10
"""PutEvents takes no more entries at once."""

LARGEST_BATCH = 230_000
"""Bytes of entries in one PutEvents, below its limit of 256 KB."""

PAUSES = (0.2, 1.0, 3.0)
"""Seconds between attempts, while an emulator restarts."""

OK = 200

logger = logging.getLogger("opsplane.gateway.trail")


class Delivery:
    """Sends entries to the bus and counts what became of them."""

    def __init__(self, ministack: Forwarder, region: str) -> None:
        """Send to `ministack`."""
        self._ministack = ministack
        self._region = region
        self._signer = SigV4Auth(Credentials("test", "test"), "events", region)
        self.sent = 0
        self.dropped = 0

    async def put(self, entries: list[dict[str, Any]]) -> None:
        """Put all `entries` on the bus, in order; what cannot be delivered is logged and dropped."""
        for batch in batches(entries):
            await self._put_batch(batch)

    async def _put_batch(self, batch: list[dict[str, Any]]) -> None:
        reason = ""
        for pause in (*PAUSES, None):
            try:
                response = await self._ministack.forward(self._signed(json.dumps({"Entries": batch}).encode()))
            except EmulatorDownError as error:
                reason = str(error)
            else:
                refused = _refused(response, len(batch))
                self.sent += len(batch) - len(refused)
                self._drop(refused)
                return
            if pause is not None:
                await asyncio.sleep(pause)
        self._drop([reason] * len(batch))

    def _drop(self, reasons: list[str]) -> None:
        self.dropped += len(reasons)
        for reason in reasons:
            logger.error("An event was not delivered: %s", reason)

    def _signed(self, body: bytes) -> Request:
        headers = {"content-type": "application/x-amz-json-1.1", "x-amz-target": "AWSEvents.PutEvents"}
        request = AWSRequest("POST", f"{self._ministack.url}/", headers=headers, data=body)
        self._signer.add_auth(request)
        raw = [(name.lower().encode(), str(value).encode()) for name, value in request.headers.items()]
        host = self._ministack.url.partition("://")[2].encode()
        return Request("POST", b"/", b"", [(b"host", host), *raw], body, "")


def batches(entries: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Return `entries` in order, in groups that PutEvents takes: by number and by size."""
    grouped: list[list[dict[str, Any]]] = []
    size = 0
    for entry in entries:
        weight = len(entry["Detail"])
        if not grouped or len(grouped[-1]) == BATCH or size + weight > LARGEST_BATCH:
            grouped.append([])
            size = 0
        grouped[-1].append(entry)
        size += weight
    return grouped


def _refused(response: Response, count: int) -> list[str]:
    """Return why entries were refused, one reason each."""
    if response.status != OK:
        return [f"{response.status} {response.body[:300].decode('utf-8', 'replace')}"] * count
    results = json.loads(response.body)["Entries"]
    return [f"{result['ErrorCode']} {result['ErrorMessage']}" for result in results if "ErrorCode" in result]
