"""From one record of the queue to people who know, and a line in the item's trail that says so."""

from enum import StrEnum
from functools import partial

from opsplane.delivery.patience import Patience
from opsplane.delivery.ports import Channel, DeliveryPorts
from opsplane.errors import PermanentError, TemporaryError, UnknownRecord
from opsplane.ledger.entry import EntryKind
from opsplane.ledger.item import Item
from opsplane.ledger.ledger import Change, Trail
from opsplane.model import Line, Model, Name
from opsplane.notices.inbox import Letter, read
from opsplane.notices.notice import Notice
from opsplane.notices.routes import routes
from opsplane.records import amend


class Result(StrEnum):
    """What became of a notice on one channel. `unclear` is a record that was told although it was not understood."""

    TOLD = "told"
    REFUSED = "refused"
    UNCLEAR = "unclear"


class Told(Model):
    """What became of one notice on one channel, with the reason when it is not simply told."""

    notice_id: Name
    item_id: Name
    channel: Name
    result: Result
    reason: Line = ""


def deliver(record_id: str, text: str, patience: Patience, ports: DeliveryPorts) -> tuple[Told, ...]:
    """Tell people about one record; every channel is tried, whatever became of the others.

    A record that nobody can be told about, or that could not be understood, is kept whole in the unhandled queue.

    Raises:
        TemporaryError: a channel, the store or the queue could not be reached; deliver the record again.
    """
    letter = read(record_id, text, ports.core.settings, ports.core.now())
    told = [_keep(letter, letter.fault, "inbox", Result.UNCLEAR, ports)] if letter.fault else []
    channels = [ports.channels[name] for name in routes(letter.notice) if name in ports.channels]
    late: TemporaryError | None = None
    try:
        configured = [channel for channel in channels if channel.configured()]
    except PermanentError as error:
        return (*told, _refused(letter, f"the addresses cannot be read: {error}", "any channel", ports))
    if not configured:
        secret = ports.core.settings.notification_secret or "OPSPLANE_NOTIFICATION_SECRET (which is not set)"
        reason = f"no channel is configured: put slack_webhook_url into the secret {secret}"
        return (*told, _refused(letter, reason, "any channel", ports))
    for channel in configured:
        try:
            told.append(_tell(letter, channel, patience, ports))
        except TemporaryError as error:
            late = error
    if late:
        raise late
    return tuple(told)


def _tell(letter: Letter, channel: Channel, patience: Patience, ports: DeliveryPorts) -> Told:
    notice = letter.notice
    try:
        ports.guard.once(f"{channel.label}:{notice.id}", partial(patience.send, channel, notice))
    except PermanentError as error:
        return _refused(letter, str(error), channel.label, ports)
    _note(notice, f"told:{channel.label}:{notice.id}", f"told {channel.label}: {notice.headline}", ports)
    return Told(notice_id=notice.id, item_id=notice.item_id, channel=channel.label, result=Result.TOLD)


def _refused(letter: Letter, reason: str, channel: str, ports: DeliveryPorts) -> Told:
    told = _keep(letter, f"{channel} was not told: {reason}", channel, Result.REFUSED, ports)
    _note(letter.notice, f"untold:{channel}:{letter.id}", f"NOT told {channel}: {reason}", ports)
    return told


def _keep(letter: Letter, reason: str, channel: str, result: Result, ports: DeliveryPorts) -> Told:
    keep = partial(ports.core.unhandled.keep, letter.body, reason)
    # By the record, not by the notice: one that a person sends in again and that is refused again is kept again.
    ports.guard.once(f"unhandled:{channel}:{letter.id}", keep)
    notice = letter.notice
    return Told(notice_id=notice.id, item_id=notice.item_id, channel=channel, result=result, reason=reason)


def _note(notice: Notice, key: str, text: str, ports: DeliveryPorts) -> None:
    """Write into the item's trail who was told; an alarm or a report has no item, and one may be gone."""
    if notice.item_id:
        ports.guard.once(f"trail:{key}", partial(_append, notice.item_id, text, ports))


def _append(item_id: str, text: str, ports: DeliveryPorts) -> None:
    def build(item: Item) -> Change:
        trail = Trail(item, ports.core.now(), ports.core.function)
        trail.add(EntryKind.NOTICE, text)
        return trail.change()

    try:
        amend(item_id, ports.core, build)
    except UnknownRecord:
        # The notice outlived its item; who was told still stands in the log.
        return
