"""Makes a sample new: now, here, and with identifiers that nobody has seen."""

import hashlib
import json
import re
import secrets
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from opsplane_local.scenes.envelopes import LOCAL_ACCOUNT, LOCAL_REGION, Event, rewrite, substitute, texts

_TIMESTAMP: Final = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d+)?(Z|[+-]\d\d:?\d\d)")
_DETAIL_IDENTIFIERS: Final = ("eventID", "requestID", "id", "findingArn")


def refresh(
    event: Event, *, account: str = LOCAL_ACCOUNT, region: str = LOCAL_REGION, now: datetime | None = None
) -> Event:
    """Return `event` as if AWS had sent it at `now` (default: this moment) in `account` and `region`.

    - Times move together: the latest becomes `now` and the spans between them stay.
    - The envelope's id, CloudTrail's event and request ids, ids of findings, and message ids of SQS and SNS are new.
      So each send of a GuardDuty or Security Hub sample is a new finding, not one more copy of the last.
    - The samples' account and region are replaced wherever they occur, also inside ARNs.

    An input of our own schedules (`{"kind": ...}`) has none of these and comes back equal.
    """
    renewed = substitute(event, {old: _fresh(old) for old in _identifiers(event)})
    placed = substitute(renewed, {LOCAL_ACCOUNT: account, LOCAL_REGION: region})
    moment = now or datetime.now(UTC)
    return _with_queue_facts(_moved(placed, moment), moment)


def renew_envelope_id(event: Event) -> Event:
    """Return `event` untouched but for a new envelope id, if it has one that is text: a re-send is no duplicate."""
    if not isinstance(event.get("id"), str):
        return dict(event)
    return event | {"id": str(uuid.uuid4())}


def _identifiers(event: Event) -> Iterator[str]:
    """Yield the texts that name this one occurrence, without the path before the last slash."""
    detail = _mapping(event.get("detail"))
    found: list[object] = [event.get("id"), *(detail.get(key) for key in _DETAIL_IDENTIFIERS)]
    found += [_mapping(finding).get("Id") for finding in _sequence(detail.get("findings"))]
    for record in _sequence(event.get("Records")):
        found += [record.get("messageId"), json.loads(record["body"]).get("MessageId")]
    for identifier in found:
        if isinstance(identifier, str) and identifier:
            yield identifier.rsplit("/", 1)[-1]


def _fresh(old: str) -> str:
    """Return a random identifier of the same form as `old`: a UUID, or as many hexadecimal digits in the same case."""
    if "-" in old:
        return str(uuid.uuid4())
    digits = secrets.token_hex(len(old))[: len(old)]
    return digits.upper() if old.isupper() else digits


def _moved(event: Event, now: datetime) -> Event:
    moments = [datetime.fromisoformat(found.group()) for text in texts(event) for found in _TIMESTAMP.finditer(text)]
    if not moments:
        return event
    span = now - max(moments)
    return rewrite(event, lambda text: _TIMESTAMP.sub(lambda found: _shifted(found, span), text))


def _shifted(found: re.Match[str], span: timedelta) -> str:
    """Return the timestamp `span` later, written with as many fractional digits and the same zone as before."""
    try:
        moment = datetime.fromisoformat(found.group()) + span
    except OverflowError:
        # A year that no calendar reaches stays as it was sent.
        return found.group()
    fraction = found.group(2) or ""
    digits = f".{moment.microsecond:06d}"[: len(fraction)]
    return moment.strftime("%Y-%m-%dT%H:%M:%S") + digits + found.group(3)


def _with_queue_facts(event: Event, now: datetime) -> Event:
    """Return `event` with what SQS itself says of each message: the digest of its body and when it was sent."""
    if not (records := _sequence(event.get("Records"))):
        return event
    sent = str(int(now.timestamp() * 1000))
    times = {"SentTimestamp": sent, "ApproximateFirstReceiveTimestamp": sent}
    return event | {
        "Records": [
            record
            | {"md5OfBody": hashlib.md5(record["body"].encode(), usedforsecurity=False).hexdigest()}
            | {"attributes": record["attributes"] | times}
            for record in records
        ]
    }


def _mapping(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _sequence(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
