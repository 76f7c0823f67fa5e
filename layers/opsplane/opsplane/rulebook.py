"""Which policies are in force: the shipped ones, or the newest override that can be understood."""

from typing import NamedTuple

from opsplane.decisions.decision import Outcome
from opsplane.errors import InvalidPolicy, LedgerConflict
from opsplane.ledger.entry import EventRecord
from opsplane.ledger.ledger import Change
from opsplane.notices.notice import Notice, message
from opsplane.policies.override import Override, meant_by
from opsplane.policies.policy import PolicySet
from opsplane.policies.policy_file import PolicyFile
from opsplane.policies.version import following, last_good
from opsplane.ports import Ports
from opsplane.records import publish
from opsplane.signals.signal import Severity


def in_force(override: Override | None, ports: Ports) -> PolicySet:
    """The policies to judge by; `override` is the newest one that the ledger has.

    One that cannot be understood leaves the last good one in force, and people are told at once, once.
    """
    if override is None:
        return ports.policies
    try:
        return meant_by(override)
    except InvalidPolicy as error:
        good = last_good(ports.ledger.overrides(), override, meant_by, InvalidPolicy)
        standing, policies = good or ("the shipped policies", ports.policies)
        said = Broken(
            f"policies-{override.version}",
            override.name,
            str(error),
            standing,
            "opsplane policy push FILE --reason TEXT",
        )
        tell_broken(said, ports)
        return policies


def put_in_force(file: PolicyFile, source: str, by: str, reason: str, ports: Ports) -> Override:
    """Put a policy file in force from the next event on; who did it, when and why is kept with it.

    Raises:
        InvalidPolicy: it does not mean a set. LedgerConflict: somebody else did the same just now.
    """
    latest = ports.ledger.override()
    override = Override(
        version=following(latest),
        by=by,
        reason=reason,
        at=ports.now(),
        source=source,
        document=file.model_dump(mode="json", exclude_unset=True),
    )
    meant_by(override)
    ports.ledger.put_override(override)
    return override


class Broken(NamedTuple):
    """Something that people put in force and that cannot be understood.

    `id` tells it from others, `name` is what it is called, `standing` what stays in force, and `advice` how to mend it.
    """

    id: str
    name: str
    why: str
    standing: str
    advice: str


def tell_broken(broken: Broken, ports: Ports) -> None:
    """Record that what people put in force is broken, and have them told; whoever comes second finds it recorded."""
    settings, at = ports.settings, ports.now()
    record = EventRecord(
        id=f"{broken.id}:broken",
        event_id=broken.id,
        function=ports.function,
        at=at,
        outcome=Outcome.TELL,
        reason=broken.why,
    )
    if ports.ledger.events(broken.id):
        return
    notice = Notice(
        id=f"{broken.id}-broken",
        headline=f"{broken.name} cannot be understood: {broken.standing} stay in force",
        severity=Severity.CRITICAL,
        environment=settings.environment,
        account=settings.account,
        region=settings.region,
        resource=f"opsplane {broken.name}",
        at=at,
        reason=broken.why,
        next_step=broken.advice,
    )
    outbox = (message(notice),)
    try:
        ports.ledger.write(Change(event=record, outbox=outbox))
    except LedgerConflict:
        # Another function found it at the same moment, and tells.
        return
    publish(outbox, ports)
