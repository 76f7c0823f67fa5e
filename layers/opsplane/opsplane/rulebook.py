"""Which policies are in force: the shipped ones, or the newest override that can be understood."""

from opsplane.decisions.decision import Outcome
from opsplane.errors import InvalidPolicy, LedgerConflict
from opsplane.ledger.entry import EventRecord
from opsplane.ledger.ledger import Change
from opsplane.notices.notice import Notice, message
from opsplane.policies.override import Override, meant_by
from opsplane.policies.policy import PolicySet
from opsplane.policies.policy_file import PolicyFile
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
        standing, policies = _last_good(override, ports)
        _tell(override, str(error), standing, ports)
        return policies


def put_in_force(file: PolicyFile, source: str, by: str, reason: str, ports: Ports) -> Override:
    """Put a policy file in force from the next event on; who did it, when and why is kept with it.

    Raises:
        InvalidPolicy: it does not mean a set. LedgerConflict: somebody else did the same just now.
    """
    latest = ports.ledger.override()
    override = Override(
        version=latest.version + 1 if latest else 1,
        by=by,
        reason=reason,
        at=ports.now(),
        source=source,
        document=file.model_dump(mode="json", exclude_unset=True),
    )
    meant_by(override)
    ports.ledger.put_override(override)
    return override


def _last_good(broken: Override, ports: Ports) -> tuple[str, PolicySet]:
    """The newest earlier override that can be understood, else the shipped policies; and what it is called."""
    for earlier in ports.ledger.overrides():
        if earlier.version >= broken.version:
            continue
        try:
            return earlier.name, meant_by(earlier)
        except InvalidPolicy:
            # It is older than the broken one, and as broken; an even older one may do.
            continue
    return "the shipped policies", ports.policies


def _tell(broken: Override, why: str, standing: str, ports: Ports) -> None:
    """Record that an override is broken, and have people told; whoever comes second finds it recorded."""
    settings, at = ports.settings, ports.now()
    name = f"policies-{broken.version}"
    record = EventRecord(
        id=f"{name}:broken", event_id=name, function=ports.function, at=at, outcome=Outcome.TELL, reason=why
    )
    if ports.ledger.events(name):
        return
    notice = Notice(
        id=f"{name}-broken",
        headline=f"{broken.name} cannot be understood: {standing} stay in force",
        severity=Severity.CRITICAL,
        environment=settings.environment,
        account=settings.account,
        region=settings.region,
        resource=f"opsplane {broken.name}",
        at=at,
        reason=why,
        next_step="opsplane policy push FILE --reason TEXT",
    )
    outbox = (message(notice),)
    try:
        ports.ledger.write(Change(event=record, outbox=outbox))
    except LedgerConflict:
        # Another function found it at the same moment, and tells.
        return
    publish(outbox, ports)
