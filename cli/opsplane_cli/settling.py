"""Following an environment until it is as it was asked to be."""

from opsplane.schedules.override import Override
from opsplane.schedules.store import ScheduleStore

from opsplane_cli.exits import CommandError
from opsplane_cli.output import print_aside, spinning
from opsplane_cli.outside import Outside

_EVERY = 1.0


def follow(name: str, override: Override, store: ScheduleStore, world: Outside, patience: float) -> None:
    """Wait until every workload of an environment is as an exception wants it; tell how long that took.

    Raises:
        CommandError: it is not so when the patience, in seconds, is over; the scheduler goes on all the same.
    """
    began = world.clock()
    with spinning(f"the scheduler is told about {name}") as spinner:
        while world.clock() - began < patience:
            head = store.read().head(name)
            mine = any(phase.source == override.id for phase in head.phases.values())
            if mine and head.quiet_until is not None:
                print_aside(f"{name} is as you want it, after {world.clock() - began:.0f} s")
                return
            asleep = sum(sleep.reached_at is not None and sleep.waking_at is None for sleep in store.sleeps(name))
            spinner.tell(f"{name} is on its way: {head.open} on record, {asleep} asleep")
            world.sleep(_EVERY)
    message = f"{name} is still on its way after {patience:g} s"
    raise CommandError(message, advice=f"The scheduler goes on; `opsplane env status {name}` shows how far it is.")
