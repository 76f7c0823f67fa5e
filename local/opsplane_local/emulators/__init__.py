"""The embedded AWS: two emulators behind one gateway, as commands that a launcher starts and stops.

Only the standard library is imported here, because ministack's own environment imports this package too.
"""

from opsplane_local.emulators.commands import Command, gateway_command, ministack_command, moto_command
from opsplane_local.emulators.readiness import ready
from opsplane_local.emulators.settings import Settings
from opsplane_local.emulators.state import discard_state, state_is_complete

__all__ = [
    "Command",
    "Settings",
    "discard_state",
    "gateway_command",
    "ministack_command",
    "moto_command",
    "ready",
    "state_is_complete",
]
