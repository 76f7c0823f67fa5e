"""The core is synchronous: its calls run in threads, and nobody waits for them for ever."""

from collections.abc import Callable

import anyio
from anyio import to_thread
from opsplane.errors import ServiceUnavailable

READ_PATIENCE = 5.0
"""Seconds that a page waits for the ledger before it shows the read model instead."""

COMMAND_PATIENCE = 20.0
"""Seconds that a command may take; API Gateway gives up after 30."""


async def in_thread[T](call: Callable[[], T], patience: float = READ_PATIENCE) -> T:
    """The result of a blocking call.

    Raises:
        ServiceUnavailable: it took longer than `patience` seconds. The call itself goes on, so a command may still
            have been recorded.
    """
    try:
        with anyio.fail_after(patience):
            return await to_thread.run_sync(call, abandon_on_cancel=True)
    except TimeoutError as error:
        message = f"the ledger did not answer within {patience:.0f} s; look at the record before you repeat a command"
        raise ServiceUnavailable(message) from error
