"""Events in, signals out: one file for each source, one table that picks it."""

import json
from typing import Any

from opsplane.errors import UnhandledEvent
from opsplane.model import tame
from opsplane.signals import cloudtrail, config_rules, findings, guardduty, health, security_hub
from opsplane.signals.envelope import Envelope, parse_wire
from opsplane.signals.signal import Signal

_PARSERS = {
    **dict.fromkeys(cloudtrail.DETAIL_TYPES, cloudtrail.parse),
    config_rules.DETAIL_TYPE: config_rules.parse,
    guardduty.DETAIL_TYPE: guardduty.parse,
    health.DETAIL_TYPE: health.parse,
    **dict.fromkeys(security_hub.DETAIL_TYPES, security_hub.parse),
    **dict.fromkeys(findings.DETAIL_TYPES, findings.parse),
}


# Services that tell an administrator's account about its members.
_AGGREGATING = frozenset({"aws.guardduty", "aws.securityhub", "aws.inspector2", "aws.access-analyzer"})


def parse(event: dict[str, Any], account: str, enrolled: frozenset[str] = frozenset()) -> tuple[Signal, ...]:
    """The signals of one event from the default bus.

    `account` is our own account, `enrolled` all whose events may come in. Only AWS itself can put events whose source
    starts with `aws.` on a default bus, so source and account together are the proof of where an event came from. A
    finding that our own account got as an administrator may speak of a member that did not enrol: whether anything may
    be changed there is the decision's business.

    Raises:
        UnhandledEvent: the shape is wrong, nobody knows the source, or it speaks of another account.
    """
    _check_text(event)
    envelope = parse_wire(Envelope, event, "event")
    if not envelope.source.startswith("aws."):
        message = f"source {tame(envelope.source, 80)} is not an AWS service"
        raise UnhandledEvent(message)
    parser = _PARSERS.get(envelope.detail_type)
    if parser is None:
        message = f"nobody reads {tame(envelope.detail_type, 120)!r} events of {tame(envelope.source, 80)}"
        raise UnhandledEvent(message)
    signals = parser(envelope)
    known = enrolled | {account}
    stranger = [envelope.account] if envelope.account not in known else []
    if not (envelope.account == account and envelope.source in _AGGREGATING):
        stranger += sorted({signal.account for signal in signals} - {envelope.account})
    for stated in stranger:
        message = f"the event speaks of account {stated}; this opsplane serves {', '.join(sorted(known))}"
        raise UnhandledEvent(message)
    return signals


def _check_text(event: object) -> None:
    """Refuse half a character: JSON can carry one, but nothing can store it."""
    try:
        json.dumps(event, ensure_ascii=False, default=str).encode()
    except UnicodeEncodeError as error:
        message = f"event has half a character (a lone surrogate) in a text: {error.reason}"
        raise UnhandledEvent(message) from error
