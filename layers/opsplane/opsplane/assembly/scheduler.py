"""The scheduler's ports."""

from opsplane import bootstrap
from opsplane.adapters.aws.schedule_store import DynamoScheduleStore
from opsplane.ports import Ports
from opsplane.schedules.book import Desk


def desk() -> Desk:
    """What the scheduler of this process works with.

    Raises:
        InvalidSettings: a variable is missing or wrong.
    """
    return connect(bootstrap.ports())


def connect(ports: Ports) -> Desk:
    """What a scheduler with these ports works with."""
    return Desk(ports, DynamoScheduleStore(ports.settings.ledger_table))
